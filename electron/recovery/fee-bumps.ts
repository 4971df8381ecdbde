/** Raises the fee of a transaction that sticks: the same call at the same nonce, within the cost of the plan. */
import type { NewTransaction, TransactionRow } from '../../shared/journal.ts';
import type { FeeQuote } from '../chain/types.ts';
import { broadcastSigned, phaseOf, signIntended } from './broadcast.ts';
import type { NotTaken } from './broadcast.ts';
import { highestGasPrice } from './cost.ts';
import { leftOfBound, mayCostByNonce } from './cost-bound.ts';
import type { Run } from './engine-context.ts';
import { isFunded } from './funds.ts';
import { liftingReserve } from './lifting-reserve.ts';
import { putByForPlan } from './plan-reserve.ts';
import { signsHere } from './presence.ts';
import { bySigner } from './slots.ts';
import { bumpedForm } from './transaction-form.ts';

/**
 * Wei that a raised fee must leave of the bound: for the plan as long as nothing irreversible is signed; after that a
 * token, which nothing rests on, leaves what lifting our own freezes takes.
 */
function putBy(run: Run, step: string, fees: FeeQuote): bigint {
  const isToken = run.plan.steps.some((one) => one.name === step && one.role === 'token');
  const lifting = isToken ? liftingReserve(run, []).putBy * highestGasPrice(fees) : 0n;
  const forPlan = putByForPlan(run);
  return forPlan > lifting ? forPlan : lifting;
}

function tellRefused(run: Run): void {
  const what = 'a block that takes it at the fee it was sent with: the node does not take a higher fee';
  run.context.progress({ kind: 'waiting', what });
}

async function send(run: Run, first: TransactionRow, raised: readonly number[]): Promise<void> {
  await signIntended(run, raised);
  run.context.checkpoint(`bump signed:${phaseOf(run, first)}`);
  // What becomes of one that is not taken is seen at the next look, beside what was sent before.
  await broadcastSigned(run, raised);
}

/**
 * Raises the fee of what holds the others of its signer; signs what was stored for that before the desk was ended.
 * @param offered `cheap` need not wait until they are late. What is `rejected` is refused at a higher fee all the more.
 */
export async function raiseFees(
  run: Run,
  waiting: readonly TransactionRow[],
  offered: NotTaken,
  head: number,
): Promise<void> {
  for (const own of bySigner(waiting).values()) await raiseFirst(run, own, offered, head);
}

/** Whether an address has what its waiting transactions take at the most, with one of them at a higher fee. */
async function pays(run: Run, waiting: readonly TransactionRow[], bump: NewTransaction): Promise<boolean> {
  const reader = await run.context.chain.pin();
  const rows = [...mayCostByNonce(waiting), [bump.nonce, BigInt(bump.costCap)] as const];
  const cost = [...new Map(rows).values()].reduce((sum, one) => sum + one, 0n);
  return cost <= (await reader.balance(bump.signer));
}

/** @param waiting of one signer. */
async function raiseFirst(
  run: Run,
  waiting: readonly TransactionRow[],
  { cheap, rejected }: NotTaken,
  head: number,
): Promise<void> {
  const { chain, journal, policy, progress } = run.context;
  // Later nonces wait for the first: raising that one is enough.
  const [lowest] = waiting.toSorted((a, b) => a.nonce - b.nonce);
  const variants = waiting.filter((row) => row.nonce === lowest?.nonce);
  const first = variants.findLast((row) => row.state !== 'intended');
  if (first === undefined) return;
  // It takes the key: without it the transaction is waited for as it is.
  if (!signsHere(run, first.signer)) return;
  const stored = variants.find((row) => row.state === 'intended' && row.purpose === first.purpose);
  if (stored !== undefined) return send(run, first, [stored.id]);
  if (rejected.some((row) => row.id === first.id)) return tellRefused(run);
  if (first.bump >= policy.maxBumps) return;
  const late = head - (first.sentAtBlock ?? head) >= policy.bumpAfterBlocks;
  if (!late && cheap.every((row) => row.id !== first.id)) return;
  const fees = await chain.fees();
  const form = bumpedForm(first.unsigned, fees);
  if (form === null) return;
  const { recoveryId, step, attempt, purpose, signer, chainId, nonce } = first;
  const bump: NewTransaction = {
    recoveryId,
    step,
    attempt,
    purpose,
    signer,
    chainId,
    nonce,
    bump: first.bump + 1,
    unsigned: form.unsigned,
    costCap: form.costCap.toString(),
  };
  if (isFunded(run.plan, signer) && !(await pays(run, waiting, bump))) {
    progress({ kind: 'waiting', what: 'lower network fees: the replacement wallet cannot pay for more' });
    return;
  }
  if (leftOfBound(run, [bump]) < putBy(run, step, fees)) {
    progress({
      kind: 'waiting',
      what: 'lower network fees: more would go past the highest cost of the plan',
    });
    return;
  }
  const ids = journal.intend([bump]);
  run.context.checkpoint(`bump intended:${phaseOf(run, first)}`);
  await send(run, first, ids);
}
