import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { deskProcess, faultyDesk } from '../support/desk-process.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();

async function lineFor(personId: string, ...more: readonly string[]): Promise<readonly string[]> {
  const { desk, data } = scene;
  const person = desk.person(personId);
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  return desk.recoverArgs(person, data, '--replacement', replacement, '--proof', proof, ...more);
}

async function expectResumes(personId: string, contained: 'contained' | 'not contained'): Promise<void> {
  const { desk, data, before } = scene;
  const resumed = await terminal(resumeArgs(desk, data, null));
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resultOf(resumed).status).toBe('completed');
  const person = desk.person(personId);
  expectOnce(await countEffects(desk, person, replacementIn(data), before), person, contained);
}

describe('Ctrl-C', () => {
  it.each(['begun', 'proven:create_wallet', 'intended:create_identity', 'sent:create_identity'])(
    'before the point of no return (%s) cancels: at most an identity was made, which harms nobody',
    async (at) => {
      const { desk, data, before } = scene;

      const run = await faultyDesk({ signal: 'SIGINT', at }, await lineFor('jonas-weir'));

      expect(run.code, run.stderr).toBe(1);
      expect(resultOf(run)).toMatchObject({ status: 'cancelled', reason: { code: 'INTERRUPTED' } });
      const effects = await countEffects(desk, desk.person('jonas-weir'), replacementIn(data), before);
      expect(effects).toMatchObject({ identityRecovered: 0, linked: 0, failed: 0 });
      expect(effects.tokens.every(({ recovered, leftFor }) => recovered + leftFor.length === 0)).toBe(true);
      const again = await terminal(await lineFor('jonas-weir'));
      expect(again.code, again.stderr).toBe(0);
    },
  );

  it.each([
    ['signed:recover_identity', 1],
    ['mined:recover_identity', 1],
    ['ended:recover_identity', 1],
    ['sent:recover_tokens', 1],
    ['ended:recover_tokens', 2],
  ])('after the point of no return (%s, time %i) stops, and resume completes', async (at, count) => {
    const run = await faultyDesk({ signal: 'SIGINT', at, count }, await lineFor('jonas-weir'));

    expect(run.code, run.stderr).toBe(1);
    expect(resultOf(run)).toMatchObject({ status: 'stopped', reason: { code: 'INTERRUPTED' } });
    await expectResumes('jonas-weir', 'not contained');
  });

  it.each(['signed:contain', 'ended:contain'])(
    'of a compromised case stops from the first signed freeze on (%s), tells of them, and resume completes',
    async (at) => {
      const line = await lineFor('luca-ferri', '--reason', 'compromised');

      const run = await faultyDesk({ signal: 'SIGINT', at }, line);

      expect(run.code, run.stderr).toBe(1);
      const { followUps, ...result } = resultOf(run);
      expect(result).toMatchObject({ status: 'stopped', reason: { code: 'INTERRUPTED' } });
      expect(followUps.map(({ code }) => code)).toEqual(['LOST_WALLET_LEFT_FROZEN']);
      for (const symbol of ['NGB28', 'QUAY', 'EURQ', 'USDQ']) expect(followUps[0]?.message).toContain(symbol);
      await expectResumes('luca-ferri', 'contained');
    },
  );

  it('in the terminal itself is answered at once, and the recovery stops at the next safe point', async () => {
    const { stage } = scene;
    let child = 0;
    let heard: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      heard = resolve;
    });
    let broadcasts = 0;
    stage.answer(async ({ method }): Promise<ProxyAnswer> => {
      if (method === 'eth_sendRawTransaction') broadcasts += 1;
      if (broadcasts === 2 && method === 'eth_sendRawTransaction') {
        process.kill(child, 'SIGINT');
        await answered;
      }
      return 'pass';
    });

    const run = await deskProcess(await lineFor('jonas-weir', '--network', stage.profile()), (said, pid) => {
      child = pid;
      if (said.includes('Stopping at the next safe point')) heard();
    });

    expect(run.code, run.stderr).toBe(1);
    expect(resultOf(run)).toMatchObject({ status: 'stopped', reason: { code: 'INTERRUPTED' } });
    await expectResumes('jonas-weir', 'not contained');
  });
});
