/** What is looked at for what must follow a recovery. */
import type { HandOverRow } from '../../shared/hand-over.ts';
import type { HandOutRow, StepRow, TransactionRow } from '../../shared/journal.ts';
import type { FollowUp, TokenFailure } from '../../shared/outcome.ts';
import type { RecoveryStatus } from '../../shared/phases.ts';
import { tokensOf } from '../../shared/plan.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import type { FreezeRecord } from './own-freezes.ts';

export interface FollowUpInput {
  /** Where the recovery stands. */
  readonly status: RecoveryStatus;
  readonly plan: Plan;
  readonly preview: Preview;
  readonly failures: readonly TokenFailure[];
  readonly steps: ReadonlyMap<string, StepRow>;
  readonly transactions: readonly Pick<TransactionRow, 'step' | 'purpose' | 'succeeded' | 'state'>[];
  readonly handOuts: readonly Pick<HandOutRow, 'step' | 'attempt' | 'signer'>[];
  readonly handOver: readonly HandOverRow[];
}

export function freezesOf({ transactions, steps, handOuts }: FollowUpInput): FreezeRecord {
  return { transactions, steps: [...steps.values()], handOuts };
}

export type Look = (input: FollowUpInput) => FollowUp | null;

export function list(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}

export function symbolsOf(plan: Plan, tokens: readonly (string | null)[]): readonly string[] {
  return tokensOf(plan)
    .filter((token) => tokens.includes(token.address))
    .map((token) => token.symbol);
}
