import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../support/fault.ts';
import { openKillScene } from '../support/kill-scene.ts';
import type { KillScene } from '../support/kill-scene.ts';

const kill = (at: string, count = 1): Fault => ({ signal: 'SIGKILL', at, count });

const TWICE: readonly (readonly [string, readonly Fault[]])[] = [
  ['signed freezes, then the first one mined', [kill('signed:contain'), kill('mined:contain', 2)]],
  [
    'an identity recovery stored unsigned, then sent',
    [kill('intended:recover_identity'), kill('broadcast:recover_identity')],
  ],
  [
    'token recoveries stored unsigned, then half of them sent',
    [kill('intended:recover_tokens'), kill('broadcast:recover_tokens', 2)],
  ],
  [
    'half of the token recoveries sent, then the liftings of freezes stored, then signed',
    [kill('broadcast:recover_tokens', 2), kill('intended:recover_tokens'), kill('ended:recover_tokens', 3)],
  ],
];

const DRAWN = 10;
const SEED = 20_240_817;

/** mulberry32: the same numbers on each machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomFrom(SEED);
const CHANCES = Array.from({ length: DRAWN }, random);

describe('kill -9 of `recover`, and again of `resume`', () => {
  let scene: KillScene;
  beforeAll(async () => {
    scene = await openKillScene();
  });
  afterAll(() => scene.desk.close());

  it.each(TWICE)('ends as without it and does nothing twice: %s', async (_what, kills) => {
    expect(await scene.killedAndResumed(kills)).toBe('completed');
  });

  it.each(CHANCES)('at a moment drawn by chance (%f of the way) ends as without it', async (chance) => {
    const index = Math.floor(chance * scene.moments.length);
    expect(scene.moments.length).toBeGreaterThan(80);
    expect(await scene.killedAndResumed([{ signal: 'SIGKILL', count: index + 1 }])).toBe('completed');
  });
});
