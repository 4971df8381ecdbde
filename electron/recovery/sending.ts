/** Takes steps from open to sent: store the unsigned, sign, store the signed, and only then broadcast (DESIGN 4.2). */
import type { Address } from '../../shared/address.ts';
import type { NewTransaction } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { FeeQuote } from '../chain/types.ts';
import { broadcastSigned, signIntended } from './broadcast.ts';
import { payable } from './budget.ts';
import { gasLimitFor } from './cost.ts';
import { fillNonce } from './fill.ts';
import { stepRow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { nextNonce } from './nonces.ts';
import { eachSigner } from './each-signer.ts';
import { startSteps } from './start-steps.ts';
import { stepEnded } from './step-end.ts';
import { isIndependent } from './base-steps.ts';
import { judgeOpen } from './step-judge.ts';
import type { Sendable } from './step-judge.ts';
import { unsignedForm } from './transaction-form.ts';

async function formsOf(
  run: Run,
  signer: Address,
  sendable: readonly Sendable[],
  fees: FeeQuote,
): Promise<readonly NewTransaction[]> {
  const { chain } = run.context;
  const first = await nextNonce(run.context, signer);
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
      signer,
      chainId: chain.chainId,
      nonce,
      unsigned: form.unsigned,
      costCap: form.costCap.toString(),
    };
  });
}

/** @param chosen of one signer, in one nonce run. */
async function sendOf(run: Run, signer: Address, chosen: readonly Sendable[], fees: FeeQuote): Promise<void> {
  const { context } = run;
  const phase = chosen[0]?.step.phase ?? '';
  const forms = await formsOf(run, signer, chosen, fees);
  context.checkpoint(`judged:${phase}`);
  const ids = context.journal.intend(forms);
  context.checkpoint(`intended:${phase}`);
  await signIntended(run, ids);
  context.checkpoint(`signed:${phase}`);
  const { rejected } = await broadcastSigned(run, ids);
  context.checkpoint(`sent:${phase}`);
  for (const row of rejected) await fillNonce(run, row);
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
 * Judges the steps, and sends those that are open, those of one signer in one nonce run.
 * @throws DeskError COST_BOUND_REACHED, OPERATOR_OUT_OF_FUNDS, OPERATOR_KEY_IN_USE_ELSEWHERE, of a signer, or what judging
 *   throws.
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
  for (const { step, end } of chosen.unpaid) stepEnded(run, step, end);
  if (chosen.steps.length === 0) return { waits, past: [], holdsAll: false };
  await startSteps(
    run,
    chosen.steps.map((entry) => entry.step),
  );
  await eachSigner(
    chosen.steps,
    ({ step }) => step.signer,
    (signer, own) => sendOf(run, signer, own, fees),
  );
  return { waits, past: [], holdsAll: false };
}
