/** The journal's part on chain transactions: intended, signed, sent, mined, final, each in its turn. */
import { z } from 'zod';
import { digestOf } from '../../shared/canonical.ts';
import { isHandedOut, isUnsettled } from '../../shared/journal.ts';
import type { Journal, NewTransaction, TransactionRow, TransactionState } from '../../shared/journal.ts';
import type { Hex } from '../../shared/values.ts';
import { IllegalTransition } from './illegal-transition.ts';
import type { JournalContext } from './journal-entry.ts';
import {
  holdersOfNonce,
  openRecoveryOf,
  stepOf,
  transactionOf,
  transactionsOfStep,
  unsettledOf,
} from './journal-rows.ts';
import { handOutsOf } from './journal-parts.ts';
import { passReturn } from './pass-return.ts';

function keyOf(row: TransactionRow) {
  return { recoveryId: row.recoveryId, step: row.step, attempt: row.attempt, transaction: row.id };
}

/** The transaction, when it is in one of the states that the change starts from. */
function inState(context: JournalContext, id: number, states: readonly TransactionState[]): TransactionRow {
  const row = transactionOf(context.store, id);
  if (!states.includes(row.state)) {
    throw new IllegalTransition(`transaction ${id} is ${row.state}, not ${states.join(' or ')}`);
  }
  return row;
}

/** A nonce belongs to one attempt of one step until it is abandoned; once final it takes nothing more. */
function refuseForeignNonce(context: JournalContext, wanted: NewTransaction): void {
  for (const holder of holdersOfNonce(context.store, wanted)) {
    const same =
      holder.recoveryId === wanted.recoveryId &&
      holder.step === wanted.step &&
      holder.attempt === wanted.attempt;
    const variant = holder.bump === wanted.bump && holder.purpose === wanted.purpose;
    if (!same || variant || holder.state === 'final') {
      throw new IllegalTransition(
        `nonce ${wanted.nonce} is held by transaction ${holder.id} (${holder.state})`,
      );
    }
  }
}

/** One call of an attempt at a time, here or elsewhere: were two of them mined, its effect would be there twice. */
function refuseSecondCall({ store }: JournalContext, wanted: NewTransaction): void {
  const { recoveryId, step, attempt, purpose, signer, nonce } = wanted;
  if (purpose !== 'call') return;
  if (isHandedOut(handOutsOf(store, recoveryId), { name: step, attempt }))
    throw new IllegalTransition(`step ${step} was handed out: no call of it is stored`);
  const other = transactionsOfStep(store, recoveryId, step, attempt).find(
    (row) =>
      row.purpose === 'call' && (row.nonce !== nonce || row.signer !== signer) && isUnsettled(row.state),
  );
  if (other === undefined) return;
  throw new IllegalTransition(
    `step ${step} has its call at nonce ${other.nonce} (${other.state}): not at ${nonce}`,
  );
}

function intendOne(context: JournalContext, wanted: NewTransaction): number {
  const { store } = context;
  const { recoveryId, step, attempt, bump, purpose, signer, chainId, nonce, unsigned, costCap } = wanted;
  const recovery = openRecoveryOf(store, recoveryId);
  if (recovery.chainId !== chainId)
    throw new IllegalTransition(`recovery ${recoveryId} is not of chain ${chainId}`);
  const { state } = stepOf(store, recoveryId, step, attempt);
  // A fill may come after its step has ended: the nonce it holds must be used up all the same.
  if (state === 'pending' || (state !== 'running' && purpose === 'call')) {
    throw new IllegalTransition(`step ${step} is ${state}: it intends no ${purpose}`);
  }
  refuseForeignNonce(context, wanted);
  refuseSecondCall(context, wanted);
  const { lastId } = store.run(
    `INSERT INTO chainTransaction (recoveryId, step, attempt, bump, purpose, signer, chainId, nonce, unsigned,
       costCap, state)
     VALUES (:recoveryId, :step, :attempt, :bump, :purpose, :signer, :chainId, :nonce, :unsigned, :costCap, 'intended')`,
    { recoveryId, step, attempt, bump, purpose, signer, chainId, nonce, unsigned, costCap },
  );
  const key = { recoveryId, step, attempt, transaction: lastId };
  context.audit({
    kind: 'transaction_intended',
    fields: { ...key, bump, purpose, chainId, signer, nonce, unsignedDigest: digestOf(unsigned), costCap },
  });
  return lastId;
}

function signOne(context: JournalContext, { id, raw, hash }: { id: number; raw: Hex; hash: Hex }): string {
  const row = inState(context, id, ['intended']);
  context.store.run(`UPDATE chainTransaction SET state = 'signed', raw = :raw, hash = :hash WHERE id = :id`, {
    id,
    raw,
    hash,
  });
  context.audit({ kind: 'transaction_signed', fields: { ...keyOf(row), hash } });
  return row.recoveryId;
}

/** The hash of a signed transaction. */
function hashOf(row: TransactionRow): Hex {
  if (row.hash === null) throw new IllegalTransition(`transaction ${row.id} is not signed`);
  return row.hash;
}

/** Takes the others of its nonce out: only one transaction of a nonce can ever be in the chain. */
function settle(context: JournalContext, id: number): void {
  const row = inState(context, id, ['mined']);
  const others = holdersOfNonce(context.store, row).filter(
    (other) => other.id !== id && isUnsettled(other.state),
  );
  context.store.run(`UPDATE chainTransaction SET state = 'final' WHERE id = :id`, { id });
  for (const other of others) {
    context.store.run(`UPDATE chainTransaction SET state = 'replaced' WHERE id = :id`, { id: other.id });
  }
  context.audit({
    kind: 'transaction_final',
    fields: { ...keyOf(row), hash: hashOf(row), replaced: others.map((other) => other.id) },
  });
}

const highestSchema = z.object({ nonce: z.int().nullable() });

type TransactionPart = Pick<
  Journal,
  | 'intend'
  | 'signed'
  | 'offered'
  | 'sent'
  | 'mined'
  | 'unmined'
  | 'final'
  | 'abandon'
  | 'highestNonce'
  | 'unsettled'
>;

export function transactionPart(context: JournalContext): TransactionPart {
  const { store } = context;
  return {
    intend: (transactions) =>
      store.transaction(() => transactions.map((wanted) => intendOne(context, wanted))),
    signed: (entries, noReturn) =>
      store.transaction(() => {
        const recoveries = new Set(entries.map((entry) => signOne(context, entry)));
        if (noReturn) for (const recoveryId of recoveries) passReturn(context, recoveryId);
      }),
    offered: (id, atBlock) =>
      store.transaction(() => {
        const row = inState(context, id, ['signed']);
        // Offered again: fee bumps count from the first time.
        if (row.sentAtBlock !== null) return;
        store.run('UPDATE chainTransaction SET sentAtBlock = :atBlock WHERE id = :id', { id, atBlock });
        context.audit({ kind: 'transaction_offered', fields: { ...keyOf(row), hash: hashOf(row), atBlock } });
      }),
    sent: (id, atBlock) =>
      store.transaction(() => {
        const row = inState(context, id, ['signed', 'sent']);
        // Sent again: fee bumps count from the first time.
        if (row.state === 'sent') return;
        store.run(`UPDATE chainTransaction SET state = 'sent', sentAtBlock = :atBlock WHERE id = :id`, {
          id,
          atBlock,
        });
        context.audit({ kind: 'transaction_sent', fields: { ...keyOf(row), hash: hashOf(row), atBlock } });
      }),
    mined: (id, block) =>
      store.transaction(() => {
        // From `signed` too: a node may have it although we ended before we wrote that it was sent.
        const row = inState(context, id, ['signed', 'sent']);
        const { number, hash: blockHash, succeeded, costPaid } = block;
        store.run(
          `UPDATE chainTransaction SET state = 'mined', minedBlock = :number, minedHash = :blockHash,
             succeeded = :succeeded, costPaid = :costPaid WHERE id = :id`,
          { id, number, blockHash, succeeded: succeeded ? 1 : 0, costPaid },
        );
        context.audit({
          kind: 'transaction_mined',
          fields: { ...keyOf(row), hash: hashOf(row), block: number, blockHash, succeeded, costPaid },
        });
      }),
    unmined: (id) =>
      store.transaction(() => {
        const row = inState(context, id, ['mined']);
        store.run(
          `UPDATE chainTransaction SET state = 'sent', sentAtBlock = coalesce(sentAtBlock, minedBlock),
             minedBlock = NULL, minedHash = NULL, succeeded = NULL, costPaid = NULL WHERE id = :id`,
          { id },
        );
        const { minedHash } = row;
        if (minedHash === null) throw new IllegalTransition(`transaction ${id} has no block`);
        context.audit({
          kind: 'transaction_unmined',
          fields: { ...keyOf(row), hash: hashOf(row), blockHash: minedHash },
        });
      }),
    final: (id) => store.transaction(() => settle(context, id)),
    abandon: (ids) =>
      store.transaction(() => {
        for (const id of ids) {
          const row = inState(context, id, ['intended', 'signed', 'sent']);
          store.run(`UPDATE chainTransaction SET state = 'abandoned' WHERE id = :id`, { id });
          context.audit({ kind: 'transaction_abandoned', fields: { ...keyOf(row), nonce: row.nonce } });
        }
      }),
    highestNonce: (chainId, signer) =>
      store.row(
        highestSchema,
        `SELECT max(nonce) AS nonce FROM chainTransaction
         WHERE chainId = :chainId AND signer = :signer AND state <> 'abandoned'`,
        { chainId, signer },
      )?.nonce ?? null,
    unsettled: (chainId, signer) => unsettledOf(store, chainId, signer),
  };
}
