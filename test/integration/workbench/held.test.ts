import { renameSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { confirmationText } from '../../../shared/plan.ts';
import { HeldRecovery, NETWORK, OTHER_NETWORK } from '../../support/held-recovery.ts';
import { key, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';
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
      connection: { status: 'connected', name: NETWORK },
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
    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('recovery.resume', { key: key(), recoveryId });
    expect((await hands.reached('summary')).result.status).toBe('completed');
  });
});

describe('whoever began a recovery that stands still', () => {
  it('signs out without leaving it, and nobody signs out of one that is being executed', async () => {
    const before = await scene.start();
    await scene.signIn(before);
    const held = await scene.leaveStanding(before, await scene.plan(before, 'maren-holt', 'Maren Holt'));
    hands = await scene.start();
    await scene.signIn(hands);

    expect(await hands.get('operator.signOut', { key: key() })).toMatchObject({
      operator: null,
      lockedOn: held,
    });
    expect(await hands.get('wizard.state', {})).toMatchObject({
      step: 'progress',
      progress: { recoveryId: held, working: false },
    });
    expect(await hands.ask('recovery.resume', { key: key(), recoveryId: held })).toMatchObject({
      error: { code: 'RIGHT_MISSING' },
    });

    await scene.signIn(hands);
    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('recovery.resume', { key: key(), recoveryId: held });
    expect(await hands.ask('operator.signOut', { key: key() })).toMatchObject({
      error: { code: 'LOCKED_ON_RECOVERY' },
    });
    await hands.reached('summary');
  });
});

describe('a recovery that is being begun', () => {
  it('holds the desk, and lets go of it where it cannot be begun', async () => {
    hands = await scene.start();
    await scene.signIn(hands);
    const { plan, planDigest } = await scene.plan(hands, 'aiko-tanaka', 'Aiko Tanaka');
    scene.lineDead = true;
    hands.typed.push(confirmationText(plan));

    const confirmed = hands.ask('wizard.confirm', { key: key(), planDigest });
    await hands.stands((wizard) => wizard.step === 'confirm' && wizard.beginning);

    expect(hands.told()?.lockedOn).not.toBeNull();
    expect(await hands.ask('wizard.back', {})).toMatchObject({
      error: {
        code: 'LOCKED_ON_RECOVERY',
        message: expect.stringMatching(/^A recovery is about to be executed, /u),
      },
    });
    expect(await confirmed).toMatchObject({ ok: false, error: { code: 'ENDPOINT_UNREACHABLE' } });
    scene.lineDead = false;
    expect(hands.told()?.lockedOn).toBeNull();
    expect((await hands.get('wizard.state', {})).step).toBe('impact');
  });
});

describe('two recoveries that stand past their point of no return', () => {
  it('are gone to one after the other: from the summary of the first to the second, on its own network', async () => {
    const before = await scene.start();
    await scene.signIn(before);
    const second = await scene.plan(before, 'aiko-tanaka', 'Aiko Tanaka');
    const first = await scene.leaveStanding(before, await scene.plan(before, 'jonas-weir', 'Jonas Weir'));
    const secondId = scene.writeStanding(second.planDigest, second.previewDigest);
    hands = await scene.start();
    await scene.signIn(hands);
    expect((await hands.get('desk.state', {})).lockedOn).toBe(first);
    expect(await hands.ask('wizard.leave', {})).toMatchObject({ error: { code: 'LOCKED_ON_RECOVERY' } });

    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('recovery.resume', { key: key(), recoveryId: first });
    await hands.reached('summary');

    expect((await hands.get('desk.state', {})).lockedOn).toBe(secondId);
    const saved = await hands.get('recovery.saveReport', { key: key(), recoveryId: first });
    expect(saved?.fileName).toContain(first);
    expect(await hands.get('wizard.leave', {})).toMatchObject({
      step: 'progress',
      progress: { recoveryId: secondId, status: 'stopped', working: false },
    });
    expect(await hands.get('desk.state', {})).toMatchObject({
      lockedOn: secondId,
      connection: { status: 'connected', name: OTHER_NETWORK },
    });
  });
});
