import { describe, expect, it } from 'vitest';
import {
  barredWords,
  placeWords,
  proofWords,
  roleWords,
  signInWords,
} from '../../../../renderer/features/operator/operator-words.ts';
import { operatorEntrySchema } from '../../../../shared/desk-state.ts';
import { PASSPHRASES } from '../../../support/fake-desk-data.ts';

const TEAM = { ...PASSPHRASES, passphrase: false, oidc: 'login.aldgate.example' };

describe('an operator in words', () => {
  it('signs in by passphrase, or at the provider by its host', () => {
    expect(signInWords('passphrase', TEAM)).toBe('Passphrase');
    expect(signInWords('oidc', TEAM)).toContain('login.aldgate.example');
    expect(signInWords('oidc', PASSPHRASES)).toBe('Identity provider of the team');
  });

  it('has a key in a place of its own name', () => {
    const places = operatorEntrySchema.shape.key.options.map(placeWords);

    expect(new Set(places).size).toBe(4);
  });

  it('is told why policy keeps them from signing in', () => {
    expect(barredWords({ signIn: 'passphrase' }, TEAM)).toMatch(/no longer allows/u);
    expect(barredWords({ signIn: 'oidc' }, PASSPHRASES)).toMatch(/no longer names/u);
    expect(barredWords({ signIn: 'oidc' }, TEAM)).toBeNull();
    expect(barredWords({ signIn: 'passphrase' }, PASSPHRASES)).toBeNull();
  });

  it('is told where to prove who they are', () => {
    expect(proofWords({ signIn: 'passphrase', key: 'ledger' })).toMatch(/^Enter your passphrase/u);
    expect(proofWords({ signIn: 'oidc', key: 'remote' })).toMatch(/browser, then come back here\.$/u);
    expect(proofWords({ signIn: 'oidc', key: 'keystore' })).toMatch(/browser.*passphrase of your key/u);
  });

  it('is an identity manager here, or is told that they are not', () => {
    expect(roleWords({ identityManager: true })).toBe('Identity manager');
    expect(roleWords({ identityManager: false })).toBe('No identity manager role on this network');
  });
});
