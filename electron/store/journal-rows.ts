/** The rows of the journal as they are read. */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import type { RecoveryRow, StepRow, TransactionRow } from '../../shared/journal.ts';
import { RECOVERY_STATUSES, STEP_PHASES, hasEnded } from '../../shared/phases.ts';
import { amountSchema, hash32Schema, hexSchema } from '../../shared/values.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import { addressColumn, booleanColumn, integerColumn, jsonColumn, jsonColumnOf } from './columns.ts';
import type { Store } from './database.ts';
import { IllegalTransition } from './illegal-transition.ts';

const recoverySchema = z.lazy(() =>
  z.object({
    id: z.string(),
    caseId: z.string(),
    participantId: z.string(),
    chainId: integerColumn,
    lostWallet: addressColumn,
    planDigest: hash32Schema,
    previewDigest: hash32Schema,
    flowVersion: integerColumn,
    operator: addressColumn,
    status: z.enum(RECOVERY_STATUSES),
    statusReason: jsonColumnOf(
      z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() }),
    ).nullable(),
    noReturnAt: z.string().nullable(),
    highestCost: amountSchema.nullable(),
    profile: jsonColumn,
    claimsOf: z.string().nullable(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
  }),
);

const stepSchema = z.lazy(() =>
  z.object({
    recoveryId: z.string(),
    name: z.string(),
    attempt: integerColumn,
    phase: z.enum(STEP_PHASES),
    state: z.enum(['pending', 'running', 'done', 'failed', 'skipped']),
    baseline: jsonColumn,
    outcome: jsonColumn,
    reason: z.string().nullable(),
    message: z.string().nullable(),
    remedy: z.string().nullable(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  }),
);

const transactionSchema = z.lazy(() =>
  z.object({
    id: integerColumn,
    recoveryId: z.string(),
    step: z.string(),
    attempt: integerColumn,
    bump: integerColumn,
    purpose: z.enum(['call', 'fill']),
    signer: addressColumn,
    chainId: integerColumn,
    nonce: integerColumn,
    unsigned: hexSchema,
    raw: hexSchema.nullable(),
    hash: hash32Schema.nullable(),
    state: z.enum(['intended', 'signed', 'sent', 'mined', 'final', 'replaced', 'abandoned']),
    costCap: amountSchema,
    sentAtBlock: integerColumn.nullable(),
    minedBlock: integerColumn.nullable(),
    minedHash: hash32Schema.nullable(),
    succeeded: booleanColumn.nullable(),
    costPaid: amountSchema.nullable(),
  }),
);

export function findRecovery(store: Store, id: string): RecoveryRow | null {
  return store.row(recoverySchema, 'SELECT * FROM recovery WHERE id = :id', { id });
}

/** @throws DeskError RECOVERY_UNKNOWN */
export function recoveryOf(store: Store, id: string): RecoveryRow {
  const row = findRecovery(store, id);
  if (row !== null) return row;
  throw recoveryUnknown(id);
}

/** @throws IllegalTransition when the recovery has ended. */
export function openRecoveryOf(store: Store, id: string): RecoveryRow {
  const recovery = recoveryOf(store, id);
  if (hasEnded(recovery.status)) throw new IllegalTransition(`recovery ${id} has ended: ${recovery.status}`);
  return recovery;
}

/** Recoveries and issues of claims, newest first. */
export function allRecoveries(store: Store): readonly RecoveryRow[] {
  return store.rows(recoverySchema, 'SELECT * FROM recovery ORDER BY position DESC');
}

/** Recoveries with an address anywhere in their plan, newest first; of an issue of claims there is none. */
export function recoveriesNaming(store: Store, address: Address): readonly RecoveryRow[] {
  return store.rows(
    recoverySchema,
    `SELECT recovery.* FROM recovery JOIN plan ON plan.digest = recovery.planDigest
     WHERE recovery.claimsOf IS NULL AND instr(plan.body, :address) > 0
     ORDER BY recovery.position DESC`,
    { address },
  );
}

/** What one of a kind is open for: recoveries and issues of claims are two kinds. */
export interface OpenFor {
  readonly chainId: number;
  readonly participantId: string;
  readonly lostWallets: readonly Address[];
  readonly issuesClaims: boolean;
}

export function unendedRecovery(store: Store, of: OpenFor): RecoveryRow | null {
  return store.row(
    recoverySchema,
    `SELECT * FROM recovery
     WHERE chainId = :chainId AND (participantId = :participantId
         OR lostWallet IN (SELECT value FROM json_each(:wallets))
         OR id IN (SELECT recoveryId FROM furtherWallet WHERE wallet IN (SELECT value FROM json_each(:wallets))))
       AND (claimsOf IS NOT NULL) = :issuesClaims AND status IN ('running', 'waiting', 'stopped')
     ORDER BY position DESC LIMIT 1`,
    {
      chainId: of.chainId,
      participantId: of.participantId,
      wallets: JSON.stringify(of.lostWallets),
      issuesClaims: of.issuesClaims ? 1 : 0,
    },
  );
}

/** Every lost wallet of a recovery, the one that its case was opened for first. */
export function lostWalletsOf(store: Store, { id, lostWallet }: RecoveryRow): readonly Address[] {
  const further = store.rows(
    z.object({ wallet: addressColumn }),
    'SELECT wallet FROM furtherWallet WHERE recoveryId = :id ORDER BY wallet',
    { id },
  );
  return [lostWallet, ...further.map(({ wallet }) => wallet)];
}

/** In plan order, the attempts of a step one after another. */
export function stepsOf(store: Store, recoveryId: string): readonly StepRow[] {
  return store.rows(
    stepSchema,
    'SELECT * FROM step WHERE recoveryId = :recoveryId ORDER BY position, attempt',
    { recoveryId },
  );
}

/** @throws IllegalTransition when the recovery has no such attempt of a step. */
export function stepOf(store: Store, recoveryId: string, name: string, attempt: number): StepRow {
  const row = store.row(
    stepSchema,
    'SELECT * FROM step WHERE recoveryId = :recoveryId AND name = :name AND attempt = :attempt',
    { recoveryId, name, attempt },
  );
  if (row === null)
    throw new IllegalTransition(`recovery ${recoveryId} has no step ${name}, attempt ${attempt}`);
  return row;
}

export function newestStep(store: Store, recoveryId: string, name: string): StepRow | null {
  return store.row(
    stepSchema,
    'SELECT * FROM step WHERE recoveryId = :recoveryId AND name = :name ORDER BY attempt DESC LIMIT 1',
    { recoveryId, name },
  );
}

/** In the order in which they were intended. */
export function transactionsOfStep(
  store: Store,
  recoveryId: string,
  name: string,
  attempt: number,
): readonly TransactionRow[] {
  return store.rows(
    transactionSchema,
    `SELECT * FROM chainTransaction
     WHERE recoveryId = :recoveryId AND step = :name AND attempt = :attempt ORDER BY id`,
    { recoveryId, name, attempt },
  );
}

/** In the order in which they were intended. */
export function transactionsOf(store: Store, recoveryId: string): readonly TransactionRow[] {
  return store.rows(
    transactionSchema,
    'SELECT * FROM chainTransaction WHERE recoveryId = :recoveryId ORDER BY id',
    { recoveryId },
  );
}

/** @throws IllegalTransition for an unknown id. */
export function transactionOf(store: Store, id: number): TransactionRow {
  const row = store.row(transactionSchema, 'SELECT * FROM chainTransaction WHERE id = :id', { id });
  if (row === null) throw new IllegalTransition(`there is no transaction ${id}`);
  return row;
}

/** All that hold the nonce: every state but abandoned. */
export function holdersOfNonce(
  store: Store,
  { chainId, signer, nonce }: Pick<TransactionRow, 'chainId' | 'signer' | 'nonce'>,
): readonly TransactionRow[] {
  return store.rows(
    transactionSchema,
    `SELECT * FROM chainTransaction
     WHERE chainId = :chainId AND signer = :signer AND nonce = :nonce AND state <> 'abandoned' ORDER BY id`,
    { chainId, signer, nonce },
  );
}

export function unsettledOf(store: Store, chainId: number, signer: Address): readonly TransactionRow[] {
  return store.rows(
    transactionSchema,
    `SELECT * FROM chainTransaction
     WHERE chainId = :chainId AND signer = :signer AND state IN ('intended', 'signed', 'sent', 'mined')
     ORDER BY nonce, id`,
    { chainId, signer },
  );
}
