/**
 * What `openid-client` throws, as coded errors. Its errors carry whole answers with tokens and codes as their causes:
 * none of them, and nothing of their text, goes on from here.
 */
import { DeskError } from '../../../shared/errors.ts';
import { providerUnavailable } from '../../network/provider-errors.ts';
import { denied, untrusted } from './refusals.ts';

const ASK_POLICY = 'Ask whoever keeps the policy to compare "oidc" with how this desk is registered.';
const MAX_DEPTH = 6;

/** Claims that the library compares, and what it means when one does not fit. */
const CLAIMS: Readonly<Record<string, string>> = {
  iss: 'the id token was issued by somebody else',
  aud: 'the id token was issued for another application',
  azp: 'the id token was issued for another application',
  nonce: 'the id token does not belong to this sign-in',
  exp: 'the id token has expired',
  nbf: 'the id token is not valid yet',
};

/** What the library says of answers that are not as they must be, by a part of its text. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/signature verification failed/u, 'the signature of the id token does not hold'],
  [/"alg" header/u, 'the id token is signed in a way that is not accepted'],
  [/"iss" \(issuer\) response parameter|"iss" \(issuer\) missing/u, 'another provider has answered'],
  [/"state"/u, 'the answer does not belong to this sign-in'],
  [/"nonce"/u, 'the id token does not belong to this sign-in'],
  [/claim missing/u, 'the id token lacks what it must hold'],
  [/no authorization code/u, 'the answer holds no code'],
  [/"id_token" property/u, 'there is no id token'],
];

/** Refusals that a person or a setting can change. */
const REFUSALS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  access_denied: [
    'The sign-in was denied, by the person at the browser or by the identity provider',
    'Sign in again and agree, or ask whoever runs the identity provider for access.',
  ],
  login_required: ['The identity provider wants a login, and none was given', 'Sign in again.'],
  consent_required: ['The identity provider wants consent, and none was given', 'Sign in again and agree.'],
  interaction_required: ['The identity provider wants more of the person', 'Sign in again.'],
  account_selection_required: ['No account was chosen at the identity provider', 'Sign in again.'],
};
const PASSING = new Set(['server_error', 'temporarily_unavailable']);
/** Errors of RFC 6749 that say how this desk is registered, and may be named. */
const REGISTRATION = new Set(
  ['invalid_client', 'unauthorized_client', 'invalid_request', 'invalid_scope'].concat([
    'unsupported_response_type',
    'unsupported_grant_type',
    'invalid_target',
  ]),
);

/** @param host of the issuer. */
export function asOidcError(thrown: unknown, host: string): DeskError {
  const layers = [...layersOf(thrown)];
  const coded = layers.find((layer) => layer instanceof DeskError);
  if (coded !== undefined) return coded;
  switch (text(layers[0], 'code') ?? '') {
    case 'OAUTH_AUTHORIZATION_RESPONSE_ERROR':
      return refusedInBrowser(text(layers[0], 'error'), host);
    case 'OAUTH_RESPONSE_BODY_ERROR':
      return refusedAtEndpoint(text(layers[0], 'error'), host);
    case 'OAUTH_WWW_AUTHENTICATE_CHALLENGE':
      return refusedAtEndpoint('invalid_client', host);
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
      return providerUnavailable(host, 'answered with something that is no part of a sign-in');
    case 'OAUTH_MISSING_SERVER_METADATA':
    case 'OAUTH_INVALID_SERVER_METADATA':
      return providerUnavailable(host, 'describes itself incompletely');
    case 'OAUTH_TIMEOUT':
      return providerUnavailable(host, 'did not answer in time');
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
      return untrusted('its description names another issuer than the policy, to the letter');
    case 'OAUTH_KEY_SELECTION_FAILED':
      return untrusted('the id token is signed with a key that is none of the provider');
    default:
      return untrusted(whatIsWrong(layers));
  }
}

function whatIsWrong(layers: readonly Error[]): string {
  const said = layers.map((layer) => layer.message).join('\n');
  const claim = layers.map((layer) => text(layer.cause, 'claim')).find((found) => found !== undefined);
  const byClaim = claim === undefined ? undefined : CLAIMS[claim];
  return (
    byClaim ?? TEXTS.find(([pattern]) => pattern.test(said))?.[1] ?? 'it is not in the form it must have'
  );
}

function refusedInBrowser(error: string | undefined, host: string): DeskError {
  const known = error === undefined ? undefined : REFUSALS[error];
  if (known !== undefined) return denied(...known);
  if (error !== undefined && PASSING.has(error))
    return providerUnavailable(host, 'says that it is in trouble');
  return denied(`The identity provider refused what this desk asks for${named(error)}`, ASK_POLICY);
}

function refusedAtEndpoint(error: string | undefined, host: string): DeskError {
  if (error === 'invalid_grant') {
    return untrusted(
      'what the browser or the desk brought is not taken: it was used before, has expired, or belongs to another sign-in',
    );
  }
  return refusedInBrowser(error, host);
}

/** The provider's own word goes into a message only where it is one of the protocol's. */
function named(error: string | undefined): string {
  return error !== undefined && REGISTRATION.has(error) ? ` (${error})` : '';
}

function* layersOf(thrown: unknown): Generator<Error> {
  let layer = thrown;
  for (let depth = 0; layer instanceof Error && depth < MAX_DEPTH; depth += 1) {
    yield layer;
    layer = layer.cause;
  }
}

function text(holder: unknown, key: string): string | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const value: unknown = Reflect.get(holder, key);
  return typeof value === 'string' ? value : undefined;
}
