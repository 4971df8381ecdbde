/** Others change the link past the point of no return: no resume could come to the plan's goal any more. */
import { afterEach, describe, expect, it } from 'vitest';
import { PRACTICE_ROLES, practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { previewArgs, previewOf } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { countEffects } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { ELSEWHERE, eraseLink, linkElsewhere, markLost } from '../support/other-administrators.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
const SYMBOLS = ['NGB28', 'QUAY', 'EURQ', 'USDQ'];

function lostWallet(): string {
  return scene.desk.person('luca-ferri').lostWallet ?? '';
}

function compromisedLine(): readonly string[] {
  const { desk, stage, data } = scene;
  const more = ['--network', stage.profile(), '--reason', 'compromised'];
  return desk.recoverArgs(desk.person('luca-ferri'), data, ...more);
}

async function recoverWith(moment: string, act: () => Promise<void>): Promise<RecoveryResult> {
  const { stage } = scene;
  const run = await terminal(compromisedLine(), { checkpoint: stage.when(moment, act) });
  await stage.calm();
  return resultOf(run);
}

async function blockersNow(): Promise<readonly string[]> {
  const { desk, data } = scene;
  const { preview } = previewOf(await terminal(previewArgs(desk, data, '--wallet', lostWallet())));
  return preview.blockers.map(({ code }) => code);
}

/** Nothing of the recovery is under way, and neither the person nor the operator's key is held by it. */
async function expectFree(): Promise<void> {
  const { desk, data } = scene;
  const { transactions } = readJournalFile(data);
  const states = new Set(transactions.map(({ state }) => state));
  expect([...states].filter((state) => !['final', 'replaced', 'abandoned'].includes(state))).toEqual([]);
  const sent = await desk.provider.getTransactionCount(practiceAddress(PRACTICE_ROLES.operator), 'pending');
  expect(sent).toBe(1 + Math.max(...transactions.map(({ nonce }) => nonce)));
  expect(await blockersNow()).not.toContain('RECOVERY_IN_PROGRESS');
  const other = await terminal(desk.recoverArgs(desk.person('jonas-weir'), data));
  expect(resultOf(other)).toMatchObject({ status: 'completed' });
}

async function expectFailedElsewhere(result: RecoveryResult): Promise<void> {
  const { desk, data, before } = scene;
  expect(result).toMatchObject({
    status: 'failed',
    reason: { code: 'RECOVERED_ELSEWHERE' },
    tokens: { total: 4, recovered: 0 },
  });
  expect(result.reason?.message).toContain(ELSEWHERE);
  const ours = await countEffects(desk, desk.person('luca-ferri'), replacementIn(data), before);
  expect(ours.tokens.every(({ recovered }) => recovered === 0)).toBe(true);
}

function expectFreezesTold({ followUps }: RecoveryResult): void {
  expect(followUps.map(({ code }) => code)).toEqual(['LOST_WALLET_LEFT_FROZEN']);
  for (const symbol of SYMBOLS) expect(followUps[0]?.message).toContain(symbol);
}

afterEach(() => scene.stage.calm());

describe('the person recovered to another wallet', () => {
  it('before our first irreversible step ends the recovery as failed, with nothing to tell', async () => {
    const { desk, acts } = scene;

    const result = await recoverWith('begun', () => linkElsewhere(desk, acts, lostWallet()));

    await expectFailedElsewhere(result);
    expect(result.followUps).toEqual([]);
  });

  it.each(['final:contain', 'judged:recover_identity', 'intended:recover_identity'])(
    'past our point of no return (%s) ends the recovery as failed, tells of our freezes, and leaves person and operator free',
    async (moment) => {
      const { desk, acts, data } = scene;

      const result = await recoverWith(moment, () => linkElsewhere(desk, acts, lostWallet()));

      await expectFailedElsewhere(result);
      expectFreezesTold(result);
      const again = await terminal(resumeArgs(desk, data, null));
      expect(again.code).toBe(1);
      expect(again.stdout).toContain('RECOVERY_NOT_RESUMABLE');
      expect(await blockersNow()).toContain('WALLET_ALREADY_LOST');
      await expectFree();
    },
  );

  it('while the desk was down with our freezes stored unsigned ends it with none of them signed', async () => {
    const { desk, acts, data } = scene;
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'intended:contain' }, compromisedLine());
    expect(killed.signal).toBe('SIGKILL');
    await linkElsewhere(desk, acts, lostWallet());

    const result = resultOf(await terminal(resumeArgs(desk, data, null)));

    await expectFailedElsewhere(result);
    expect(result.followUps).toEqual([]);
    const { recovery, transactions } = readJournalFile(data);
    expect(recovery.noReturnAt).toBeNull();
    expect(transactions.filter(({ purpose, raw }) => purpose === 'call' && raw !== null)).toEqual([]);
    await expectFree();
  });

  it('while the desk was down with the link stored unsigned: its nonce is used up, then the recovery ends', async () => {
    const { desk, acts, data } = scene;
    const killed = await faultyDesk(
      { signal: 'SIGKILL', at: 'intended:recover_identity' },
      compromisedLine(),
    );
    expect(killed.signal).toBe('SIGKILL');
    await linkElsewhere(desk, acts, lostWallet());

    const result = resultOf(await terminal(resumeArgs(desk, data, null)));

    await expectFailedElsewhere(result);
    expectFreezesTold(result);
    const fills = readJournalFile(data).transactions.filter(({ purpose }) => purpose === 'fill');
    expect(fills.map(({ state }) => state)).toEqual(['final']);
    await expectFree();
  });
});

describe('the link erased by registering the lost wallet again', () => {
  it('before ours stands ends the recovery as failed, for the chain would refuse it for ever', async () => {
    const { desk, acts } = scene;

    const result = await recoverWith('final:contain', async () => {
      await linkElsewhere(desk, acts, lostWallet());
      await eraseLink(desk, acts, lostWallet());
    });

    expect(result).toMatchObject({ status: 'failed', reason: { code: 'STATE_CONFLICT' } });
    expectFreezesTold(result);
    await expectFree();
  });

  it('after ours stood ends with the tokens failed and the verification too, and can be tried again', async () => {
    const { desk, acts, data } = scene;

    const result = await recoverWith('final:recover_identity', () => eraseLink(desk, acts, lostWallet()));

    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { total: 4, recovered: 0, failed: 4 },
    });
    const verify = result.phases.find(({ name }) => name === 'verify');
    expect(verify?.status).toBe('failed');
    expect(verify?.reason).toContain('the lost wallet is still registered');
    expect(await blockersNow()).not.toContain('RECOVERY_IN_PROGRESS');
    const again = await terminal(resumeArgs(desk, data, null));
    expect(again.code).toBe(5);
    expect(resultOf(again).status).toBe('completed_with_token_failures');
    await expectFree();
  });
});

describe('the replacement marked as lost before ours stands', () => {
  it.each(['final:create_identity', 'judged:recover_identity'])(
    '(%s) ends the recovery as failed, for the chain would refuse the link for ever',
    async (moment) => {
      const { desk, acts, data } = scene;

      const result = await recoverWith(moment, () => markLost(desk, acts, replacementIn(data)));

      expect(result).toMatchObject({ status: 'failed', reason: { code: 'STATE_CONFLICT' } });
      expect(result.reason?.message).toContain('replacement');
      expectFreezesTold(result);
      await expectFree();
    },
  );

  it('after ours stood does not keep the tokens from following the link', async () => {
    const { desk, acts, data } = scene;
    const mark = (): Promise<void> => linkElsewhere(desk, acts, replacementIn(data));

    const result = await recoverWith('final:recover_identity', mark);

    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { total: 4, recovered: 4 },
    });
    const verify = result.phases.find(({ name }) => name === 'verify');
    expect(verify?.reason).toContain('not registered with the planned identity');
  });
});
