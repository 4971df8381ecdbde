/**
 * What the audit log may say: one closed list of events, each with its closed list of fields. Amounts, addresses,
 * hashes, ids and codes only: no free text, so that no secret can get in. Kinds are never renamed or reused.
 */
import { z } from 'zod';
import { addressSchema } from './address-schema.ts';
import { HAND_OVER_FACTS, recipientSchema } from './hand-over.ts';
import { LOCK_CAUSES, operatorIdSchema } from './operator.ts';
import { RECOVERY_REASONS } from './recovery-reasons.ts';
import { RECOVERY_STATUSES } from './phases.ts';
import { amountSchema, hash32Schema, timeSchema } from './values.ts';
import type { Hex } from './values.ts';

/** Ids of cases and recoveries. Shorter than 64 characters, so that a key in hex is none. */
export const recordIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'is not an id of the desk');

/** A step as the journal names it: words, then addresses as operands. */
export const stepNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}(:0x[0-9a-fA-F]{40}){0,4}$/, 'is not the name of a step');

export const reasonCodeSchema = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'is not a reason code');

const chainIdSchema = z.int().positive();
const countSchema = z.int().nonnegative();
const stepKey = { recoveryId: recordIdSchema, step: stepNameSchema, attempt: z.int().positive() };
const transactionKey = { ...stepKey, transaction: z.int().positive() };
const releaseFields = { participantDigest: hash32Schema, operatorId: operatorIdSchema.nullable() };

const event = <K extends string, F extends z.ZodRawShape>(kind: K, fields: F) =>
  z.strictObject({ kind: z.literal(kind), at: timeSchema, fields: z.strictObject(fields) });

export const auditEventSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    event('case_opened', { caseId: recordIdSchema, reason: z.enum(RECOVERY_REASONS) }),
    event('preview_made', {
      previewDigest: hash32Schema,
      chainId: chainIdSchema,
      lostWallet: addressSchema.nullable(),
    }),
    event('challenge_issued', {
      chainId: chainIdSchema,
      lostWallet: addressSchema,
      replacementWallet: addressSchema,
    }),
    event('wallet_generated', { address: addressSchema }),
    event('plan_made', { caseId: recordIdSchema, planDigest: hash32Schema, previewDigest: hash32Schema }),
    event('plan_confirmed', { planDigest: hash32Schema, operator: addressSchema }),
    event('recovery_begun', {
      recoveryId: recordIdSchema,
      caseId: recordIdSchema,
      chainId: chainIdSchema,
      lostWallet: addressSchema,
      replacementWallet: addressSchema,
      planDigest: hash32Schema,
      previewDigest: hash32Schema,
      operator: addressSchema,
      steps: countSchema,
      /** Further lost wallets and their replacements; left out where there are none. */
      further: z
        .array(z.strictObject({ lostWallet: addressSchema, replacementWallet: addressSchema }))
        .min(1)
        .exactOptional(),
    }),
    event('claims_issue_begun', {
      recoveryId: recordIdSchema,
      claimsOf: recordIdSchema,
      chainId: chainIdSchema,
      identity: addressSchema,
      planDigest: hash32Schema,
      operator: addressSchema,
      claims: countSchema,
    }),
    event('recovery_status', {
      recoveryId: recordIdSchema,
      status: z.enum(RECOVERY_STATUSES),
      reason: reasonCodeSchema.nullable(),
    }),
    event('cost_bound_raised', { recoveryId: recordIdSchema, highestCost: amountSchema }),
    event('calls_handed_out', {
      recoveryId: recordIdSchema,
      signer: addressSchema,
      batch: z.int().positive(),
      steps: z.array(stepNameSchema),
    }),
    event('recovery_past_return', { recoveryId: recordIdSchema }),
    event('recovery_retried', { recoveryId: recordIdSchema, steps: z.array(stepNameSchema) }),
    event('step_started', { ...stepKey, baselineDigest: hash32Schema }),
    event('step_baseline_renewed', { ...stepKey, baselineDigest: hash32Schema }),
    event('step_finished', {
      ...stepKey,
      state: z.enum(['done', 'failed', 'skipped']),
      reason: reasonCodeSchema.nullable(),
      outcomeDigest: hash32Schema,
    }),
    event('transaction_intended', {
      ...transactionKey,
      bump: countSchema,
      purpose: z.enum(['call', 'fill']),
      chainId: chainIdSchema,
      signer: addressSchema,
      nonce: countSchema,
      unsignedDigest: hash32Schema,
      costCap: amountSchema,
    }),
    event('transaction_signed', { ...transactionKey, hash: hash32Schema }),
    event('transaction_offered', { ...transactionKey, hash: hash32Schema, atBlock: countSchema }),
    event('transaction_sent', { ...transactionKey, hash: hash32Schema, atBlock: countSchema }),
    event('transaction_mined', {
      ...transactionKey,
      hash: hash32Schema,
      block: countSchema,
      blockHash: hash32Schema,
      succeeded: z.boolean(),
      costPaid: amountSchema,
    }),
    event('transaction_unmined', { ...transactionKey, hash: hash32Schema, blockHash: hash32Schema }),
    event('transaction_final', {
      ...transactionKey,
      hash: hash32Schema,
      replaced: z.array(z.int().positive()),
    }),
    event('transaction_abandoned', { ...transactionKey, nonce: countSchema }),
    event('participants_imported', {
      fileDigest: hash32Schema,
      added: countSchema,
      changed: countSchema,
      removed: countSchema,
      operatorId: operatorIdSchema.nullable(),
    }),
    event('participant_edited', {
      participantDigest: hash32Schema,
      effectiveWallet: addressSchema.nullable(),
      operatorId: operatorIdSchema.nullable(),
    }),
    event('sign_in_release_begun', releaseFields),
    event('sign_in_released', releaseFields),
    /** Reason NOT_HELD: there was none to release. Of any other it is not known what the directory did. */
    event('sign_in_not_released', { ...releaseFields, reason: reasonCodeSchema }),
    event('hand_over', {
      recoveryId: recordIdSchema,
      wallet: addressSchema,
      what: z.enum(HAND_OVER_FACTS),
      operatorId: operatorIdSchema,
      recipient: recipientSchema.nullable(),
    }),
    event('hand_over_refused', {
      recoveryId: recordIdSchema,
      wallet: addressSchema,
      operatorId: operatorIdSchema,
      reason: reasonCodeSchema,
    }),
    event('operator_created', {
      operatorId: operatorIdSchema,
      signIn: z.enum(['passphrase', 'oidc']),
      credential: z.enum(['keystore', 'remote', 'ledger', 'export']),
      address: addressSchema,
    }),
    event('operator_changed', {
      operatorId: operatorIdSchema,
      what: z.enum(['passphrase', 'totp_on', 'totp_off', 'recovery_codes', 'credential']),
    }),
    event('operator_removed', { operatorId: operatorIdSchema }),
    event('operator_key_exported', { operatorId: operatorIdSchema, address: addressSchema }),
    event('operator_signed_in', {
      operatorId: operatorIdSchema,
      how: z.enum(['passphrase', 'passphrase_totp', 'passphrase_recovery_code', 'oidc']),
    }),
    event('operator_attempt_failed', {
      operatorId: operatorIdSchema,
      reason: reasonCodeSchema,
      failures: countSchema,
    }),
    event('operator_proved', {
      operatorId: operatorIdSchema,
      how: z.enum(['passphrase', 'totp', 'recovery_code', 'oidc']),
    }),
    event('operator_signed_out', { operatorId: operatorIdSchema }),
    event('desk_locked', { operatorId: operatorIdSchema, cause: z.enum(LOCK_CAUSES) }),
    event('desk_unlocked', { operatorId: operatorIdSchema }),
    event('signing_refused', { operator: addressSchema, unsignedDigest: hash32Schema }),
    event('execution_refused', { planDigest: hash32Schema, reason: reasonCodeSchema }),
  ]),
);

export type AuditEvent = z.output<typeof auditEventSchema>;

/** An event as the log holds it. `hash` is the digest over everything else, `previous` the hash of the entry before. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  /** RFC 8785 text of the fields. */
  readonly fields: string;
  readonly previous: Hex;
  readonly hash: Hex;
}

/** What stands before the first entry. */
export const AUDIT_START: Hex = `0x${'0'.repeat(64)}`;
