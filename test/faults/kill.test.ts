import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKillScene } from '../support/kill-scene.ts';
import type { KillScene } from '../support/kill-scene.ts';

/** Four freezes and the identity, the link, four recoveries, four freezes lifted: each with its moments. */
const MOMENTS: readonly (readonly [string, number, string])[] = [
  ['judged:contain', 1, 'the first freezes are judged'],
  ['intended:contain', 1, 'freezes and identity are stored unsigned'],
  ['signed:contain', 1, 'freezes and identity are signed, none is sent'],
  ['broadcast:contain', 2, 'the second of four freezes is sent'],
  ['mined:contain', 1, 'the first freeze is recorded as mined'],
  ['ended:create_identity', 1, 'the outcome of the identity is written'],
  ['intended:recover_identity', 1, 'the identity recovery is stored unsigned'],
  ['broadcast:recover_identity', 1, 'the identity recovery is sent, and that is not written yet'],
  ['final:recover_identity', 1, 'the identity recovery is final, its outcome is not written'],
  ['intended:recover_tokens', 1, 'the token recoveries are stored unsigned'],
  ['signed:recover_tokens', 1, 'the token recoveries are signed, none is sent'],
  ['broadcast:recover_tokens', 2, 'the second of four token recoveries is sent'],
  ['ended:recover_tokens', 3, 'the outcome of the third token is written'],
  ['signed:recover_tokens', 2, 'the liftings of the freezes are signed'],
  ['broadcast:recover_tokens', 6, 'the second of four freezes is lifted'],
  ['judged:verify', 1, 'everything is verified, and that is not written yet'],
  ['ended:verify', 1, 'the verification is written, the end is not'],
];

const WITH_GENERATED_WALLET: readonly (readonly [string, string])[] = [
  ['begun', 'the recovery is opened in the journal'],
  ['proven:create_wallet', 'the wallet is proven, and that is not written yet'],
];

describe('kill -9 of `recover`, then `resume`, ends as without it and does nothing twice', () => {
  let scene: KillScene;
  beforeAll(async () => {
    scene = await openKillScene();
  });
  afterAll(() => scene.desk.close());

  it.each(MOMENTS)('at %s, time %i: %s', async (at, count) => {
    expect(await scene.killedAndResumed([{ signal: 'SIGKILL', at, count }])).toBe('completed');
  });

  it.each(WITH_GENERATED_WALLET)('at %s, with a wallet that the desk makes: %s', async (at) => {
    expect(await scene.killedAndResumed([{ signal: 'SIGKILL', at }], 'generated')).toBe('completed');
  });
});
