/** A recovery that holds the desk, of which somebody changed the plan. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { HeldRecovery } from '../../support/held-recovery.ts';
import { key } from '../../support/window-hands.ts';

let scene: HeldRecovery;

beforeAll(async () => {
  scene = await HeldRecovery.open();
});
afterAll(() => scene.close());

it('does not keep the desk from opening: it tells what was changed, also to who signs in', async () => {
  const before = await scene.startSignedIn();
  const made = await scene.plan(before, 'maren-holt', 'Maren Holt');
  const recoveryId = await scene.leaveStanding(before, made);
  const database = new Database(path.join(scene.data, 'desk.sqlite'));
  const thief = practiceAddress('accomplice');
  database.prepare('UPDATE plan SET body = replace(body, ?, ?)').run(made.plan.replacement.address, thief);
  database.close();

  const hands = await scene.start();

  const held = {
    lockedOn: recoveryId,
    connection: {
      status: 'failed',
      error: { code: 'PLAN_ALTERED', message: expect.stringContaining(thief) },
    },
  };
  expect(await hands.get('desk.state', {})).toMatchObject(held);
  await scene.signIn(hands);
  expect(await hands.get('desk.state', {})).toMatchObject(held);
  expect(await hands.ask('recovery.resume', { key: key(), recoveryId })).toMatchObject({
    ok: false,
    error: { code: 'PLAN_ALTERED' },
  });
  await hands.close();
});
