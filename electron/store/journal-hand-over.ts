/** The journal's part on the hand-over of generated wallets: who took what of which, and that the desk let go of it. */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { HAND_OVER_FACTS, recipientSchema } from '../../shared/hand-over.ts';
import type { HandOverRow } from '../../shared/hand-over.ts';
import { notHandedOver, walletsToHandOver } from '../../shared/hand-over-wallets.ts';
import type { Journal, RecoveryRow } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import { walletsOf } from '../../shared/plan.ts';
import { addressColumn } from './columns.ts';
import type { Store } from './database.ts';
import { IllegalTransition } from './illegal-transition.ts';
import type { JournalContext } from './journal-entry.ts';
import { recoveriesNaming, recoveryOf } from './journal-rows.ts';
import { planRepository } from './plan-repository.ts';

const rowSchema = z.lazy(() =>
  z.object({
    wallet: addressColumn,
    what: z.enum(HAND_OVER_FACTS),
    operatorId: z.string(),
    operator: addressColumn,
    recipient: recipientSchema.nullable(),
    at: z.string(),
  }),
);

/** In the order in which it happened. */
export function handOverOf(store: Store, recoveryId: string): readonly HandOverRow[] {
  return store.rows(
    rowSchema,
    'SELECT wallet, what, operatorId, operator, recipient, at FROM handOver WHERE recoveryId = :recoveryId ORDER BY position',
    { recoveryId },
  );
}

/** Oldest first. */
function handOverOfWallet(store: Store, wallet: Address): readonly HandOverRow[] {
  return store.rows(
    rowSchema,
    `SELECT wallet, what, operatorId, operator, recipient, at FROM handOver WHERE wallet = :wallet
     ORDER BY at, recoveryId, position`,
    { wallet },
  );
}

/** A plan that names the wallet is read by its digest, and tells as what. */
function recoveriesTo(store: Store, wallet: Address): readonly RecoveryRow[] {
  const plans = planRepository(store);
  return recoveriesNaming(store, wallet).filter(({ planDigest }) => {
    const plan = plans.get(planDigest);
    return plan !== null && walletsOf(plan).some(({ replacement }) => replacement.address === wallet);
  });
}

const AFTER_DONE: readonly HandOverRow['what'][] = ['cleared', 'sign_in_released'];

/** What of a wallet leaves does so before it is marked done, and the desk lets go of it after that. */
function fits(what: HandOverRow['what'], ofWallet: readonly HandOverRow[]): boolean {
  const is = (wanted: HandOverRow['what']): boolean => ofWallet.some((row) => row.what === wanted);
  if (what === 'cleared') return is('done') && !is('cleared');
  if (what === 'sign_in_released') return is('cleared');
  return !is('done');
}

/** @throws IllegalTransition where the plan does not hand the wallet over, or the fact has no place at this point. */
function assertFits(
  store: Store,
  { id, planDigest }: Pick<RecoveryRow, 'id' | 'planDigest'>,
  { wallet, what }: Pick<HandOverRow, 'wallet' | 'what'>,
  before: readonly HandOverRow[],
): void {
  const plan = planRepository(store).get(planDigest);
  const isOurs =
    plan !== null && walletsToHandOver(plan).some(({ replacement }) => replacement.address === wallet);
  if (!isOurs) throw new IllegalTransition(`recovery ${id} hands no wallet ${wallet} over`);
  const ofWallet = before.filter((row) => row.wallet === wallet);
  if (!fits(what, ofWallet))
    throw new IllegalTransition(`recovery ${id}: no ${what} of ${wallet} at this point`);
  // The person is let in again once nothing of what they were given is with the desk any more.
  if (what === 'sign_in_released' && notHandedOver(plan, before).length > 0)
    throw new IllegalTransition(`recovery ${id} has a wallet that is not handed over yet`);
}

function record(context: JournalContext, recoveryId: string, fact: Omit<HandOverRow, 'at'>): void {
  const { store } = context;
  const { wallet, what, operatorId, operator, recipient } = fact;
  const recovery = recoveryOf(store, recoveryId);
  // Letting go goes on also where the recovery does, whose failed tokens may be retried at any time.
  if (!hasEnded(recovery.status) && !AFTER_DONE.includes(what))
    throw new IllegalTransition(`recovery ${recoveryId} is ${recovery.status}: nothing leaves yet`);
  const before = handOverOf(store, recoveryId);
  assertFits(store, recovery, fact, before);
  store.run(
    `INSERT INTO handOver (recoveryId, position, wallet, what, operatorId, operator, recipient, at)
     VALUES (:recoveryId, :position, :wallet, :what, :operatorId, :operator, :recipient, :at)`,
    {
      recoveryId,
      position: before.length + 1,
      wallet,
      what,
      operatorId,
      operator,
      recipient,
      at: context.now(),
    },
  );
  context.audit({ kind: 'hand_over', fields: { recoveryId, wallet, what, operatorId, recipient } });
}

export function handOverPart(
  context: JournalContext,
): Pick<Journal, 'recordHandOver' | 'handOverOfWallet' | 'recoveriesTo'> {
  return {
    recoveriesTo: (wallet) => recoveriesTo(context.store, wallet),
    handOverOfWallet: (wallet) => handOverOfWallet(context.store, wallet),
    recordHandOver: (recoveryId, fact) => context.store.transaction(() => record(context, recoveryId, fact)),
  };
}
