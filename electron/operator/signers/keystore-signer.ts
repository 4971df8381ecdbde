/** Signs with a key that lies open in this process. The same unsigned transaction always gives the same bytes (RFC 6979). */
import type { Hex } from '../../../shared/values.ts';
import { claimMessage } from '../../protocols/claim-signature.ts';
import type { OpenKey } from '../keystore.ts';
import type { SigningMeans } from '../signer.ts';

/** @param key closed with the signer. */
export function keystoreMeans(key: OpenKey): SigningMeans {
  return {
    address: key.address,
    async sign({ transaction }) {
      const signed = transaction.clone();
      signed.signature = key.sign(transaction.unsignedHash as Hex);
      return signed.serialized;
    },
    signMessage: async (message) => key.sign(claimMessage(message)).serialized,
    // It was opened to its address.
    assertReady: async () => undefined,
    close: () => key.close(),
  };
}
