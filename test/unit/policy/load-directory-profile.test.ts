import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isDirectoryProfile, loadDirectoryProfile } from '../../../electron/policy/load-directory-profile.ts';

const GOOD = { kind: 'better-auth', name: 'P', url: 'https://auth.example', credential: { kind: 'session' } };
const KEYCLOAK = {
  kind: 'keycloak',
  name: 'P',
  url: 'https://id.example',
  realm: 'people',
  clientId: 'desk',
};

function fileWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'directory-profile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'directory.json');
  writeFileSync(file, text);
  return file;
}

describe('a directory profile', () => {
  it('is read with the defaults of what it leaves out', () => {
    const file = fileWith(JSON.stringify(GOOD));

    expect(loadDirectoryProfile(file)).toEqual({
      profile: {
        ...GOOD,
        password: 'replace',
        walletField: 'wallet',
        lostWalletsField: null,
        without: [],
        pendingSignInSeconds: 600,
        passwordLinkSeconds: 3600,
      },
      dir: path.dirname(file),
    });
  });

  it.each([
    ['an unknown key', { ...GOOD, secret: 'x' }, '"secret" is not a known key'],
    ['an unknown kind', { ...GOOD, kind: 'ldap' }, '"kind"'],
    ['a credential in the address', { ...GOOD, url: 'https://me:secret@auth.example' }, '"url"'],
    ['an address that is none', { ...GOOD, url: 'ftp://auth.example' }, '"url"'],
    [
      'a field with a meaning of its own',
      { ...GOOD, walletField: 'role' },
      '"walletField" is a field with a meaning',
    ],
    ['one that is the same for all', { ...GOOD, lostWalletsField: 'email' }, '"lostWalletsField"'],
    [
      'a cookie that is none',
      { ...GOOD, credential: { kind: 'session', cookie: 'a=b; c' } },
      '"credential.cookie"',
    ],
    [
      'a header that is none',
      { ...GOOD, credential: { kind: 'api_key', header: 'x:y' } },
      '"credential.header"',
    ],
    ['a realm that is a way up', { ...KEYCLOAK, realm: '../master' }, '"realm"'],
  ])('is refused with %s, which is named', (_what, profile, named) => {
    expect(() => loadDirectoryProfile(fileWith(JSON.stringify(profile)))).toThrow(
      expect.objectContaining({ code: 'DIRECTORY_PROFILE_INVALID', message: expect.stringContaining(named) }),
    );
  });

  it.each(['', '{', '[]', 'null', '\uFFFF'])('is refused as %j', (text) => {
    expect(() => loadDirectoryProfile(fileWith(text))).toThrow(
      expect.objectContaining({ code: 'DIRECTORY_PROFILE_INVALID' }),
    );
  });

  it('is told from a list of participants by its kind alone', () => {
    expect(isDirectoryProfile(fileWith(JSON.stringify(KEYCLOAK)))).toBe(true);
    expect(isDirectoryProfile(fileWith('{"participants": []}'))).toBe(false);
    expect(isDirectoryProfile('/nowhere.json')).toBe(false);
  });
});
