/** The address that a keystore file really opens to; the one it states is only a label. */
import type { Address } from '../../shared/address.ts';
import { keystoreCodec } from './keystore-codec.ts';
import { readKeystoreFile } from './keystore.ts';

/** @throws DeskError KEYSTORE_UNREADABLE, KEYSTORE_CORRUPT, PASSPHRASE_WRONG */
export async function keystoreAddress(file: string, passphrase: Uint8Array): Promise<Address> {
  const { address } = await keystoreCodec.open(await readKeystoreFile(file), passphrase);
  return address;
}
