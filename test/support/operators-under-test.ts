/** Operators over a real database file, and a vault as on a machine without a keychain: the real one where it matters. */
import { SigningKey, computeAddress } from 'ethers';
import { TOTP } from 'otpauth';
import { openAuditLog } from '../../electron/audit/audit-log.ts';
import { createVault } from '../../electron/operator/create-vault.ts';
import type { OperatorDraft } from '../../electron/operator/create-operator.ts';
import type { CodeSetup } from '../../electron/operator/change-codes.ts';
import type { SignedInOperator } from '../../electron/operator/open-operator.ts';
import { operatorsOf } from '../../electron/operator/operators.ts';
import type { SecretStore } from '../../electron/operator/secret-store.ts';
import type { Vault } from '../../electron/operator/vault.ts';
import { operatorRepository } from '../../electron/store/operator-repository.ts';
import { toAddress } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import { policySchema } from '../../shared/policy.ts';
import type { Policy } from '../../shared/policy.ts';
import { openForTest } from '../unit/store/desk-under-test.ts';
import { address } from '../unit/store/records.ts';
import { temporaryFolder } from '../unit/store/temp-folders.ts';
import { quickVault } from './quick-vault.ts';

export const START = Date.parse('2026-01-02T03:04:00.000Z');
export const PASSPHRASE = Buffer.from('four words in a row');
export const NEXT_PASSPHRASE = Buffer.from('another four words now');
export const WRONG_PASSPHRASE = Buffer.from('a guess that is wrong');
export const PRIVATE_KEY = Buffer.from(
  '7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d',
  'hex',
);
export const KEY_ADDRESS = toAddress(computeAddress(new SigningKey(PRIVATE_KEY)));
export const ISSUER = 'https://id.example';

const noKeychain: SecretStore = {
  read: () => Promise.reject(new Error('there is no keychain')),
  write: () => Promise.reject(new Error('there is no keychain')),
  remove: () => Promise.reject(new Error('there is no keychain')),
};

export interface DeskOptions {
  readonly folder?: string;
  readonly policy?: Partial<Policy>;
  readonly clock?: { ms: number };
  /** The real vault, which seals; by default one that does not. */
  readonly sealing?: boolean;
  /** What a test wants the vault to do otherwise. */
  readonly vault?: Partial<Vault>;
  readonly openRecoveries?: string[];
}

export function operatorsUnderTest(options: DeskOptions = {}) {
  const { folder = temporaryFolder(), clock = { ms: START }, openRecoveries = [] } = options;
  const policy = policySchema.parse({ allowVaultWithoutKeychain: true, ...options.policy });
  const vault = options.sealing === true ? createVault({ store: noKeychain, policy }) : quickVault(policy);
  const store = openForTest(folder);
  const audit = openAuditLog(store);
  const now = () => new Date(clock.ms);
  const repository = operatorRepository(store, audit, now);
  const operators = operatorsOf({
    operators: repository,
    vault: { ...vault, ...options.vault },
    policy,
    openRecoveriesOf: () => openRecoveries,
    now,
  });
  return {
    folder,
    clock,
    store,
    repository,
    operators,
    openRecoveries,
    audited: () =>
      audit.entries(0, 1000).map(({ kind, fields }): Readonly<Record<string, unknown>> => ({
        kind,
        ...(JSON.parse(fields) as Record<string, unknown>),
      })),
    /** The same data folder, opened by a program that starts now. */
    restarted(over: DeskOptions = {}) {
      store.close();
      return operatorsUnderTest({ ...options, folder, clock, ...over });
    },
    /** A person edits the database. */
    edit(change: string) {
      store.run('PRAGMA ignore_check_constraints = ON');
      store.run(`UPDATE operator SET ${change}`);
    },
  };
}

export type OperatorsUnderTest = ReturnType<typeof operatorsUnderTest>;

/** An operator whose key is elsewhere: the vault then has a box to open, and no keystore. */
export function adaDraft(over: Partial<OperatorDraft> = {}): OperatorDraft {
  return {
    name: 'Ada',
    signIn: { kind: 'passphrase', passphrase: PASSPHRASE, codes: null },
    credential: { kind: 'export', address: address(0xa1) },
    wrapping: 'passphrase',
    ...over,
  };
}

export function graceDraft(over: Partial<OperatorDraft> = {}): OperatorDraft {
  return adaDraft({
    name: 'Grace',
    signIn: { kind: 'oidc', issuer: ISSUER, subject: 'grace', passphrase: null },
    ...over,
  });
}

export const OIDC_POLICY = {
  signIn: ['passphrase', 'oidc'],
  oidc: { issuer: ISSUER, clientId: 'desk' },
} as unknown as Partial<Policy>;

/** The code that an authenticator shows, whose clock is `aheadMs` ahead of the desk's. */
export function codeNow({ clock }: { clock: { ms: number } }, secret: string, aheadMs = 0): string {
  return new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp: clock.ms + aheadMs,
  });
}

/** A desk with Ada on it, whose key is elsewhere. */
export async function deskOfAda(options: DeskOptions = {}, draft = adaDraft()) {
  const desk = operatorsUnderTest(options);
  const { operator } = await desk.operators.create(draft);
  return { ...desk, id: operator.id, last: () => desk.audited().at(-1) };
}

/** An operator with one-time codes, and the clock at the step after the code that set them up. */
export async function adaWithCodes(desk: OperatorsUnderTest, over: Partial<OperatorDraft> = {}) {
  const { secret } = desk.operators.enrolment('Ada');
  const codes: CodeSetup = { secret, code: codeNow(desk, secret) };
  const { operator, recoveryCodes } = await desk.operators.create(
    adaDraft({ signIn: { kind: 'passphrase', passphrase: PASSPHRASE, codes }, ...over }),
  );
  desk.clock.ms += 30_000;
  return {
    id: operator.id,
    secret,
    recoveryCodes,
    code: (aheadMs = 0) => codeNow(desk, secret, aheadMs),
    totp: (aheadMs = 0) => ({ kind: 'totp', code: codeNow(desk, secret, aheadMs) }) as const,
    recovery: (index: number) => ({ kind: 'recovery_code', code: recoveryCodes[index] ?? '' }) as const,
  };
}

/** What was thrown, as its code. */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing was thrown',
    (thrown: unknown) => (thrown instanceof DeskError ? thrown.code : String(thrown)),
  );
}

export async function signedIn(
  desk: OperatorsUnderTest,
  id: string,
  second: Parameters<OperatorsUnderTest['operators']['open']>[2] = null,
): Promise<SignedInOperator> {
  const outcome = await desk.operators.open(id, PASSPHRASE, second);
  if (outcome.kind !== 'signed_in') throw new Error('a code is needed');
  return outcome;
}
