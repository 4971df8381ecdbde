import { describe, expect, it } from 'vitest';
import {
  directorySecret,
  keepDirectorySecret,
  secretAccount,
} from '../../../electron/participants/directory-secret.ts';
import { openHttpDirectory } from '../../../electron/participants/open-http-directory.ts';
import { directoryProfileSchema } from '../../../shared/directory-profile.ts';
import { DeskError } from '../../../shared/errors.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';
import { secretsInMemory } from '../../support/http-directory.ts';

const PROFILE = directoryProfileSchema.parse({
  kind: 'better-auth',
  name: 'Platform',
  url: 'https://auth.example.org/api/auth/',
  credential: { kind: 'session' },
});

describe('the credential for a directory', () => {
  it('is one for each directory and way in', () => {
    const keycloak = (clientId: string) =>
      directoryProfileSchema.parse({
        kind: 'keycloak',
        name: 'Platform',
        url: 'https://auth.example.org',
        realm: 'people',
        clientId,
      });
    const accounts = [
      PROFILE,
      { ...PROFILE, credential: { kind: 'bearer' as const } },
      { ...PROFILE, url: 'https://auth.example.net/api/auth' },
      keycloak('one'),
      keycloak('other'),
    ].map(secretAccount);

    expect(new Set(accounts).size).toBe(accounts.length);
    expect(secretAccount({ ...PROFILE, name: 'Other name', url: 'https://AUTH.example.org/api/auth' })).toBe(
      secretAccount(PROFILE),
    );
  });

  it.each(['two\nlines', 'a; b', 'with space', '', 'ünlike', 'x'.repeat(4097)])(
    'is not %j',
    async (secret) => {
      const secrets = secretsInMemory();

      await expect(keepDirectorySecret(PROFILE, secrets, Buffer.from(secret))).rejects.toMatchObject({
        code: 'DIRECTORY_SECRET_MISSING',
        message: expect.not.stringContaining(secret === '' ? 'nothing' : secret),
      });
      expect(await secrets.read(secretAccount(PROFILE))).toBeNull();
    },
  );

  it('is read as it was kept, and its bytes are wiped', async () => {
    const bytes = Buffer.from('token.signature%3D');
    const secrets = { ...secretsInMemory(), read: () => Promise.resolve(bytes) };

    expect(await directorySecret(PROFILE, secrets)).toBe('token.signature%3D');
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it('is asked for by the first call, and by the next where the keychain did not answer', async () => {
    let asked = 0;
    const locked = new DeskError('KEYCHAIN_LOCKED', {
      message: 'Locked.',
      remedy: 'Unlock it.',
      retry: 'safe',
    });
    const read = () => {
      asked += 1;
      return asked === 1 ? Promise.reject(locked) : Promise.resolve(null);
    };
    const secrets = { ...secretsInMemory(), read };
    const { directory, close } = openHttpDirectory({
      profile: PROFILE,
      profileDir: '/',
      policy: DEFAULT_POLICY,
      secrets,
    });

    expect(asked).toBe(0);
    await expect(directory.get('p-1')).rejects.toMatchObject({
      code: 'DIRECTORY_SECRET_MISSING',
      message: expect.stringContaining('Locked.'),
      remedy: 'Unlock it.',
      retry: 'safe',
    });
    await expect(directory.get('p-1')).rejects.toMatchObject({ code: 'DIRECTORY_SECRET_MISSING' });
    close();
  });
});
