/**
 * What an id token says, once it is believed. The library has checked signature, issuer, audience, expiry and nonce;
 * here is what it leaves open.
 * @see OpenID Connect Core 1.0, 3.1.3.6 to 3.1.3.8
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IDToken, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import type { Provider } from './provider.ts';
import { SIGNATURES } from './provider.ts';
import { untrusted } from './refusals.ts';

export type Claims = IDToken;
export type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** How fresh what the token says has to be. Times in seconds since 1970. */
export interface Freshness {
  /** When this desk asked. An id token from before it answers something else. */
  readonly requestedAt: number;
  /** Whether the person had to show anew who they are; then also the time of their last login, where it is known. */
  readonly proof: 'standing' | { readonly laterThan: number | null };
}

/** @throws DeskError OIDC_UNTRUSTED */
export function believedClaims(
  tokens: Tokens,
  provider: Pick<Provider, 'clientId' | 'clockToleranceSeconds'>,
  freshness: Freshness,
): Claims {
  const { id_token: idToken } = tokens;
  const claims = tokens.claims();
  if (idToken === undefined || claims === undefined) throw untrusted('there is no id token');
  const algorithm = algorithmOf(idToken);
  if (!SIGNATURES.includes(algorithm))
    throw untrusted('the id token is signed in a way that is not accepted');
  if (claims.azp !== undefined && claims.azp !== provider.clientId) {
    throw untrusted('the id token was issued for another application');
  }
  checkAccessToken(claims['at_hash'], tokens.access_token, algorithm);
  checkTimes(claims, provider.clockToleranceSeconds, freshness);
  return claims;
}

function algorithmOf(idToken: string): string {
  const [header = ''] = idToken.split('.');
  const parsed: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  const value: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'alg') : null;
  return typeof value === 'string' ? value : '';
}

/** The left half of the access token's digest, under the digest that the signature uses. */
function checkAccessToken(hash: unknown, accessToken: string, algorithm: string): void {
  if (hash === undefined) return;
  const digest = createHash(algorithm === 'EdDSA' ? 'sha512' : 'sha256')
    .update(accessToken)
    .digest();
  const expected = digest.subarray(0, digest.length / 2);
  const given = Buffer.from(typeof hash === 'string' ? hash : '', 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw untrusted('the access token is not the one that the id token was issued with');
  }
}

function checkTimes(claims: Claims, tolerance: number, { requestedAt, proof }: Freshness): void {
  const now = Date.now() / 1000;
  if (claims.iat > now + tolerance) throw untrusted('the id token was issued in the future');
  if (claims.iat < requestedAt - tolerance) throw untrusted('the id token is from before this sign-in');
  const authTime = claims.auth_time;
  if (authTime !== undefined && authTime > now + tolerance) {
    throw untrusted('the person is said to have logged in in the future');
  }
  if (proof === 'standing') return;
  if (authTime === undefined) throw untrusted('it does not say when the person logged in');
  const stale = authTime < requestedAt - tolerance;
  // Two times of one clock need no tolerance: a provider that did not ask again repeats the time it gave before.
  const repeated = proof.laterThan !== null && authTime <= proof.laterThan;
  if (stale || repeated) throw untrusted('the person was not asked anew who they are');
}
