/** What one run of the engine works with, and what it tells while it does. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type {
  Journal,
  RecoverySnapshot,
  StatusReason,
  StepRow,
  TransactionRow,
} from '../../shared/journal.ts';
import type { RecoveryStatus, StepPhase } from '../../shared/phases.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { ChainView, RecoverySystem } from '../protocols/recovery-protocol.ts';
import type { BlockRef } from '../chain/types.ts';
import type { AuditedRaises, PlanStore, PreviewStore, ReadContext } from './needs.ts';
import type { Signers } from './signers.ts';
import { isStandingCall } from './transaction-form.ts';

export type ProgressEvent =
  | {
      readonly kind: 'phase';
      readonly phase: StepPhase;
      readonly status: 'running' | 'done' | 'partly' | 'failed' | 'skipped';
      readonly reason?: string;
    }
  | {
      readonly kind: 'token';
      readonly index: number;
      readonly total: number;
      readonly token: Address;
      readonly symbol: string;
      readonly outcome: 'recovered' | 'failed';
      readonly message?: string;
    }
  | {
      readonly kind: 'transaction';
      readonly step: string;
      readonly hash: Hex;
      readonly state: 'sent' | 'mined' | 'final' | 'returned';
    }
  | { readonly kind: 'waiting'; readonly what: string };

/** Named moments between effects, where a test may end the process. Does nothing in the product. */
export type Checkpoint = (name: string) => void;

export interface EngineContext extends ReadContext {
  readonly journal: Journal;
  readonly plans: PlanStore;
  readonly previews: PreviewStore;
  readonly auditedRaises: AuditedRaises;
  /** Writes down that a plan was to be carried out, and was not. @param reason code of what was refused. */
  readonly executionRefused: (planDigest: Hex, reason: ErrorCode) => void;
  /** Wei by recovery: higher cost bounds that were confirmed to this run, and that alone count. */
  readonly confirmedBounds: Map<string, bigint>;
  readonly signers: Signers;
  /** Where the network profile was read from; `resume` reads it again. */
  readonly profileFile: string;
  /** Proves that the keystore of a generated replacement opens; null where the holder gave every address. */
  readonly proveWallet: ((replacement: Address) => Promise<void>) | null;
  readonly progress: (event: ProgressEvent) => void;
  readonly checkpoint: Checkpoint;
  readonly signal: AbortSignal;
}

/** A recovery being run. The journal is the truth: `snapshot()` reads it anew each time. */
export interface Run {
  readonly context: EngineContext;
  readonly id: string;
  readonly plan: Plan;
  readonly system: RecoverySystem;
  /** By lost wallet, the block before which nothing of this recovery happened, nor of one that it adopts. */
  readonly since: ReadonlyMap<Address, number>;
  /** What the preview estimated: gas of all transactions and of each, and the most that a unit of it costs, in wei. */
  readonly expected: {
    readonly gas: bigint;
    readonly gasPrice: bigint;
    gasOf(step: PlanStep): bigint;
  };
  /** Batches of calls that this run handed out. */
  readonly handedOut: Set<number>;
  snapshot(): RecoverySnapshot;
}

/** How a run ended. */
export interface Ended {
  readonly status: RecoveryStatus;
  readonly reason: StatusReason | null;
}

export async function viewAt(run: Run, block?: BlockRef): Promise<ChainView> {
  const reader = await run.context.chain.pin(block);
  return { reader, scan: run.context.scanner(reader) };
}

/** The newest attempt of each step, by name. */
export function stepsNow(snapshot: Pick<RecoverySnapshot, 'steps'>): ReadonlyMap<string, StepRow> {
  return new Map(snapshot.steps.map((row) => [row.name, row]));
}

/** Calls of the newest attempt of each step that may still be mined, or were: those of former attempts are settled. */
export function callsNow(
  snapshot: Pick<RecoverySnapshot, 'steps' | 'transactions'>,
): readonly TransactionRow[] {
  const rows = stepsNow(snapshot);
  return snapshot.transactions.filter(
    (tx) => isStandingCall(tx) && tx.attempt === rows.get(tx.step)?.attempt,
  );
}

export function stepRow(run: Run, step: Pick<PlanStep, 'name'>): StepRow {
  const row = run.context.journal.step(run.id, step.name);
  if (row === null) throw new Error(`the journal lacks step ${step.name}`);
  return row;
}

export function isEnded(row: StepRow): boolean {
  return row.state === 'done' || row.state === 'failed' || row.state === 'skipped';
}

/** Transactions of the step's newest attempt. */
export function transactionsOf(run: Run, row: StepRow): readonly TransactionRow[] {
  return run.context.journal.stepTransactions(run.id, row.name, row.attempt);
}

/** The mined call of a step's newest attempt, if any; fills do not count. */
export function minedCall(run: Run, row: StepRow): TransactionRow | undefined {
  return transactionsOf(run, row).find(
    (tx) => tx.purpose === 'call' && (tx.state === 'mined' || tx.state === 'final'),
  );
}

const UNSETTLED: readonly TransactionRow['state'][] = ['intended', 'signed', 'sent'];

/** Neither mined nor given up. */
export function isUnderWay(tx: TransactionRow): boolean {
  return UNSETTLED.includes(tx.state);
}

/** @throws DeskError INTERRUPTED when the person asked to stop. Called only where stopping leaves nothing half done. */
export function assertGoing(run: {
  readonly context: Pick<EngineContext, 'signal'>;
  readonly id: string;
}): void {
  if (!run.context.signal.aborted) return;
  throw new DeskError('INTERRUPTED', {
    message: 'The recovery was interrupted. Everything sent so far is recorded.',
    remedy: `Go on with: resume ${run.id}`,
    retry: 'safe',
  });
}

/** Waits for the next block, saying what for. @throws DeskError INTERRUPTED when the person asked to stop meanwhile. */
export async function nextBlock(run: Run, what: string): Promise<void> {
  assertGoing(run);
  const { chain, signal, progress } = run.context;
  const { number } = await chain.head();
  progress({ kind: 'waiting', what });
  await chain.nextBlock(number, signal).catch((error: unknown) => {
    assertGoing(run);
    throw error;
  });
}
