import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { asOidcError } from '../../../../electron/operator/oidc/library-faults.ts';
import { DeskError } from '../../../../shared/errors.ts';

const HOST = 'id.example';

/** As the library throws: a coded error around one that holds the answer. */
function thrown(code: string, message = 'words', cause: object = {}): Error {
  const inner = new Error(message, { cause });
  return Object.assign(new Error('outer', { cause: inner }), { code });
}

describe('what the OpenID library throws', () => {
  it.each([
    ['OAUTH_RESPONSE_IS_NOT_JSON', 'OIDC_UNAVAILABLE'],
    ['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OIDC_UNAVAILABLE'],
    ['OAUTH_MISSING_SERVER_METADATA', 'OIDC_UNAVAILABLE'],
    ['OAUTH_TIMEOUT', 'OIDC_UNAVAILABLE'],
    ['OAUTH_KEY_SELECTION_FAILED', 'OIDC_UNTRUSTED'],
    ['OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED', 'OIDC_UNTRUSTED'],
    ['OAUTH_INVALID_RESPONSE', 'OIDC_UNTRUSTED'],
    ['OAUTH_WWW_AUTHENTICATE_CHALLENGE', 'OIDC_DENIED'],
    ['something new', 'OIDC_UNTRUSTED'],
  ])('%s becomes %s', (code, expected) => {
    expect(asOidcError(thrown(code), HOST)).toMatchObject({ code: expected });
  });

  it.each([
    ['access_denied', 'OIDC_DENIED'],
    ['server_error', 'OIDC_UNAVAILABLE'],
    ['invalid_grant', 'OIDC_UNTRUSTED'],
    ['invalid_client', 'OIDC_DENIED'],
  ])('the answer "%s" of an endpoint becomes %s', (error, expected) => {
    const answer = Object.assign(thrown('OAUTH_RESPONSE_BODY_ERROR'), { error });
    expect(asOidcError(answer, HOST)).toMatchObject({ code: expected });
  });

  it('names an error of the protocol, and no other word of the provider', () => {
    const said = (error: string): string =>
      asOidcError(Object.assign(thrown('OAUTH_AUTHORIZATION_RESPONSE_ERROR'), { error }), HOST).message;

    expect(said('invalid_scope')).toContain('(invalid_scope)');
    expect(said('your token is abc')).not.toContain('abc');
  });

  it('gives nothing on of what the library kept', () => {
    const error = asOidcError(thrown('OAUTH_INVALID_RESPONSE', 'secret-1', { body: 'secret-2' }), HOST);

    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/secret/u);
  });

  it('leaves a coded error from below as it is', () => {
    const own = new DeskError('HOST_NOT_ALLOWED', { message: 'm', remedy: 'r', retry: 'never' });

    expect(asOidcError(new Error('outer', { cause: own }), HOST)).toBe(own);
  });

  it.each([undefined, null, 'text', 7])('takes %j for an answer that cannot be read', (value) => {
    expect(asOidcError(value, HOST)).toMatchObject({ code: 'OIDC_UNTRUSTED' });
  });
});
