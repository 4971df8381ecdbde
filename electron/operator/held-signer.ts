/**
 * What other rooms get of an operator's key: an address, and nothing that signs. To sign it has to be armed for a
 * confirmed plan (armed-signer.ts); the signer itself does not leave this room.
 */
import type { Address } from '../../shared/address.ts';
import type { SignOptions, Signer, SigningMeans } from './signer.ts';
import { signerBy } from './signer.ts';

export interface HeldSigner {
  readonly address: Address;
  /**
   * Whether the key is there and is the operator's: asked at set-up. Later each signature shows it.
   * @throws DeskError SIGNER_UNAVAILABLE, SIGNER_TIMEOUT, SIGNER_DECLINED, SIGNER_ANSWER_WRONG. The signal's reason.
   */
  assertReady(options?: SignOptions): Promise<void>;
  /** Lets go of the key; whatever was armed with it signs no more. */
  close(): void;
}

/** SECURITY: not a property of what is handed out, so that no code outside this room comes from one to the other. */
const signers = new WeakMap<HeldSigner, Signer>();

export function holdSigner(means: SigningMeans): HeldSigner {
  const signer = signerBy(means);
  const held: HeldSigner = Object.freeze({
    address: signer.address,
    assertReady: (options?: SignOptions) => signer.assertReady(options),
    close: () => signer.close(),
  });
  signers.set(held, signer);
  return held;
}

/** For armed-signer.ts alone; a test holds that. */
export function signerBehind(held: HeldSigner): Signer {
  const signer = signers.get(held);
  if (signer === undefined) throw new TypeError('not a signer that this room holds');
  return signer;
}
