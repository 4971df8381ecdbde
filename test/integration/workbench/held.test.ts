import { renameSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HeldRecovery } from '../../support/held-recovery.ts';
import { key } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

let scene: HeldRecovery;
let hands: Hands;
let recoveryId: string;

beforeAll(async () => {
  scene = await HeldRecovery.open();
  const first = await scene.startSignedIn();
  recoveryId = await scene.leaveStanding(first, await scene.plan(first, 'luca-ferri', 'Luca Ferri'));
});
afterAll(() => scene.close());
afterEach(() => hands.close());

describe('a desk that starts on a recovery past its point of no return', () => {
  it('shows what keeps it from the network, and connects once that is gone', async () => {
    scene.lineDead = true;
    hands = await scene.start();
    const held = { lockedOn: recoveryId, connection: { status: 'failed' } };
    expect(await hands.get('desk.state', {})).toMatchObject(held);

    expect(await hands.get('networks.reconnect', { key: key() })).toMatchObject(held);
    scene.lineDead = false;
    expect(await hands.get('networks.reconnect', { key: key() })).toMatchObject({
      lockedOn: recoveryId,
      connection: { status: 'connected', name: 'A network of ours' },
    });
  });

  it('names the profile that is gone, and connects once it is back', async () => {
    const away = `${scene.profileFile}.away`;
    renameSync(scene.profileFile, away);
    hands = await scene.start();
    expect(await hands.get('desk.state', {})).toMatchObject({
      connection: {
        status: 'failed',
        error: { code: 'PROFILE_UNREADABLE', message: expect.stringContaining(scene.profileFile) },
      },
    });

    renameSync(away, scene.profileFile);
    await hands.get('networks.reconnect', { key: key() });

    await scene.signIn(hands);
    await hands.get('recovery.resume', { key: key(), recoveryId });
    expect((await hands.reached('summary')).result.status).toBe('completed');
  });
});
