/** Judges from the chain whether a claim stands, is still to be issued, or cannot be issued. */
import type { PlanStep } from '../../../shared/plan.ts';
import type { PinnedReader } from '../../chain/types.ts';
import type { Postcondition } from '../recovery-protocol.ts';
import { boolAnswer, call, tupleAnswer } from './abi.ts';
import { claimId, orderedClaim } from './claim-order.ts';
import { issuerKeys } from './claim-issuers.ts';
import type { SmartParts } from './parts.ts';

function impossible(message: string, remedy: string): Postcondition {
  return { kind: 'impossible', reason: 'STATE_CONFLICT', message, remedy };
}

const UNKNOWN_CALL = impossible(
  'The call of this step is none that issues a claim.',
  'Make a new plan. If it happens again, report it.',
);

/** At the reader's block. Nothing is issued for an issuer of whom it is not known that it is trusted. */
export async function judgeClaim(
  reader: PinnedReader,
  parts: SmartParts,
  step: PlanStep,
): Promise<Postcondition> {
  const wanted = orderedClaim(step);
  const registry = parts.trustedIssuersRegistry;
  if (wanted === null) return UNKNOWN_CALL;
  const { identity, topic, issuer, data } = wanted;
  const [found, listed] = await reader.calls([
    call(identity, 'getClaim', [claimId(issuer, topic)]),
    ...(registry === undefined ? [] : [call(registry, 'hasClaimTopic', [issuer, topic])]),
  ]);
  const claim = tupleAnswer('getClaim', found);
  if (claim === null)
    return impossible(
      `The identity ${identity} does not answer which claims it has.`,
      'Check that the identity is there, then issue the claim again.',
    );
  if (boolAnswer('hasClaimTopic', listed) !== true)
    return impossible(
      `The issuer ${issuer} is not trusted for this topic, or the registry does not say.`,
      'Ask the platform administrator, or have a trusted issuer issue the claim.',
    );
  const [valid] = await reader.calls([call(issuer, 'isClaimValid', [identity, topic, claim[3], claim[4]])]);
  if (claim[3] !== '0x' && boolAnswer('isClaimValid', valid) === true) {
    const stands = String(claim[4]).toLowerCase();
    if (stands === data) return { kind: 'done', outcome: { identity, topic, issuer } };
    return impossible(
      `A claim of this issuer on this topic stands on the identity already, with the data ${stands}.`,
      'Nothing was changed. Where it is wrong, have the issuer replace it.',
    );
  }
  const [key] = await issuerKeys(reader, step.signer, [issuer]);
  if (key?.signs === true && key.acts === true) return { kind: 'open' };
  return impossible(
    `The key of ${step.signer} may not sign claims and act for the issuer ${issuer}, or that contract does not say.`,
    'Have a manager of the issuer’s contract add it as a claim signer and action key, then issue the claim again.',
  );
}
