import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene({ blockTime: 1 });
const THIEF = path.join(import.meta.dirname, '..', 'support', 'thief.mjs');

describe('a thief with the lost key', () => {
  it('tries each token every block from the moment of containment, and not one unit leaves', async () => {
    const { desk, data, before } = scene;
    const person = desk.person('luca-ferri');
    const keyFile = path.join(desk.folder, 'stolen.key');
    writeFileSync(keyFile, practiceKey('lost:luca-ferri'), { mode: 0o600 });
    const asked = {
      rpc: desk.network.node.url,
      keyFile,
      tokens: person.holdings.map(({ token }) => token),
      accomplice: practiceAddress('accomplice'),
    };
    const thief = spawn(process.execPath, [THIEF, JSON.stringify(asked)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [loot] = [text(thief.stdout), await once(thief.stderr, 'data')];

    const run = await terminal(desk.recoverArgs(person, data, '--reason', 'compromised'));
    thief.kill('SIGTERM');

    const { tried, mined, succeeded } = JSON.parse(await loot) as Record<string, number>;
    expect(tried).toBeGreaterThanOrEqual(person.holdings.length);
    expect(mined).toBeGreaterThan(0);
    expect(succeeded).toBe(0);
    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { total: 4, recovered: 4 } });
    const effects = await countEffects(desk, person, replacementIn(data), before);
    expectOnce(effects, person, 'contained');
    const accomplice = practiceAddress('accomplice') as string;
    expect(effects.tokens.flatMap(({ leftFor }) => leftFor)).not.toContain(accomplice);
  });
});
