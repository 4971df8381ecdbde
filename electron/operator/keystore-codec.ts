/** Making and opening keystores for rooms that must never hold a key: all they learn is the address. */
import type { Address } from '../../shared/address.ts';
import { openKeystore } from './keystore.ts';
import { createKeystore } from './new-keystore.ts';
import type { NewKeystore } from './new-keystore.ts';

export const keystoreCodec = {
  create: (passphrase: Uint8Array): Promise<NewKeystore> => createKeystore(passphrase),

  /** Opens the keystore, lets go of its key at once. @throws DeskError KEYSTORE_CORRUPT, PASSPHRASE_WRONG */
  open: async (json: string, passphrase: Uint8Array): Promise<{ readonly address: Address }> => {
    const key = await openKeystore(json, passphrase);
    key.close();
    return { address: key.address };
  },
} as const;
