/** A directory profile as the people of a network of the window's settings. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openNetworkHands } from '../../support/network-hands.ts';
import type { NetworkHands } from '../../support/network-hands.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { key } from '../../support/window-hands.ts';

const PROFILE = {
  kind: 'better-auth',
  name: 'Platform',
  url: 'https://auth.example.org/api/auth',
  credential: { kind: 'session' },
};

describe('the people of a directory profile', () => {
  let desk: PracticeDesk;
  let scene: NetworkHands;

  beforeAll(async () => {
    desk = await openPracticeDesk();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    scene = await openNetworkHands(desk, () => undefined);
  });
  afterEach(() => scene.hands.close());

  function choose(profile: object) {
    const file = path.join(scene.hands.data, 'directory.json');
    writeFileSync(file, JSON.stringify(profile));
    scene.hands.files.push(file);
    return scene.hands.ask('participants.chooseFile', { key: key() });
  }

  it('are chosen for a network, which is connected to also while their credential is missing', async () => {
    const chosen = await choose(PROFILE);

    expect(chosen).toMatchObject({
      ok: true,
      value: {
        connection: { status: 'connected' },
        participantsFile: path.join(scene.hands.data, 'directory.json'),
      },
    });
  });

  it.each([
    ['a key that there is not', { ...PROFILE, secret: 'x' }],
    ['a kind that there is not', { ...PROFILE, kind: 'ldap' }],
  ])('are not chosen with %s', async (_what, profile) => {
    expect(await choose(profile)).toMatchObject({ ok: false, error: { code: 'DIRECTORY_PROFILE_INVALID' } });
    expect((await scene.hands.get('desk.state', {})).participantsFile).toBeNull();
  });
});
