/** The journal's part on several hands at one recovery: who confirmed its plan, and which calls were handed out. */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { isHandedOut, isUnsettled } from '../../shared/journal.ts';
import type { HandOutRow, Journal } from '../../shared/journal.ts';
import type { Hex } from '../../shared/values.ts';
import { addressColumn, integerColumn } from './columns.ts';
import type { Store } from './database.ts';
import { IllegalTransition } from './illegal-transition.ts';
import type { JournalContext } from './journal-entry.ts';
import { openRecoveryOf, recoveryOf, stepOf, transactionsOfStep } from './journal-rows.ts';
import { passReturn } from './pass-return.ts';

const operatorSchema = z.object({ operator: addressColumn });
const handOutSchema = z.lazy(() =>
  z.object({
    step: z.string(),
    attempt: integerColumn,
    signer: addressColumn,
    batch: integerColumn,
  }),
);

/** Everybody who confirmed the plan, the first one first. */
export function confirmationsOf(store: Store, planDigest: Hex): readonly Address[] {
  return store
    .rows(operatorSchema, 'SELECT operator FROM confirmation WHERE planDigest = :planDigest ORDER BY rowid', {
      planDigest,
    })
    .map(({ operator }) => operator);
}

/** Batch by batch, in the order in which the calls stand in it. */
export function handOutsOf(store: Store, recoveryId: string): readonly HandOutRow[] {
  return store.rows(
    handOutSchema,
    'SELECT step, attempt, signer, batch FROM handOut WHERE recoveryId = :recoveryId ORDER BY batch, position',
    { recoveryId },
  );
}

/** Records that an operator confirmed a plan, once. */
export function confirmPlan(context: JournalContext, planDigest: Hex, operator: Address): void {
  const { changes } = context.store.run(
    'INSERT INTO confirmation (planDigest, operator, at) VALUES (:planDigest, :operator, :at) ON CONFLICT DO NOTHING',
    { planDigest, operator, at: context.now() },
  );
  if (changes > 0) context.audit({ kind: 'plan_confirmed', fields: { planDigest, operator } });
}

type HandOut = Parameters<Journal['handOut']>[0];

function handOut(context: JournalContext, { recoveryId, signer, steps, noReturn }: HandOut): number {
  const { store } = context;
  openRecoveryOf(store, recoveryId);
  const before = handOutsOf(store, recoveryId);
  const batch = Math.max(0, ...before.map((row) => row.batch)) + 1;
  for (const [position, { name, attempt }] of steps.entries()) {
    const { state } = stepOf(store, recoveryId, name, attempt);
    if (state !== 'running') throw new IllegalTransition(`step ${name} is ${state}: it is not handed out`);
    if (isHandedOut(before, { name, attempt }))
      throw new IllegalTransition(`step ${name}, attempt ${attempt}, was handed out before`);
    const own = transactionsOfStep(store, recoveryId, name, attempt);
    if (own.some((row) => row.purpose === 'call' && isUnsettled(row.state)))
      throw new IllegalTransition(`step ${name} has a call of its own that may still be mined`);
    store.run(
      `INSERT INTO handOut (recoveryId, step, attempt, signer, batch, position, at)
       VALUES (:recoveryId, :name, :attempt, :signer, :batch, :position, :at)`,
      { recoveryId, name, attempt, signer, batch, position, at: context.now() },
    );
  }
  context.audit({
    kind: 'calls_handed_out',
    fields: { recoveryId, signer, batch, steps: steps.map(({ name }) => name) },
  });
  if (noReturn) passReturn(context, recoveryId);
  return batch;
}

type PartsPart = Pick<Journal, 'confirm' | 'confirmedBy' | 'handOut' | 'handOuts'>;

export function partsPart(context: JournalContext): PartsPart {
  const { store } = context;
  return {
    confirm: (recoveryId, operator) =>
      store.transaction(() => confirmPlan(context, recoveryOf(store, recoveryId).planDigest, operator)),
    confirmedBy: (recoveryId) => confirmationsOf(store, recoveryOf(store, recoveryId).planDigest),
    handOuts: (recoveryId) => handOutsOf(store, recoveryId),
    handOut: (wanted) => store.transaction(() => handOut(context, wanted)),
  };
}
