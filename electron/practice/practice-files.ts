/** The files that a practice network lays out for the desk: profile, participants, operators' keystores, the seed. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encryptKeystoreJson } from 'ethers';
import type { NetworkProfile } from '../../shared/network-profile.ts';
import { PRACTICE_PASSPHRASE, PRACTICE_ROLES, practiceAddress, practiceKey } from './practice-keys.ts';
import { practiceSeedSchema } from './practice-seed.ts';
import type { PracticeSeed } from './practice-seed.ts';

/** Low on purpose: the key inside is public, and a strong derivation would only cost time. */
const PRACTICE_SCRYPT = { N: 1024, r: 8, p: 1 };

export interface KeystoreFiles {
  readonly keystore: string;
  readonly passphrase: string;
}

export interface PracticeFiles {
  readonly network: string;
  readonly participants: string;
  readonly seed: string;
  readonly operator: KeystoreFiles;
  readonly identityManager: KeystoreFiles;
  readonly custodian: KeystoreFiles;
  readonly issuer: KeystoreFiles;
  readonly formerIssuer: KeystoreFiles;
  readonly operatorWithoutRole: KeystoreFiles;
  readonly operatorWithoutFunds: KeystoreFiles;
}

export function practiceFiles(folder: string): PracticeFiles {
  const keystoreOf = (name: string): KeystoreFiles => ({
    keystore: path.join(folder, `${name}.keystore.json`),
    passphrase: path.join(folder, `${name}.passphrase`),
  });
  return {
    network: path.join(folder, 'network.json'),
    participants: path.join(folder, 'participants.json'),
    seed: path.join(folder, 'seed.json'),
    operator: keystoreOf(PRACTICE_ROLES.operator),
    identityManager: keystoreOf(PRACTICE_ROLES.identityManager),
    custodian: keystoreOf(PRACTICE_ROLES.custodian),
    issuer: keystoreOf(PRACTICE_ROLES.issuer),
    formerIssuer: keystoreOf(PRACTICE_ROLES.formerIssuer),
    operatorWithoutRole: keystoreOf(PRACTICE_ROLES.operatorWithoutRole),
    operatorWithoutFunds: keystoreOf(PRACTICE_ROLES.operatorWithoutFunds),
  };
}

/** Writes all files; the seed last, because it says that the rest is there. */
export async function writePracticeFiles(
  files: PracticeFiles,
  profile: NetworkProfile,
  seed: PracticeSeed,
): Promise<void> {
  writeJson(files.network, profile);
  writeJson(files.participants, { participants: seed.people.map(participantOf) });
  await Promise.all([
    writeKeystore(files.operator, PRACTICE_ROLES.operator),
    writeKeystore(files.identityManager, PRACTICE_ROLES.identityManager),
    writeKeystore(files.custodian, PRACTICE_ROLES.custodian),
    writeKeystore(files.issuer, PRACTICE_ROLES.issuer),
    writeKeystore(files.formerIssuer, PRACTICE_ROLES.formerIssuer),
    writeKeystore(files.operatorWithoutRole, PRACTICE_ROLES.operatorWithoutRole),
    writeKeystore(files.operatorWithoutFunds, PRACTICE_ROLES.operatorWithoutFunds),
  ]);
  writeJson(files.seed, seed);
}

/** The seed of an earlier start, or null where there is none that can be read. */
export function readPracticeSeed(file: string): PracticeSeed | null {
  try {
    return practiceSeedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function participantOf({ id, name, wallets, lostWallet }: PracticeSeed['people'][number]): object {
  return { id, name, wallets, ...(wallets.length > 1 ? { effectiveWallet: lostWallet } : {}) };
}

async function writeKeystore(files: KeystoreFiles, role: string): Promise<void> {
  const account = { address: practiceAddress(role), privateKey: practiceKey(role) };
  const text = await encryptKeystoreJson(account, PRACTICE_PASSPHRASE, { scrypt: PRACTICE_SCRYPT });
  // ethers writes `Crypto` where the definition of version 3 says `crypto`.
  writePrivate(files.keystore, text.replace('"Crypto":', '"crypto":'));
  writePrivate(files.passphrase, `${PRACTICE_PASSPHRASE}\n`);
}

function writeJson(file: string, value: unknown): void {
  writePrivate(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Whole or not at all, for this user's eyes alone. */
function writePrivate(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
