/** Takes steps from open to sent: store the unsigned, sign, store the signed, and only then broadcast (DESIGN 4.2). */
import type { NewTransaction, StepRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { FeeQuote } from '../chain/types.ts';
import { broadcastSigned, signIntended } from './broadcast.ts';
import { payable } from './budget.ts';
import { gasLimitFor } from './cost.ts';
import { fillNonce } from './fill.ts';
import { stepRow, transactionsOf, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { nextNonce } from './nonces.ts';
import { isIndependent, judgeOpen } from './step-judge.ts';
import type { Sendable } from './step-judge.ts';
import { unsignedForm } from './transaction-form.ts';

/** Whether nothing of the attempt may have happened: what it is measured against can still change. */
function isUnsigned(run: Run, row: StepRow): boolean {
  return transactionsOf(run, row).every(({ state }) => state === 'intended' || state === 'abandoned');
}

/**
 * Facts before the first transaction: what the outcome is measured against. Of a step that an earlier run had started
 * they are taken anew, for others may have changed them meanwhile.
 */
export async function startSteps(run: Run, steps: readonly PlanStep[]): Promise<void> {
  const { journal } = run.context;
  const { reader } = await viewAt(run);
  const tokens = steps.flatMap((step) => (step.token === null ? [] : [step.token]));
  const [lost, replacement] = await Promise.all([
    run.system.holdings(reader, tokens, run.plan.lostWallet),
    run.system.holdings(reader, tokens, run.plan.replacement.address),
  ]);
  const told = (rows: typeof lost, token: string | null) => {
    const row = rows.find((holding) => holding.token === token);
    return row === undefined
      ? null
      : { balance: row.balance.toString(), frozen: row.frozen.toString(), addressFrozen: row.addressFrozen };
  };
  for (const step of steps) {
    const row = stepRow(run, step);
    const baseline =
      step.token === null
        ? { block: reader.block.number }
        : {
            block: reader.block.number,
            lost: told(lost, step.token),
            replacement: told(replacement, step.token),
          };
    if (row.state === 'pending') journal.startStep(run.id, step.name, row.attempt, baseline);
    else if (isUnsigned(run, row)) journal.renewBaseline(run.id, step.name, row.attempt, baseline);
    run.context.checkpoint(`started:${step.phase}`);
  }
}

async function formsOf(
  run: Run,
  sendable: readonly Sendable[],
  fees: FeeQuote,
): Promise<readonly NewTransaction[]> {
  const { chain, signer } = run.context;
  const first = await nextNonce(run.context, signer.address);
  return sendable.map(({ step, gas }, index) => {
    const nonce = first + index;
    const form = unsignedForm({
      chainId: chain.chainId,
      nonce,
      call: step.call,
      gasLimit: gasLimitFor(gas),
      fees,
    });
    return {
      recoveryId: run.id,
      step: step.name,
      attempt: stepRow(run, step).attempt,
      bump: 0,
      purpose: 'call',
      signer: signer.address,
      chainId: chain.chainId,
      nonce,
      unsigned: form.unsigned,
      costCap: form.costCap.toString(),
    };
  });
}

/** What came of steps that were to be sent: of those in neither list some were sent or have ended. */
export interface Came {
  /** Their end, or what they may cost, counts only at a final block. */
  readonly waits: readonly PlanStep[];
  /** None of the rest fits the bound. */
  readonly past: readonly Sendable[];
  /** Whether nothing else may be sent before: everything rests on one that waits for its money. */
  readonly holdsAll: boolean;
}

/**
 * Judges the steps, and sends those that are open in one nonce run.
 * @throws DeskError COST_BOUND_REACHED, OPERATOR_OUT_OF_FUNDS, OPERATOR_KEY_IN_USE_ELSEWHERE, or what judging throws.
 */
export async function sendSteps(run: Run, steps: readonly PlanStep[]): Promise<Came> {
  const { context } = run;
  await context.chain.assertChainId();
  const view = await viewAt(run);
  const { sendable, waits } = await judgeOpen(run, steps, view);
  if (sendable.length === 0) return { waits, past: [], holdsAll: false };
  const fees = await context.chain.fees();
  const chosen = await payable(run, sendable, fees);
  const unpaid = chosen.steps.map(({ step }) => step);
  if (chosen.kind === 'waits_for_finality')
    return { waits: [...waits, ...unpaid], past: [], holdsAll: !unpaid.every(isIndependent) };
  if (chosen.kind === 'past_the_bound') return { waits, past: chosen.steps, holdsAll: false };
  const first = chosen.steps[0];
  if (first === undefined) return { waits, past: [], holdsAll: false };
  await startSteps(
    run,
    chosen.steps.map((entry) => entry.step),
  );
  const forms = await formsOf(run, chosen.steps, fees);
  context.checkpoint(`judged:${first.step.phase}`);
  const ids = context.journal.intend(forms);
  context.checkpoint(`intended:${first.step.phase}`);
  await signIntended(run, ids);
  context.checkpoint(`signed:${first.step.phase}`);
  const { rejected } = await broadcastSigned(run, ids);
  context.checkpoint(`sent:${first.step.phase}`);
  for (const row of rejected) await fillNonce(run, row);
  return { waits, past: [], holdsAll: false };
}
