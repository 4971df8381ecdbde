/** Operators: who works at this desk. Each change is stored together with its audit entry. No secret lies here in clear. */
import { z } from 'zod';
import { canonicalText } from '../../shared/canonical.ts';
import type { AuditEvent } from '../../shared/audit.ts';
import type { Credential, Operator, SignInKind } from '../../shared/operator.ts';
import type { Store } from './database.ts';
import { IllegalTransition } from './illegal-transition.ts';
import type { JournalContext } from './journal-entry.ts';
import { journalContext } from './journal-entry.ts';
import type { AuditSink, Clock } from './needs.ts';
import { factorPart } from './operator-factors.ts';
import type { NewRecoveryCode, OperatorFactors } from './operator-factors.ts';
import { nameKeyOf, storedOperator } from './operator-rows.ts';
import type { StoredOperator, StoredVault } from './operator-rows.ts';

type ChangeKind = Extract<AuditEvent, { kind: 'operator_changed' }>['fields']['what'];

/** What of an operator becomes different; what is left out stays. */
export interface OperatorChange {
  readonly what: ChangeKind;
  readonly vault?: StoredVault;
  readonly signIn?: SignInKind;
  readonly credential?: Credential;
  /** The step of the code that proved a new secret; null with the secret gone. */
  readonly totpStep?: number | null;
  /** All that there are from now on. */
  readonly recoveryCodes?: readonly NewRecoveryCode[];
}

export interface NewOperator extends Omit<Operator, 'createdAt' | 'removedAt'> {
  readonly vault: StoredVault | null;
  readonly totpStep: number | null;
  readonly recoveryCodes: readonly NewRecoveryCode[];
}

/** A row as a list shows it: one that does not read is there by its id. */
export interface ListedRow {
  readonly id: string;
  readonly name: string;
  readonly removed: boolean;
}

export interface OperatorRepository extends OperatorFactors {
  /** @throws SqliteError for a name that another has who was not removed. */
  insert(operator: NewOperator): void;
  /** Removed ones, too. @throws DeskError VAULT_CORRUPT */
  get(id: string): StoredOperator | null;
  /** Whoever has the name without regard to case, and was not removed. @throws DeskError VAULT_CORRUPT */
  find(name: string): StoredOperator | null;
  /** Whether somebody has the name who was not removed, also where their record does not read. */
  isNameTaken(name: string): boolean;
  /** All, removed ones too, oldest first, without reading what they hold. */
  rows(): readonly ListedRow[];
  change(id: string, change: OperatorChange): void;
  /** From now on nobody is this operator; the vault record stays until `forgotten`. */
  remove(id: string): void;
  /** Removed ones whose vault record is still there. */
  unforgotten(): readonly string[];
  forgotten(id: string): void;
  transaction<T>(work: () => T): T;
}

const looseRow = z.record(z.string(), z.unknown());
const listedSchema = z.lazy(() => z.object({ id: z.string(), name: z.string(), removed: z.int() }));
const idSchema = z.object({ id: z.string() });

function vaultColumns(vault: StoredVault | null) {
  return {
    wrapping: vault?.wrapping ?? null,
    keystore: vault?.keystore ?? null,
    box: vault?.box ?? null,
  };
}

function read(store: Store, condition: string, value: string): StoredOperator | null {
  const row = store.row(looseRow, `SELECT * FROM operator WHERE ${condition}`, { value });
  return row === null ? null : storedOperator(String(row['id']), row);
}

function insert(context: JournalContext, factors: OperatorFactors, operator: NewOperator): void {
  const { id, name, signIn, credential, vault, totpStep, recoveryCodes } = operator;
  context.store.run(
    `INSERT INTO operator (id, name, nameKey, signIn, credential, wrapping, keystore, box, totpStep, createdAt)
     VALUES (:id, :name, :nameKey, :signIn, :credential, :wrapping, :keystore, :box, :totpStep, :createdAt)`,
    {
      id,
      name,
      nameKey: nameKeyOf(name),
      signIn: canonicalText(signIn),
      credential: canonicalText(credential),
      ...vaultColumns(vault),
      totpStep,
      createdAt: context.now(),
    },
  );
  factors.replaceRecoveryCodes(id, recoveryCodes);
  context.audit({
    kind: 'operator_created',
    fields: {
      operatorId: id,
      signIn: signIn.kind,
      credential: credential.kind,
      address: credential.address,
    },
  });
}

function change(
  context: JournalContext,
  factors: OperatorFactors,
  id: string,
  before: StoredOperator | null,
  { what, ...changed }: OperatorChange,
): void {
  if (before === null || before.operator.removedAt !== null) {
    throw new IllegalTransition(`${id} is no operator who can be changed`);
  }
  const { signIn, credential } = { ...before.operator, ...changed };
  const { vault, totpStep } = { ...before, ...changed };
  context.store.run(
    `UPDATE operator SET signIn = :signIn, credential = :credential, wrapping = :wrapping, keystore = :keystore,
       box = :box, totpStep = :totpStep
     WHERE id = :id`,
    {
      id,
      signIn: canonicalText(signIn),
      credential: canonicalText(credential),
      ...vaultColumns(vault),
      totpStep,
    },
  );
  if (changed.recoveryCodes !== undefined) factors.replaceRecoveryCodes(id, changed.recoveryCodes);
  context.audit({ kind: 'operator_changed', fields: { operatorId: id, what } });
}

function remove(context: JournalContext, factors: OperatorFactors, id: string): void {
  const { changes } = context.store.run(
    'UPDATE operator SET removedAt = :now WHERE id = :id AND removedAt IS NULL',
    { id, now: context.now() },
  );
  if (changes !== 1) throw new IllegalTransition(`${id} is no operator who can be removed`);
  factors.replaceRecoveryCodes(id, []);
  context.audit({ kind: 'operator_removed', fields: { operatorId: id } });
}

/** The operators of a store. Over a store opened for reading only its reads work. */
export function operatorRepository(
  store: Store,
  audit: AuditSink,
  clock: Clock = () => new Date(),
): OperatorRepository {
  const context = journalContext(store, audit, clock);
  const factors = factorPart(context);
  const get = (id: string) => read(store, 'id = :value', id);
  return {
    ...factors,
    get,
    find: (name) => read(store, 'nameKey = :value AND removedAt IS NULL', nameKeyOf(name)),
    isNameTaken: (name) =>
      store.row(idSchema, 'SELECT id FROM operator WHERE nameKey = :key AND removedAt IS NULL', {
        key: nameKeyOf(name),
      }) !== null,
    rows: () =>
      store
        .rows(listedSchema, 'SELECT id, name, removedAt IS NOT NULL AS removed FROM operator ORDER BY rowid')
        .map(({ id, name, removed }) => ({ id, name, removed: removed === 1 })),
    insert: (operator) => store.transaction(() => insert(context, factors, operator)),
    change: (id, changed) => store.transaction(() => change(context, factors, id, get(id), changed)),
    remove: (id) => store.transaction(() => remove(context, factors, id)),
    unforgotten: () =>
      store
        .rows(idSchema, 'SELECT id FROM operator WHERE removedAt IS NOT NULL AND box IS NOT NULL')
        .map(({ id }) => id),
    forgotten(id) {
      const { changes } = store.run(
        `UPDATE operator SET wrapping = NULL, keystore = NULL, box = NULL
         WHERE id = :id AND removedAt IS NOT NULL`,
        { id },
      );
      if (changes !== 1) throw new IllegalTransition(`${id} is no operator who was removed`);
    },
    transaction: (work) => store.transaction(work),
  };
}
