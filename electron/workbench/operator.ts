/** Who is signed in: the key that signs, and the rights it has on the chosen network. */
import path from 'node:path';
import { asDeskError } from '../../shared/errors.ts';
import type { Address } from '../../shared/address.ts';
import type { HeldSigner } from '../operator/held-signer.ts';
import { readKeystoreFile } from '../operator/keystore.ts';
import { openKeystoreSigner } from '../operator/operator-signers.ts';
import { readPassphraseFile, wipe } from '../operator/passphrase.ts';
import { passphraseForm, secretOf } from './entry-forms.ts';
import type { Dialogs, EntryWindow } from './needs.ts';
import { entryCancelled } from './refusals.ts';
import type { Site } from './site.ts';

export interface SignedIn {
  readonly signer: HeldSigner;
  readonly identityManager: boolean;
}

/** Whether the address is an identity manager of the network's system now. */
export async function isIdentityManager(site: Site, address: Address): Promise<boolean> {
  const { context, chain } = site.connection;
  const reader = await chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  return system.identityManager(reader, address);
}

async function withRights(site: Site, signer: HeldSigner): Promise<SignedIn> {
  try {
    return { signer, identityManager: await isIdentityManager(site, signer.address) };
  } catch (error) {
    signer.close();
    throw error;
  }
}

/**
 * Asks for a keystore by a file dialog, and for its passphrase in the entry window.
 * @returns null where the person changed their mind at the file dialog.
 * @throws DeskError KEYSTORE_*, ENTRY_CANCELLED, of the network.
 */
export async function signIn(site: Site, dialogs: Dialogs, entry: EntryWindow): Promise<SignedIn | null> {
  const filters = [{ name: 'Keystore (Web3 Secret Storage v3)', extensions: ['json'] }];
  const file = await dialogs.openFile({ title: 'Your keystore', filters });
  if (file === null) return null;
  const json = await readKeystoreFile(file);
  const opened: { signer: HeldSigner | null } = { signer: null };
  const asked = passphraseForm({ what: 'your keystore', file: path.basename(file) });
  const outcome = await entry.ask(asked, async (values) => {
    const passphrase = secretOf(values, 'passphrase');
    try {
      opened.signer = await openKeystoreSigner(json, passphrase);
      return { taken: true };
    } catch (thrown) {
      return { taken: false, message: asDeskError(thrown).message };
    } finally {
      wipe(passphrase);
    }
  });
  if (outcome === 'cancelled' || opened.signer === null) throw entryCancelled('The passphrase');
  return withRights(site, opened.signer);
}

/** Signs in with files that lie open, as those of the practice network do. */
export async function signInFromFiles(
  site: Site,
  files: { readonly keystore: string; readonly passphrase: string },
): Promise<SignedIn> {
  const { passphrase } = await readPassphraseFile(files.passphrase);
  try {
    return await withRights(
      site,
      await openKeystoreSigner(await readKeystoreFile(files.keystore), passphrase),
    );
  } finally {
    wipe(passphrase);
  }
}
