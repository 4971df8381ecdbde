/**
 * A completed recovery to wallets that the desk made, over real records, a real keystore and real sealing. DOUBLE: the
 * keychain is in memory, so that it can be locked and emptied; test/keychain has the real one.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { keystoreCodec } from '../../electron/operator/keystore-codec.ts';
import { keychainFault } from '../../electron/operator/keychain-errors.ts';
import { createKeystore, PRACTICE_SCRYPT_N } from '../../electron/operator/new-keystore.ts';
import { newPassphraseWords } from '../../electron/operator/passphrase-words.ts';
import type { SecretStore } from '../../electron/operator/secret-store.ts';
import { walletCustody } from '../../electron/operator/wallet-custody.ts';
import { openRecords } from '../../electron/records.ts';
import type { Records } from '../../electron/records.ts';
import type { ParticipantDirectory } from '../../electron/participants/directory.ts';
import type { HandOverContext, Person } from '../../electron/recovery/hand-over.ts';
import { keystoreDigest } from '../../electron/recovery/keystore-digest.ts';
import { generateReplacementWallet } from '../../electron/recovery/replacement-wallet.ts';
import { handOverContext } from '../../electron/workbench/hand-over-services.ts';
import type { Address } from '../../shared/address.ts';
import type { HandOverOf } from '../../shared/hand-over.ts';
import type { Plan, PlannedWallet } from '../../shared/plan.ts';
import type { RecoveryStatus, TokenFailureReason } from '../../shared/phases.ts';
import type { Policy } from '../../shared/policy.ts';
import {
  address,
  sampleCase,
  samplePlan,
  samplePreview,
  sampleStep,
  TIME,
  TOKEN_STEP,
} from '../unit/store/records.ts';

export const ANNA: Person = { operatorId: 'O-00000000aa', operator: address(0xaa) };
export const BERT: Person = { operatorId: 'O-00000000bb', operator: address(0xbb) };
/** Began the recovery. */
export const CARL: Person = { operatorId: 'O-00000000cc', operator: address(0xcc) };
const HELD = 'p-1';
const ID = 'R-00000000a1';

export interface SceneKeychain extends SecretStore {
  readonly entries: Map<string, Uint8Array>;
  locked: boolean;
}

function keychainDouble(): SceneKeychain {
  const entries = new Map<string, Uint8Array>();
  const open = (): void => {
    if (keychain.locked) throw keychainFault('closed');
  };
  const keychain: SceneKeychain = {
    entries,
    locked: false,
    read: async (account) => {
      open();
      const entry = entries.get(account);
      return entry === undefined ? null : Uint8Array.from(entry);
    },
    write: async (account, secret) => {
      open();
      entries.set(account, Uint8Array.from(secret));
    },
    remove: async (account) => {
      open();
      return entries.delete(account);
    },
  };
  return keychain;
}

/** A wallet that the desk made. */
export interface MadeWallet {
  readonly wallet: Address;
  readonly lostWallet: Address;
  readonly keystoreFile: string;
  /** The words, for a test to compare with. */
  readonly words: string;
  /** What hand-overs name it by. */
  readonly at: HandOverOf;
}

/** Tells of the first wallet of the recovery as of the one that there is. */
export interface HandOverScene extends MadeWallet {
  readonly id: string;
  readonly folder: string;
  /** Each wallet, in the plan's order. */
  readonly made: readonly [MadeWallet, ...MadeWallet[]];
  readonly keychain: SceneKeychain;
  readonly records: Records;
  /** With the moment at which it is cut off, if any: what follows is another start of the desk. */
  context(cutOffAt?: string, directory?: ParticipantDirectory): HandOverContext;
  /** There is a later recovery to the first wallet; by default it has completed, too. */
  adoptedAgain(later?: LaterRecovery): HandOverOf;
  /** A retry of failed tokens was begun, and waits. */
  retryStandsStill(): void;
  reopen(): void;
  /** Whether the directory holds the person's sign-in. */
  held(): boolean;
  /** Names of the files in the folder of the keystores. */
  wallets(): readonly string[];
  audit(): readonly { readonly kind: string; readonly fields: unknown }[];
}

export interface SceneOptions {
  readonly status?: RecoveryStatus;
  /** Whether the desk keeps the passphrase. By default it does. */
  readonly kept?: boolean;
  /** How the first wallet's token ended, where it was to recover that itself: a reason, or null for recovered. */
  readonly holdersWay?: TokenFailureReason | null;
  /** How many wallets the desk made. By default one. */
  readonly wallets?: number;
  /** Further wallets of the plan, which the desk did not make. */
  readonly others?: readonly PlannedWallet[];
  readonly policy?: Partial<Policy>;
}

/** A later recovery to a wallet of an earlier one. */
export interface LaterRecovery {
  readonly status?: RecoveryStatus;
  /** How a token ended that the wallet was to recover itself: a reason, null for recovered, left out for none. */
  readonly holdersWay?: TokenFailureReason | null;
  /** By default the same as before. */
  readonly lostWallet?: Address;
}

/** Ends what a checkpoint is reached in, as a kill does: nothing of it runs on. */
export class CutOff extends Error {}

export async function handOverScene(options: SceneOptions = {}): Promise<HandOverScene> {
  const { status = 'completed', kept = true, policy = {}, wallets: count = 1, others = [] } = options;
  const parent = mkdtempSync(path.join(os.tmpdir(), 'desk-hand-over-'));
  const data = path.join(parent, 'data');
  let records = openRecords(data);
  onTestFinished(() => {
    records.close();
    rmSync(parent, { recursive: true, force: true });
  });
  const keychain = keychainDouble();
  const cheap = (given: Uint8Array) => createKeystore(given, { scryptN: PRACTICE_SCRYPT_N });
  const { folder } = records;
  const first = await makeWallet(address(1));
  const made: [MadeWallet, ...MadeWallet[]] = [first];
  while (made.length < count) made.push(await makeWallet(address(0x100 + made.length)));
  if (!kept) keychain.entries.clear();
  begin();
  const { local } = records;
  local.people.put({ id: HELD, name: 'A. Person', source: 'directory', wallets: [] });
  const item = { id: 's-1', label: 'a session', createdAt: TIME, lastUsedAt: null, verification: null };
  local.access.add(HELD, 'sessions', item);
  local.access.hold(HELD, TIME);

  async function makeWallet(lostWallet: Address): Promise<MadeWallet> {
    const passphrase = newPassphraseWords(12);
    const {
      address: wallet,
      file: keystoreFile,
      keystore,
    } = await generateReplacementWallet({
      folder,
      passphrase,
      policy: records.policy,
      codec: { ...keystoreCodec, create: cheap },
      now: new Date(TIME),
    });
    const sealed = await walletCustody(keychain).seal({ address: wallet, keystore }, passphrase);
    records.wallets.insert({
      address: wallet,
      keystoreFile: path.relative(folder, keystoreFile),
      keystoreDigest: keystoreDigest(keystore),
      planDigest: null,
      createdAt: TIME,
    });
    if (kept) records.wallets.keep(wallet, sealed);
    const words = Buffer.from(passphrase).toString('utf8');
    return { wallet, lostWallet, keystoreFile, words, at: { recoveryId: ID, wallet } };
  }

  function planned({ wallet, lostWallet }: MadeWallet): PlannedWallet {
    const { country, oldIdentity, replacement, adopts, tokens } = samplePlan();
    return {
      lostWallet,
      country,
      oldIdentity,
      replacement: { ...replacement, address: wallet, kind: 'generated', control: 'generated' },
      adopts,
      tokens,
    };
  }

  function begin(): void {
    const further = [...made.slice(1).map(planned), ...others];
    const plan: Plan = {
      ...samplePlan(),
      ...planned(first),
      ...(further.length === 0 ? {} : { further }),
      ...(options.holdersWay === undefined
        ? {}
        : { steps: [sampleStep({ right: 'holder', signer: first.wallet })] }),
      directory: { kind: 'local', participantId: HELD, actions: ['hold_sign_in'] },
    };
    records.cases.insert('case-1', sampleCase, 'p-1', TIME);
    records.plans.save(plan);
    const name = `hold_sign_in:${plan.lostWallet}`;
    records.journal.begin({
      id: ID,
      caseId: 'case-1',
      plan,
      preview: samplePreview(),
      operator: CARL.operator,
      profile: null,
      steps: [
        { name, phase: 'revoke_sessions' },
        { name: TOKEN_STEP, phase: 'recover_tokens' },
      ],
    });
    records.journal.startStep(ID, name, 1, null);
    const outcome = { participantId: HELD, counts: { sign_in_hold: 1 }, survivors: [] };
    records.journal.finishStep(ID, name, 1, { state: 'done', outcome });
    const { holdersWay: reason = 'TOKEN_PAUSED' } = options;
    endToken(ID, reason);
    if (status !== 'running') records.journal.setStatus(ID, status, null);
  }

  function endToken(id: string, reason: TokenFailureReason | null): void {
    const { journal } = records;
    journal.startStep(id, TOKEN_STEP, 1, null);
    journal.finishStep(
      id,
      TOKEN_STEP,
      1,
      reason === null ? { state: 'done' } : { state: 'failed', reason, message: 'm', remedy: 'r' },
    );
  }

  return {
    id: ID,
    ...first,
    made,
    folder,
    keychain,
    get records() {
      return records;
    },
    context: (cutOffAt, directory) => ({
      ...handOverContext({
        records,
        custody: walletCustody(keychain),
        directory: () => directory ?? records.local.directory,
        checkpoint: (name) => {
          if (name === cutOffAt) throw new CutOff(name);
        },
      }),
      policy: { ...records.policy, ...policy },
    }),
    adoptedAgain({ status: later = 'completed', holdersWay, lostWallet = first.lostWallet } = {}) {
      const { journal } = records;
      const position = journal.list().length + 1;
      const id = `R-00000000a${position}`;
      const { replacement, ...plan } = {
        ...samplePlan({ planNonce: position }),
        ...planned({ ...first, lostWallet }),
      };
      const own = { ...sampleStep({ right: 'holder', signer: first.wallet }), wallet: lostWallet };
      journal.begin({
        id,
        caseId: 'case-1',
        plan: {
          ...plan,
          replacement: { ...replacement, kind: 'adopted' },
          adopts: true,
          ...(holdersWay === undefined ? {} : { steps: [own] }),
        },
        preview: samplePreview(),
        operator: CARL.operator,
        profile: null,
        steps: holdersWay === undefined ? [] : [{ name: TOKEN_STEP, phase: 'recover_tokens' }],
      });
      if (holdersWay !== undefined) endToken(id, holdersWay);
      if (later !== 'running') journal.setStatus(id, later, null);
      return { recoveryId: id, wallet: first.wallet };
    },
    retryStandsStill() {
      records.journal.retry(ID, [TOKEN_STEP]);
      const reason = { code: 'ENDPOINT_UNREACHABLE', message: 'm', remedy: 'r' };
      records.journal.setStatus(ID, 'stopped', reason);
    },
    reopen() {
      records.close();
      records = openRecords(data);
    },
    held: () => records.local.access.isHeld(HELD),
    wallets: () => readdirSync(path.join(folder, 'wallets')),
    audit: () =>
      records.audit
        .entries(0, 1000)
        .map(({ kind, fields }) => ({ kind, fields: JSON.parse(fields) as unknown })),
  };
}
