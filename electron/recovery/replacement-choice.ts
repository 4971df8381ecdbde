/** Turns what a person gives for a replacement into a chosen one: by proof, by call-back, or by a keystore of the desk. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Policy } from '../../shared/policy.ts';
import type { PinnedReader } from '../chain/types.ts';
import type { ControlChallenge } from './control-challenge.ts';
import type { ChosenReplacement } from './preview-request.ts';
import { verifyProof } from './proof-of-control.ts';

export type GivenReplacement =
  /** `challenges`: those made for this very replacement, newest first; one of them must be what was signed. */
  | {
      readonly kind: 'proof';
      readonly address: Address;
      readonly signature: string;
      readonly challenges: readonly ControlChallenge[];
    }
  | { readonly kind: 'call_back'; readonly address: Address };

async function proven(
  given: Extract<GivenReplacement, { kind: 'proof' }>,
  reader: PinnedReader,
  now: Date,
): Promise<void> {
  let refused: unknown = new DeskError('PROOF_INVALID', {
    message: `No challenge for ${given.address} was made on this desk, so there is nothing that the signature could answer.`,
    remedy:
      'Make one with `challenge`, have the holder sign it, and try again; or say when it expires, with --proof-expires.',
    retry: 'never',
  });
  for (const challenge of given.challenges) {
    try {
      await verifyProof({ challenge, signature: given.signature, now, reader });
      return;
    } catch (error) {
      // An expired challenge says least: a newer one that was signed wrongly says more.
      const coded =
        error instanceof DeskError && (error.code === 'PROOF_INVALID' || error.code === 'PROOF_EXPIRED');
      if (!coded) throw error;
      if (challenge === given.challenges[0]) refused = error;
    }
  }
  throw refused;
}

/**
 * Checks the holder's address.
 * @throws DeskError PROOF_INVALID, PROOF_EXPIRED, CALL_BACK_FORBIDDEN, of the network.
 */
export async function chooseGiven(
  given: GivenReplacement,
  reader: PinnedReader,
  policy: Pick<Policy, 'replacementByCallBack'>,
  now: Date,
): Promise<ChosenReplacement> {
  if (given.kind === 'call_back') {
    if (policy.replacementByCallBack) return { address: given.address, kind: 'given', control: 'call_back' };
    throw new DeskError('CALL_BACK_FORBIDDEN', {
      message: 'This desk does not take a call-back in place of a proof of control.',
      remedy: 'Have the holder sign the text that `challenge` prints.',
      retry: 'never',
    });
  }
  await proven(given, reader, now);
  return { address: given.address, kind: 'given', control: 'proof' };
}
