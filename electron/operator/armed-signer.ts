/**
 * The signer's door: what signs for an execution. It is bound to one confirmed plan and signs its calls and nothing
 * else, whoever in this process asks. What the plan allows was handed in when it was armed, as plain data: neither the
 * database nor the rest of main is asked about it again.
 */
import { Transaction } from 'ethers';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Hex } from '../../shared/values.ts';
import { confirmedTerms } from './confirmed-terms.ts';
import type { Confirmed } from './confirmed-terms.ts';
import { signerBehind } from './held-signer.ts';
import type { HeldSigner } from './held-signer.ts';
import type { SignOptions, SignedTransaction } from './signer.ts';

export type { Confirmed };

export interface ArmedSigner {
  readonly address: Address;
  /** Of the plan that it is bound to. */
  readonly planDigest: Hex;
  /**
   * @throws DeskError SIGNER_REFUSED for what is not of the confirmed plan or past its bound, and once disarmed (or what
   *   it was disarmed with); what the signer behind it throws.
   */
  signTransaction(unsigned: Hex, options?: SignOptions): Promise<SignedTransaction>;
  /** Signs a claim of the confirmed plan, by its hash. @throws as `signTransaction`, and CLAIM_NOT_ISSUABLE. */
  signClaim(hash: Hex, options?: SignOptions): Promise<Hex>;
  /** Ends it, and gives up what is being signed; every later call is refused, with this error where one is given. */
  disarm(because?: DeskError): void;
}

/** Told of each refusal: the audit event `signing_refused` is made of it. */
export type Refused = (refusal: { readonly operator: Address; readonly unsigned: Hex }) => void;

/**
 * Arms an operator's signer for a plan that a person has confirmed. A bound that was raised later is another
 * confirmation: disarm, and arm anew.
 */
export function armSigner(held: HeldSigner, confirmed: Confirmed, refused: Refused): ArmedSigner {
  const signer = signerBehind(held);
  const terms = confirmedTerms(signer.address, confirmed);
  const ending = new AbortController();
  let ended: DeskError | null = null;

  function assertAllowed(unsigned: Hex): void {
    if (ended !== null) throw ended;
    const fault = terms.admit(readOrNull(unsigned));
    if (fault === null) return;
    refused({ operator: signer.address, unsigned });
    throw refusal(`The transaction to sign ${fault}.`);
  }

  function assertClaimAllowed(hash: Hex): void {
    if (ended !== null) throw ended;
    if (terms.admitsClaim(hash)) return;
    refused({ operator: signer.address, unsigned: hash });
    throw refusal('The claim to sign is none of the confirmed plan.');
  }

  const either = (signal: AbortSignal | undefined): AbortSignal =>
    signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal]);

  return Object.freeze({
    address: signer.address,
    planDigest: confirmed.planDigest,
    signTransaction: async (unsigned: Hex, { signal }: SignOptions = {}) => {
      assertAllowed(unsigned);
      return signer.signTransaction(unsigned, { signal: either(signal) });
    },
    signClaim: async (hash: Hex, { signal }: SignOptions = {}) => {
      assertClaimAllowed(hash);
      return signer.signClaim(hash, { signal: either(signal) });
    },
    disarm: (because?: DeskError) => {
      ended ??= because ?? refusal('The signer is no longer armed for this plan.');
      ending.abort(ended);
    },
  });
}

function readOrNull(unsigned: Hex): Transaction | null {
  try {
    return Transaction.from(unsigned);
  } catch {
    return null;
  }
}

function refusal(what: string): DeskError {
  return new DeskError('SIGNER_REFUSED', {
    message: `${what} It was not signed, and nothing was sent.`,
    remedy:
      'Look at where the recovery stands. If nobody changed the plan or ended the signing, have the workstation looked at before anything else is done.',
    retry: 'never',
  });
}
