import { describe, expect, it } from 'vitest';
import type { DirectoryLink } from '../../../electron/network/directory-link.ts';
import { adminApi } from '../../../electron/participants/keycloak/admin-api.ts';
import { keycloakProfileSchema } from '../../../shared/directory-profile.ts';

const profile = keycloakProfileSchema.parse({
  kind: 'keycloak',
  name: 'Staff',
  url: 'https://id.example.org',
  realm: 'desk',
  clientId: 'recovery-desk',
});

/** Takes whatever it is asked for, and keeps where that was: a URL resolves ways up. */
function api() {
  const deleted: string[] = [];
  const link: DirectoryLink = {
    origin: 'https://id.example.org',
    host: 'id.example.org',
    async send({ method, path }) {
      if (method === 'DELETE') deleted.push(new URL(`https://id.example.org${path}`).pathname);
      return { status: 200, json: { access_token: 'token', expires_in: 60 }, cookies: [] };
    },
    close: () => undefined,
  };
  return { deleted, api: adminApi(profile, link, 'secret', () => new Date()) };
}

describe('a credential of Keycloak', () => {
  it.each(['..', '.', ''])('that is called "%s" takes nothing else away with it', async (id) => {
    const { deleted, api: keycloak } = api();
    await expect(keycloak.removeCredential('u-1', id, undefined)).rejects.toMatchObject({
      code: 'DIRECTORY_GARBAGE',
    });
    expect(deleted).toEqual([]);
  });

  it('is removed by its id, whatever signs are in it', async () => {
    const { deleted, api: keycloak } = api();
    await keycloak.removeCredential('u-1', 'c/../1', undefined);
    expect(deleted).toEqual(['/admin/realms/desk/users/u-1/credentials/c%2F..%2F1']);
  });
});
