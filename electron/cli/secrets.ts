/** Secrets for one command: read from files or asked for, never from an argument, wiped when the command ends. */
import type { HeldSigner } from '../operator/held-signer.ts';
import { readKeystoreFile } from '../operator/keystore.ts';
import { openKeystoreSigner } from '../operator/operator-signers.ts';
import { readPassphraseFile, wipe } from '../operator/passphrase.ts';
import type { Output } from './output.ts';

export async function passphraseFrom(file: string, output: Output): Promise<Uint8Array> {
  const { passphrase, warning } = await readPassphraseFile(file);
  if (warning !== null) output.say(`Warning: ${warning}`);
  return passphrase;
}

/** Opens the operator's key. @throws DeskError KEYSTORE_*, PASSPHRASE_*. */
export async function operatorSigner(
  files: { readonly keystore: string; readonly passphraseFile: string },
  output: Output,
): Promise<HeldSigner> {
  const passphrase = await passphraseFrom(files.passphraseFile, output);
  try {
    return await openKeystoreSigner(await readKeystoreFile(files.keystore), passphrase);
  } finally {
    wipe(passphrase);
  }
}
