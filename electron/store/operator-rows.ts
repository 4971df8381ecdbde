/**
 * Operators as rows. Read strictly and one by one: a row that does not read, or whose parts contradict each other, is
 * refused by its id and stays where it is.
 */
import { z } from 'zod';
import { DeskError } from '../../shared/errors.ts';
import {
  credentialSchema,
  operatorIdSchema,
  operatorNameSchema,
  signInKindSchema,
} from '../../shared/operator.ts';
import type { Operator } from '../../shared/operator.ts';
import { timeSchema } from '../../shared/values.ts';
import { booleanColumn, integerColumn, jsonColumnOf } from './columns.ts';

/**
 * What the vault keeps of an operator, written as a whole or not at all. It opens with the passphrase, `keychain` with
 * the keychain's entry as well.
 */
export interface StoredVault {
  readonly wrapping: 'keychain' | 'passphrase';
  /** The sealed key; null for an operator whose key is elsewhere: then the box alone proves the passphrase. */
  readonly keystore: string | null;
  /** Sealed secrets. */
  readonly box: string;
}

/** Attempts at an operator's secrets that were not right. */
export interface AttemptState {
  readonly failures: number;
  /** When the last one was counted; null without any. */
  readonly countedAt: string | null;
  /** When the next one may be made. */
  readonly notBefore: string | null;
  /** Counted, and not known how it ended: it is under way, or a program that ended took the outcome with it. */
  readonly open: boolean;
}

export const NO_ATTEMPTS: AttemptState = { failures: 0, countedAt: null, notBefore: null, open: false };

export interface StoredOperator {
  readonly operator: Operator;
  /** Null where there is none, and once the vault has forgotten an operator who was removed. */
  readonly vault: StoredVault | null;
  readonly attempts: AttemptState;
  /** The last time step of which a one-time code was taken: it and all before it are used. @see RFC 6238 section 5.2 */
  readonly totpStep: number | null;
}

/** Names that differ in case, or in the form of a character alone, have one key. */
export function nameKeyOf(name: string): string {
  // There and back, as some letters have a second small or capital form.
  return name.trim().normalize('NFKC').toLowerCase().toUpperCase();
}

const columnsSchema = z.lazy(() =>
  z.strictObject({
    id: operatorIdSchema,
    name: operatorNameSchema,
    nameKey: z.string(),
    signIn: jsonColumnOf(signInKindSchema),
    credential: jsonColumnOf(credentialSchema),
    wrapping: z.enum(['keychain', 'passphrase']).nullable(),
    keystore: z.string().min(1).nullable(),
    box: z.string().min(1).nullable(),
    totpStep: integerColumn.nullable(),
    failures: integerColumn,
    countedAt: timeSchema.nullable(),
    notBefore: timeSchema.nullable(),
    attemptOpen: booleanColumn,
    createdAt: timeSchema,
    removedAt: timeSchema.nullable(),
  }),
);
type Columns = z.output<typeof columnsSchema>;

/** What contradicts what, in words; null for a row that holds together. */
function contradiction(row: Columns): string | null {
  if (row.nameKey !== nameKeyOf(row.name)) return 'nameKey';
  if ((row.wrapping === null) !== (row.box === null)) return 'wrapping';
  if (row.box === null && row.keystore !== null) return 'keystore';
  if ((row.countedAt === null) !== (row.notBefore === null)) return 'notBefore';
  if (row.failures === 0 && (row.countedAt !== null || row.attemptOpen)) return 'failures';
  const forgotten = row.removedAt !== null && row.box === null;
  return forgotten ? null : contradictionOfVault(row);
}

/** A passphrase is checked by the vault, and a keystore lies in it: either needs one, and nothing else has one. */
function contradictionOfVault({ signIn, credential, wrapping, keystore, box }: Columns): string | null {
  const needsVault = signIn.kind === 'passphrase' || credential.kind === 'keystore';
  if (needsVault !== (box !== null)) return 'box';
  if ((credential.kind === 'keystore') !== (keystore !== null)) return 'keystore';
  return credential.kind === 'keystore' && credential.wrapping !== wrapping ? 'wrapping' : null;
}

/** An operator's row, read. @throws DeskError VAULT_CORRUPT */
export function storedOperator(id: string, row: unknown): StoredOperator {
  const parsed = columnsSchema.safeParse(row);
  if (!parsed.success) throw recordCorrupt(id, String(parsed.error.issues[0]?.path[0] ?? 'row'));
  const wrong = contradiction(parsed.data);
  if (wrong !== null) throw recordCorrupt(id, wrong);
  const { name, signIn, credential, wrapping, keystore, box, createdAt, removedAt } = parsed.data;
  const { totpStep, failures, countedAt, notBefore, attemptOpen } = parsed.data;
  return {
    operator: { id: parsed.data.id, name, signIn, credential, createdAt, removedAt },
    vault: wrapping === null || box === null ? null : { wrapping, keystore, box },
    attempts: { failures, countedAt, notBefore, open: attemptOpen },
    totpStep,
  };
}

/** `what` names a part of the record, never what is in it. */
export function recordCorrupt(operatorId: string, what: string): DeskError {
  return new DeskError('VAULT_CORRUPT', {
    message: `What is stored of the operator ${operatorId} is damaged or was changed (${what}). It was left as it is, and nothing was opened or signed with it.`,
    remedy:
      'Keep the data folder as it is, find out who changed the database, and put back a backup. Other operators can work meanwhile.',
    retry: 'never',
  });
}
