/** A practice person who was recovered to a wallet of their own, and command lines about their claims. */
import { AbiCoder, keccak256 } from 'ethers';
import { expect } from 'vitest';
import type { Address } from '../../shared/address.ts';
import type { KeystoreFiles } from '../../electron/practice/practice-files.ts';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { terminal } from './terminal.ts';
import type { TerminalOptions } from './terminal.ts';

export interface Recovered {
  readonly data: string;
  readonly id: string;
  readonly oldIdentity: Address;
  readonly identity: Address;
  readonly replacement: Address;
}

/** Recovers the person to the practice role `replacement`; the practice operator executes. */
export async function recovered(desk: PracticeDesk, person = 'jonas-weir'): Promise<Recovered> {
  const data = desk.freshData();
  const seeded = desk.person(person);
  const { replacement, proof } = await desk.proofBy('replacement', seeded, data);
  const run = await terminal(desk.recoverArgs(seeded, data, '--replacement', replacement, '--proof', proof));
  expect(run.code, run.stderr).toBe(0);
  const result: RecoveryResult = JSON.parse(run.stdout);
  if (seeded.oldIdentity === null) throw new Error(`${person} has no identity`);
  return {
    data,
    id: result.recoveryId,
    oldIdentity: seeded.oldIdentity,
    identity: result.replacementIdentity,
    replacement,
  };
}

/** Of a command that prints JSON. */
export interface ClaimsRun<T> {
  readonly code: number;
  readonly document: T & { readonly error?: { readonly code: string; readonly message: string } };
  readonly stderr: string;
}

export async function claims<T>(
  { data, id }: Pick<Recovered, 'data' | 'id'>,
  command: 'list' | 'request' | 'issue' | 'recheck',
  more: readonly string[] = [],
  options: TerminalOptions = {},
): Promise<ClaimsRun<T>> {
  const run = await terminal(['claims', command, id, '--data', data, '--json', ...more], options);
  return { code: run.code, document: JSON.parse(run.stdout), stderr: run.stderr };
}

/** Who issues, and the text that confirms it. */
export function issueAs(files: KeystoreFiles, { identity }: Pick<Recovered, 'identity'>): readonly string[] {
  const confirm = `ISSUE CLAIMS ${identity.slice(-6)}`;
  return ['--keystore', files.keystore, '--passphrase-file', files.passphrase, '--confirm', confirm];
}

/** The ERC-734 key of a practice role. */
export function keyOfRole(role: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['address'], [practiceAddress(role)]));
}
