/** Who somebody is to this desk, from the claims of an id token that is believed. */
import { z } from 'zod';
import type { OidcPolicy } from '../../../shared/policy.ts';
import type { Claims } from './id-token.ts';
import { notEntitled } from './refusals.ts';

export interface OidcPerson {
  readonly issuer: string;
  /** The value of the claim that policy names. */
  readonly subject: string;
  /** What to call them: one line of visible text. Says nothing about who they are. */
  readonly name: string;
  /** When they last showed the provider who they are; null where it does not say. ISO 8601, UTC. */
  readonly authTime: string | null;
}

const subjectSchema = z.string().min(1).max(255);
const NAMES = ['name', 'preferred_username', 'email'] as const;
const MAX_NAME = 60;
/** Control characters, line breaks, and marks that turn the direction of writing. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** @throws DeskError OIDC_DENIED where a claim that policy asks for is not there. */
export function personOf(
  claims: Claims,
  policy: Pick<OidcPolicy, 'requiredClaims' | 'operatorClaim'>,
): OidcPerson {
  for (const [name, value] of Object.entries(policy.requiredClaims)) {
    const given = claims[name];
    const holds = Array.isArray(given) ? given.includes(value) : given === value;
    if (!holds) throw notEntitled(`"${name}" is not what the policy requires`);
  }
  const subject = subjectSchema.safeParse(claims[policy.operatorClaim]);
  if (!subject.success) throw notEntitled(`there is no "${policy.operatorClaim}" to tell operators apart by`);
  // SECURITY: at many providers people write their own e-mail address; somebody else's must not make an operator.
  if (policy.operatorClaim === 'email' && claims['email_verified'] !== true) {
    throw notEntitled('the e-mail address is not verified');
  }
  return {
    issuer: claims.iss,
    subject: subject.data,
    name: NAMES.map((name) => visible(claims[name])).find((name) => name !== '') ?? visible(subject.data),
    authTime: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1000).toISOString(),
  };
}

function visible(value: unknown): string {
  return typeof value === 'string' ? value.replace(INVISIBLE, '').trim().slice(0, MAX_NAME) : '';
}
