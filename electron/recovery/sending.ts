/** Takes steps from open to sent: store the unsigned, sign, store the signed, and only then broadcast (DESIGN 4.2). */
import type { Address } from '../../shared/address.ts';
import type { NewTransaction } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { FeeQuote } from '../chain/types.ts';
import { broadcastSigned, signIntended } from './broadcast.ts';
import { payable } from './budget.ts';
import type { Payable } from './budget.ts';
import { gasLimitFor } from './cost.ts';
import { fillNonce } from './fill.ts';
import { stepRow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { nextNonce } from './nonces.ts';
import { eachSigner } from './each-signer.ts';
import { startSteps } from './start-steps.ts';
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

/** What came of steps that were to be sent. */
export type Came = { readonly kind: 'progress' } | Exclude<Payable, { readonly kind: 'send' }>;

/**
 * Judges the steps, and sends those that are open, those of one signer in one nonce run.
 * @returns whether anything came of it, or all that is left waits for a final block or is past the bound.
 * @throws DeskError COST_BOUND_REACHED, OPERATOR_OUT_OF_FUNDS, OPERATOR_KEY_IN_USE_ELSEWHERE, of a signer, or what judging
 *   throws.
 */
export async function sendSteps(run: Run, steps: readonly PlanStep[]): Promise<Came> {
  const { context } = run;
  await context.chain.assertChainId();
  const view = await viewAt(run);
  const { sendable, waits } = await judgeOpen(run, steps, view);
  if (waits.length === steps.length) return { kind: 'waits_for_finality' };
  const fees = await context.chain.fees();
  const chosen = await payable(run, sendable, fees);
  if (chosen.kind !== 'send') return chosen;
  if (chosen.steps.length === 0) return { kind: 'progress' };
  await startSteps(
    run,
    chosen.steps.map((entry) => entry.step),
  );
  await eachSigner(
    chosen.steps,
    ({ step }) => step.signer,
    (signer, own) => sendOf(run, signer, own, fees),
  );
  return { kind: 'progress' };
}
