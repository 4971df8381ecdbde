/** A whole recovery on the practice network whose person is kept by a real Better Auth. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../support/http-browser.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { openBetterAuth } from '../../support/http-directory.ts';
import { PASSWORD, startRealBetterAuth } from '../../support/real-better-auth.ts';
import type { RealBetterAuth } from '../../support/real-better-auth.ts';
import { openStages } from '../../support/recovery-stages.ts';
import type { RecoveryStages } from '../../support/recovery-stages.ts';

const EMAIL = 'jonas@example.org';

describe('a recovery of somebody whom Better Auth keeps', () => {
  const scene = deskScene();
  let server: RealBetterAuth;
  let staged: RecoveryStages;

  beforeEach(async () => {
    server = await startRealBetterAuth({ cacheSeconds: 3 });
  });
  afterEach(async () => {
    await staged.close();
    await server.stop();
  });

  it('cuts the old access off, links the replacement, and follows up on what stays', async () => {
    const person = scene.desk.person('jonas-weir');
    const { id, browser } = await server.signUp(EMAIL);
    const wallet = { userId: id, data: { wallet: person.lostWallet } };
    expect(await server.adminBrowser.post('/admin/update-user', wallet)).toMatchObject({ status: 200 });
    const key = (await browser.post('/api-key/create', { name: 'script' })).body as { key: string };
    const thief = browser.stolenOnly('better-auth.session_token');
    const directory = await openBetterAuth(server, { lostWalletsField: 'lostWallets' });
    staged = await openStages(scene.desk, scene.data, { directory: () => directory });

    const planned = await staged.plan({ ...person, id });
    const result = await staged.run((await staged.begin(planned)).id);

    expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    const phases = Object.fromEntries(
      result.phases.map(({ name, status, counts }) => [name, { status, counts }]),
    );
    expect(phases).toMatchObject({
      revoke_sessions: { counts: { sessions: 1 } },
      link_participant: { status: 'done' },
    });
    const record = (await server.adminBrowser.get(`/admin/get-user?id=${id}`)).body;
    expect(record).toMatchObject({
      wallet: result.replacementWallet,
      lostWallets: person.lostWallet,
      banned: true,
      twoFactorEnabled: false,
    });
    expect((await thief.get('/get-session')).body).toBeNull();
    const signIn = { email: EMAIL, password: PASSWORD };
    expect(await new Browser(server.url).post('/sign-in/email', signIn)).toMatchObject({ status: 401 });
    const told = JSON.stringify(result.followUps);
    for (const what of [/Passkeys/u, /API keys/u]) expect(told).toMatch(what);
    expect((await new Browser(server.url).get('/get-session', { 'x-api-key': key.key })).body).toMatchObject({
      user: { email: EMAIL },
    });

    await directory.releaseSignIn(id);
    expect(await directory.access(id)).toMatchObject({ signIn: 'open' });
  });
});
