import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import { writePolicy } from '../support/command-line.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
const MOMENTS = ['begun', 'signed:recover_identity', 'sent:recover_tokens'];
const HURRIED = { requestTimeoutMs: 400, readRetries: 0 };

async function expectWhole(): Promise<void> {
  const { desk, data, before } = scene;
  const person = desk.person('jonas-weir');
  expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
}

async function resumedToTheEnd(): Promise<void> {
  const passphrase = scene.desk.passphraseFile();
  const resumed = await terminal(resumeArgs(scene.desk, scene.data, passphrase));
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resultOf(resumed).status).toBe('completed');
  await expectWhole();
}

/** Recovers to the holder's wallet through the proxy, with something happening at a moment. */
async function recoverWith(moment: string, act: () => Promise<unknown>) {
  const { desk, stage, data } = scene;
  const person = desk.person('jonas-weir');
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  const given = ['--replacement', replacement, '--proof', proof, '--network', stage.profile()];
  return terminal(desk.recoverArgs(person, data, ...given), { checkpoint: stage.when(moment, act) });
}

describe('a node that hangs', () => {
  it.each(MOMENTS)('from %s on is waited for, and the recovery goes on when it answers', async (moment) => {
    writePolicy(scene.data, HURRIED);
    const { pid } = scene.desk.network.node;
    const freeze = async (): Promise<void> => {
      process.kill(pid, 'SIGSTOP');
      let asked = 0;
      scene.stage.answer(() => {
        asked += 1;
        // The third request means that two went unanswered, or that what hung was asked again.
        if (asked > 2) process.kill(pid, 'SIGCONT');
        return 'pass';
      });
    };

    const run = await recoverWith(moment, freeze);

    expect(run.code, run.stderr).toBe(0);
    await expectWhole();
  });

  it.each(MOMENTS)(
    'from %s on for longer than policy is patient: waiting, and resume completes',
    async (moment) => {
      writePolicy(scene.data, { ...HURRIED, networkPatienceSeconds: 1 });
      const { pid } = scene.desk.network.node;

      const run = await recoverWith(moment, async () => process.kill(pid, 'SIGSTOP'));
      process.kill(pid, 'SIGCONT');

      expect(run.code, run.stderr).toBe(1);
      expect(resultOf(run)).toMatchObject({ status: 'waiting', reason: { code: 'ENDPOINT_TIMEOUT' } });
      await scene.stage.calm();
      await resumedToTheEnd();
    },
  );
});

describe('another chain behind the endpoint', () => {
  it.each(['ended:create_identity', 'final:recover_identity', 'signed:recover_tokens'])(
    'from %s on is noticed and nothing more is sent; resume completes on the right chain',
    async (moment) => {
      const { desk, stage } = scene;

      const run = await recoverWith(moment, () => desk.provider.send('anvil_setChainId', [4_242]));
      await stage.calm();
      await desk.provider.send('anvil_setChainId', [desk.network.seed.chainId]);

      expect(resultOf(run).reason?.code, run.stderr).toBe('CHAIN_ID_MISMATCH');
      expect(resultOf(run).status).toBe('stopped');
      await resumedToTheEnd();
    },
  );
});

describe('an operator whose funds run out', () => {
  it.each(['ended:create_identity', 'final:recover_identity', 'signed:recover_tokens'])(
    'at %s makes the recovery wait; refilled, resume completes',
    async (moment) => {
      const { desk, stage } = scene;
      const setFunds = (wei: string) =>
        desk.provider.send('anvil_setBalance', [practiceAddress('operator'), wei]);

      const run = await recoverWith(moment, () => setFunds('0x0'));
      await stage.calm();

      expect(run.code).toBe(1);
      expect(resultOf(run)).toMatchObject({ status: 'waiting', reason: { code: 'OPERATOR_OUT_OF_FUNDS' } });
      await setFunds('0x56bc75e2d63100000');
      await resumedToTheEnd();
    },
  );

  it('before a freeze of ours is lifted makes it wait, and tells where it stands', async () => {
    const { acts, desk, data, stage } = scene;
    const setFunds = (wei: string) =>
      desk.provider.send('anvil_setBalance', [practiceAddress('operator'), wei]);
    const args = desk.recoverArgs(desk.person('luca-ferri'), data, '--network', stage.profile());
    const broke = stage.when('judged:recover_tokens', () => setFunds('0x0'), 2);

    const run = await terminal([...args, '--reason', 'compromised'], { checkpoint: broke });
    await stage.calm();

    const { status, followUps } = resultOf(run);
    expect(status).toBe('waiting');
    expect(followUps.map(({ code }) => code)).toEqual(['LOST_WALLET_LEFT_FROZEN']);
    expect(followUps[0]?.message).toContain(acts.token('NGB28').symbol);
  });
});
