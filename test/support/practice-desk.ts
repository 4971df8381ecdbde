/** A practice network and the command lines to work on it, for tests that recover seeded people. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Wallet } from 'ethers';
import type { JsonRpcProvider } from 'ethers';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import { openPracticeNetwork } from '../../electron/practice/practice-network.ts';
import type { PracticeNetwork, PracticeNetworkOptions } from '../../electron/practice/practice-network.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import type { Address } from '../../shared/address.ts';
import { confirmationText } from '../../shared/plan.ts';
import { practiceProvider } from './practice-provider.ts';
import { terminal } from './terminal.ts';

export interface PracticeDesk {
  readonly network: PracticeNetwork;
  readonly folder: string;
  /** A provider of the test's own, beside everything of electron/. */
  readonly provider: JsonRpcProvider;
  person(id: string): SeededPerson;
  /** A data folder that nothing was stored in yet. */
  freshData(): string;
  /** A file with a strong passphrase. */
  passphraseFile(): string;
  /** The command line that recovers a person to a wallet of the desk, confirmed. Later options win. */
  recoverArgs(person: SeededPerson, data: string, ...more: readonly string[]): readonly string[];
  /** The signature of a fresh challenge by the holder of a practice role's wallet. Later options of `challenge` win. */
  proofBy(
    role: string,
    person: SeededPerson,
    data: string,
    ...more: readonly string[]
  ): Promise<{ readonly replacement: Address; readonly proof: string }>;
  /** Takes the chain back to how it was when it was opened, with what its blocks may hold. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

function lostWalletOf(person: SeededPerson): Address {
  if (person.lostWallet === null) throw new Error(`${person.id} has no wallet`);
  return person.lostWallet;
}

export async function openPracticeDesk(
  options: Omit<PracticeNetworkOptions, 'folder'> = {},
): Promise<PracticeDesk> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-test-'));
  const network = await openPracticeNetwork({ ...options, folder: path.join(folder, 'network') });
  const provider = practiceProvider(network);
  // A revert gives the blocks after it the gas limit of the block it goes back to, and those of the set-up were large.
  await provider.send('evm_mine', []);
  let snapshot: unknown = await provider.send('evm_snapshot', []);
  const freshData = (): string => mkdtempSync(path.join(folder, 'data-'));
  const passphraseFile = (): string => {
    const file = path.join(folder, `passphrase-${randomBytes(4).toString('hex')}`);
    writeFileSync(file, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
    return file;
  };
  const { operator, network: profile } = network.files;
  return {
    network,
    folder,
    provider,
    freshData,
    passphraseFile,
    person(id) {
      const found = network.seed.people.find((person) => person.id === id);
      if (found === undefined) throw new Error(`no practice person ${id}`);
      return found;
    },
    recoverArgs: (person, data, ...more) => [
      'recover',
      '--json',
      '--network',
      profile,
      '--wallet',
      lostWalletOf(person),
      '--reason',
      'lost',
      '--ticket',
      'TEST-1',
      '--hold-reference',
      'HOLD-1',
      '--keystore',
      operator.keystore,
      '--passphrase-file',
      operator.passphrase,
      '--confirm',
      confirmationText({ lostWallet: lostWalletOf(person) }),
      '--data',
      data,
      ...(more.includes('--replacement') ? [] : ['--replacement-passphrase-file', passphraseFile()]),
      ...more,
    ],
    async proofBy(role, person, data, ...more) {
      const replacement = practiceAddress(role);
      const run = await terminal([
        'challenge',
        '--json',
        '--network',
        profile,
        '--wallet',
        lostWalletOf(person),
        '--replacement',
        replacement,
        '--data',
        data,
        ...more,
      ]);
      const { typedData } = JSON.parse(run.stdout);
      const { EIP712Domain: _domain, ...types } = typedData.types;
      const wallet = new Wallet(practiceKey(role));
      return { replacement, proof: await wallet.signTypedData(typedData.domain, types, typedData.message) };
    },
    async reset() {
      await provider.send('evm_revert', [snapshot]);
      snapshot = await provider.send('evm_snapshot', []);
    },
    async close() {
      provider.destroy();
      await network.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
