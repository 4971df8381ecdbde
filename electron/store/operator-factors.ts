/** What is kept of how operators showed who they are: attempts, one-time codes, recovery codes, and the audit entries of it. */
import { z } from 'zod';
import type { AuditEvent } from '../../shared/audit.ts';
import { hash32Schema, hexSchema, timeSchema } from '../../shared/values.ts';
import type { Hex } from '../../shared/values.ts';
import { IllegalTransition } from './illegal-transition.ts';
import type { JournalContext } from './journal-entry.ts';
import { recordCorrupt } from './operator-rows.ts';
import type { AttemptState } from './operator-rows.ts';

export interface NewRecoveryCode {
  readonly hash: Hex;
  readonly salt: Hex;
}

export interface StoredRecoveryCode extends NewRecoveryCode {
  readonly usedAt: string | null;
}

type FieldsOf<K extends AuditEvent['kind']> = Omit<Extract<AuditEvent, { kind: K }>['fields'], 'operatorId'>;

export interface OperatorFactors {
  /** Stores where the attempts stand, without an audit entry. */
  saveAttempts(id: string, attempts: AttemptState): void;
  /** The same for an attempt that was wrong, with its entry. */
  saveFailure(id: string, attempts: AttemptState, reason: string): void;
  /** Marks a time step as used, and all before it. Refuses one that is used already. */
  useTotpStep(id: string, step: number): void;
  /** @throws DeskError VAULT_CORRUPT */
  recoveryCodes(id: string): readonly StoredRecoveryCode[];
  /** Marks a code as used. Refuses one that is used already. */
  useRecoveryCode(id: string, hash: Hex): void;
  replaceRecoveryCodes(id: string, codes: readonly NewRecoveryCode[]): void;
  recordSignIn(id: string, how: FieldsOf<'operator_signed_in'>['how']): void;
  recordSignOut(id: string): void;
  recordProof(id: string, how: FieldsOf<'operator_proved'>['how']): void;
  recordExport(id: string, address: FieldsOf<'operator_key_exported'>['address']): void;
}

const codeSchema = z.lazy(() =>
  z.strictObject({
    hash: hash32Schema,
    salt: hexSchema,
    usedAt: timeSchema.nullable(),
  }),
);

function one(changes: number, refusal: string): void {
  if (changes !== 1) throw new IllegalTransition(refusal);
}

function attemptWrites(context: JournalContext) {
  const { store } = context;
  const saveAttempts = (id: string, { failures, countedAt, notBefore, open }: AttemptState): void => {
    const { changes } = store.run(
      `UPDATE operator SET failures = :failures, countedAt = :countedAt, notBefore = :notBefore, attemptOpen = :open
       WHERE id = :id`,
      { id, failures, countedAt, notBefore, open: open ? 1 : 0 },
    );
    one(changes, `${id} is no operator`);
  };
  return {
    saveAttempts,
    saveFailure: (id: string, attempts: AttemptState, reason: string): void =>
      store.transaction(() => {
        saveAttempts(id, attempts);
        const { failures } = attempts;
        context.audit({
          kind: 'operator_attempt_failed',
          fields: { operatorId: id, reason, failures },
        });
      }),
  };
}

function codeWrites(context: JournalContext) {
  const { store } = context;
  return {
    useRecoveryCode(id: string, hash: Hex): void {
      const { changes } = store.run(
        `UPDATE operatorRecoveryCode SET usedAt = :now WHERE operatorId = :id AND hash = :hash AND usedAt IS NULL`,
        { id, hash, now: context.now() },
      );
      one(changes, `${id} has no such recovery code left`);
    },
    replaceRecoveryCodes: (id: string, codes: readonly NewRecoveryCode[]): void =>
      store.transaction(() => {
        store.run('DELETE FROM operatorRecoveryCode WHERE operatorId = :id', { id });
        for (const { hash, salt } of codes) {
          store.run('INSERT INTO operatorRecoveryCode (operatorId, hash, salt) VALUES (:id, :hash, :salt)', {
            id,
            hash,
            salt,
          });
        }
      }),
  };
}

export function factorPart(context: JournalContext): OperatorFactors {
  const { store } = context;
  return {
    ...attemptWrites(context),
    ...codeWrites(context),
    useTotpStep(id, step) {
      const { changes } = store.run(
        'UPDATE operator SET totpStep = :step WHERE id = :id AND (totpStep IS NULL OR totpStep < :step)',
        { id, step },
      );
      one(changes, `${id} has used step ${step} before`);
    },
    recoveryCodes: (id) =>
      store
        .rows(
          z.record(z.string(), z.unknown()),
          'SELECT hash, salt, usedAt FROM operatorRecoveryCode WHERE operatorId = :id ORDER BY rowid',
          { id },
        )
        .map((row) => {
          const parsed = codeSchema.safeParse(row);
          if (!parsed.success) throw recordCorrupt(id, 'recovery codes');
          return parsed.data;
        }),
    recordSignIn: (id, how) => context.audit({ kind: 'operator_signed_in', fields: { operatorId: id, how } }),
    recordSignOut: (id) => context.audit({ kind: 'operator_signed_out', fields: { operatorId: id } }),
    recordProof: (id, how) => context.audit({ kind: 'operator_proved', fields: { operatorId: id, how } }),
    recordExport: (id, address) =>
      context.audit({ kind: 'operator_key_exported', fields: { operatorId: id, address } }),
  };
}
