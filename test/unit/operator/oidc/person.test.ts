import { describe, expect, it } from 'vitest';
import { personOf } from '../../../../electron/operator/oidc/person.ts';
import type { Claims } from '../../../../electron/operator/oidc/id-token.ts';

const claims: Claims = { iss: 'https://id.example', sub: 's-1', aud: 'desk', exp: 2, iat: 1, auth_time: 0 };
const policy = { requiredClaims: {}, operatorClaim: 'sub' };

describe('a person', () => {
  it('is the claim that policy names, under the issuer', () => {
    expect(personOf({ ...claims, oid: 'o-1' }, { ...policy, operatorClaim: 'oid' })).toEqual({
      issuer: 'https://id.example',
      subject: 'o-1',
      name: 'o-1',
      authTime: '1970-01-01T00:00:00.000Z',
    });
  });

  it.each([undefined, null, '', 7, ['s-1'], 'x'.repeat(256)])('is nobody by the claim %j', (oid) => {
    expect(() => personOf({ ...claims, oid }, { ...policy, operatorClaim: 'oid' })).toThrow(
      expect.objectContaining({ code: 'OIDC_DENIED' }),
    );
  });

  it('is not known by an e-mail address that was not verified', () => {
    const byMail = { ...policy, operatorClaim: 'email' };
    const mail = { ...claims, email: 'ada@example.com' };

    expect(personOf({ ...mail, email_verified: true }, byMail).subject).toBe('ada@example.com');
    for (const email_verified of [false, 'true', undefined]) {
      expect(() => personOf({ ...mail, email_verified }, byMail)).toThrow(/not verified/u);
    }
  });

  it.each([
    ['a text', 'acme', 'acme'],
    ['a list that holds it', 'desk', ['staff', 'desk']],
    ['a truth value', true, true],
    ['a number', 3, 3],
  ])('may work here where a required claim is %s', (_what, required, given) => {
    expect(personOf({ ...claims, c: given }, { ...policy, requiredClaims: { c: required } }).subject).toBe(
      's-1',
    );
  });

  it.each([
    ['absent', 'acme', undefined],
    ['another text', 'acme', 'acme-x'],
    ['a text that holds it', 'desk', 'staff desk'],
    ['a list without it', 'desk', ['staff']],
    ['the word for a truth value', true, 'true'],
    ['an object', 'desk', { desk: true }],
  ])('may not where it is %s', (_what, required, given) => {
    expect(() => personOf({ ...claims, c: given }, { ...policy, requiredClaims: { c: required } })).toThrow(
      /"c" is not what the policy requires/u,
    );
  });

  it('has a name of one visible line', () => {
    const named = (name: string): string => personOf({ ...claims, name }, policy).name;

    expect(named('  Ada\n\u202eKeeper\u0000 ')).toBe('AdaKeeper');
    expect(named('x'.repeat(100))).toHaveLength(60);
    expect(named('\u200b')).toBe('s-1');
    expect(personOf({ ...claims, preferred_username: 'ada' }, policy).name).toBe('ada');
  });
});
