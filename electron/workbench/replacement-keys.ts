/**
 * Opens the keys of replacements that sign steps of a plan themselves, from the keystores that this desk made. Whoever opened
 * them closes them when the run is over; to sign they have to be armed for the plan, like an operator's.
 */
import path from 'node:path';
import type { Address } from '../../shared/address.ts';
import type { RecoverySnapshot } from '../../shared/journal.ts';
import type { Plan } from '../../shared/plan.ts';
import { goesHoldersWay, isHoldersOwn } from '../../shared/holders-way.ts';
import type { HeldSigner } from '../operator/held-signer.ts';
import { openKeystoreSigner } from '../operator/operator-signers.ts';
import { wipe } from '../operator/passphrase.ts';
import type { WalletCustody } from '../operator/wallet-custody.ts';
import type { Records } from '../records.ts';
import { stepsNow } from '../recovery/engine-context.ts';
import { signingReplacements } from '../recovery/holders-way.ts';
import type { Made } from '../recovery/prepare.ts';
import { assertSameAddress, readKeystore } from '../recovery/replacement-wallet.ts';

export interface ReplacementKeys {
  readonly signers: readonly HeldSigner[];
  close(): void;
}

export const NO_KEYS: ReplacementKeys = { signers: [], close: () => undefined };

/** All of them, or none stays open. */
export async function openKeys(
  addresses: readonly Address[],
  open: (address: Address) => Promise<HeldSigner | null>,
): Promise<ReplacementKeys> {
  const signers: HeldSigner[] = [];
  const close = (): void => {
    for (const signer of signers) signer.close();
  };
  try {
    for (const address of addresses) {
      const signer = await open(address);
      if (signer !== null) signers.push(signer);
    }
    return { signers, close };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

/** @throws DeskError KEYSTORE_*, PASSPHRASE_WRONG */
async function openKey(expected: Address, { file, passphrase }: Made): Promise<HeldSigner> {
  const signer = await openKeystoreSigner(await readKeystore(file), passphrase);
  try {
    assertSameAddress(file, signer.address, expected);
    return signer;
  } catch (thrown) {
    signer.close();
    throw thrown;
  }
}

/** Of a plan that was just made, by what its wallets were made with. @throws DeskError KEYSTORE_*, PASSPHRASE_WRONG */
export function keysOfMade(plan: Plan, made: ReadonlyMap<Address, Made>): Promise<ReplacementKeys> {
  return openKeys(signingReplacements(plan), async (address) => {
    const wallet = made.get(address);
    return wallet === undefined ? null : openKey(address, wallet);
  });
}

/** Replacements that still have something to sign, and are not their holder's own by now. */
export function wantedKeys(
  { journal }: Pick<Records, 'journal'>,
  plan: Plan,
  snapshot: RecoverySnapshot,
): readonly Address[] {
  const rows = stepsNow(snapshot);
  const open = plan.steps.filter((step) => goesHoldersWay(step) && rows.get(step.name)?.state !== 'done');
  return signingReplacements({ steps: open }).filter(
    (wallet) => !isHoldersOwn(journal.handOverOfWallet(wallet), wallet),
  );
}

type KeyRecords = Pick<Records, 'folder' | 'wallets'>;

/** By its passphrase; null where this desk does not have the keystore. @throws DeskError KEYSTORE_*, PASSPHRASE_WRONG */
export async function keyByPassphrase(
  { folder, wallets }: KeyRecords,
  address: Address,
  passphrase: Uint8Array,
): Promise<HeldSigner | null> {
  const wallet = wallets.get(address);
  return wallet === null
    ? null
    : openKey(address, { file: path.join(folder, wallet.keystoreFile), passphrase });
}

/**
 * By the passphrase that the desk keeps; null where it keeps none.
 * @throws DeskError KEYCHAIN_*, HAND_OVER_ALTERED, KEYSTORE_*.
 */
export async function keyByCustody(
  { folder, wallets }: KeyRecords,
  custody: Pick<WalletCustody, 'open'>,
  address: Address,
): Promise<HeldSigner | null> {
  const wallet = wallets.get(address);
  const sealed = wallets.kept(address);
  if (wallet === null || sealed === null) return null;
  const file = path.join(folder, wallet.keystoreFile);
  const passphrase = await custody.open({ address, keystore: await readKeystore(file) }, sealed);
  try {
    return await openKey(address, { file, passphrase });
  } finally {
    wipe(passphrase);
  }
}
