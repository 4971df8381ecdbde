/** Fees and estimates that go past what was confirmed: nothing is begun, sent or left half done that cannot be paid for. */
import { toQuantity } from 'ethers';
import { afterEach, describe, expect, it } from 'vitest';
import { previewArgs, previewOf, writePolicy } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene } from '../support/fault-scene.ts';
import {
  CREATE_IDENTITY,
  RECOVER_IDENTITY,
  RECOVER_TOKENS,
  askedCall,
  isLook,
} from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { Answer } from '../support/fault-stage.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { confirmedCost, signedCost } from '../support/signed-cost.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
/** In tenths: where the bound lasts for some of the tokens and not for all. */
const RISE = 90n;
const COMPROMISED = ['--reason', 'compromised'];

afterEach(() => scene.stage.calm());

function line(personId: string, ...more: readonly string[]): readonly string[] {
  const { desk, stage, data } = scene;
  return desk.recoverArgs(desk.person(personId), data, '--network', stage.profile(), ...more);
}

function resume(...more: readonly string[]) {
  return terminal(resumeArgs(scene.desk, scene.data, null, ...more));
}

/** A node that does not simulate, and asks for so much gas for each token. */
function tokensTake(gas: number): Answer {
  return (request) => {
    if (request.method === 'eth_simulateV1') return { error: { code: -32_601, message: 'Method not found' } };
    const call = askedCall(request);
    const asked = call?.method === 'eth_estimateGas' && call.data.startsWith(RECOVER_TOKENS);
    return asked ? { result: toQuantity(gas) } : 'pass';
  };
}

/** From now on a unit of gas costs so many tenths of what it cost. */
async function feesRise(tenths: bigint): Promise<void> {
  const { provider } = scene.desk;
  const tip = BigInt(String(await provider.send('eth_maxPriorityFeePerGas', [])));
  const base = (await provider.getBlock('latest'))?.baseFeePerGas ?? 0n;
  const now = ((2n * base + tip) * tenths) / 10n;
  scene.stage.answer(({ method }) =>
    method === 'eth_maxPriorityFeePerGas' ? { result: toQuantity(now - 2n * base) } : 'pass',
  );
}

/** Ended for its cost, with nothing irreversible signed. */
function expectBoundReached(run: TerminalRun): void {
  expect(resultOf(run)).toMatchObject({ status: 'failed', reason: { code: 'COST_BOUND_REACHED' } });
  expect(readJournalFile(scene.data).recovery.noReturnAt).toBeNull();
}

describe('tokens that together may cost more than the bound', () => {
  it('are sent as far as they fit, and the rest once those have cost less: none fails', async () => {
    writePolicy(scene.data, { costMarginPercent: 100 });
    scene.stage.answer(tokensTake(500_000));

    const run = await terminal(line('luca-ferri'));

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run).tokens).toMatchObject({ total: 4, recovered: 4 });
  });

  it('wait for what is mined to be final, where only that frees what they need', async () => {
    const { data, desk, stage } = scene;
    writePolicy(data, { costMarginPercent: 100 });
    const dear = tokensTake(500_000);
    stage.answer(async (request) => {
      if (isLook(request)) await desk.provider.send('evm_mine', []);
      return dear(request);
    });
    const profile = stage.profile({ finality: undefined, confirmations: 3 });

    const run = await terminal(line('luca-ferri', '--network', profile));

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run).tokens).toMatchObject({ total: 4, recovered: 4 });
  });

  it.each([
    ['in one run', 16],
    ['one after the other', 1],
  ])('name one amount where none fits %s, and under that amount all are recovered', async (_how, window) => {
    const { data, desk } = scene;
    writePolicy(data, { costMarginPercent: 100, pendingWindow: window });
    scene.stage.answer(tokensTake(2_500_000));
    const failed = resultOf(await terminal(line('luca-ferri')));
    const amounts = new Set(
      failed.tokens.failures.map(({ remedy }) => /--highest-cost (\d+)/.exec(remedy)?.[1]),
    );
    expect(failed.tokens).toMatchObject({ recovered: 0, failed: 4 });
    expect(amounts.size).toBe(1);
    const [amount = ''] = amounts;
    expect(BigInt(amount)).toBeGreaterThan(confirmedCost(data));

    const text = `RECOVER ${desk.person('luca-ferri').lostWallet?.slice(-6) ?? ''}`;
    const run = await resume('--highest-cost', amount, '--confirm', text);

    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toContain(`may then cost up to ${amount} wei`);
    expect(resultOf(run).tokens).toMatchObject({ recovered: 4, failed: 0 });
  });
});

describe('fees that rise after the plan', () => {
  it('past what it allows end the recovery before anything irreversible: the person is free for another', async () => {
    const { data, desk, stage } = scene;
    writePolicy(data, { costMarginPercent: 100 });
    const rise = stage.when('begun', () => feesRise(22n));

    const run = await terminal(line('luca-ferri', ...COMPROMISED), { checkpoint: rise });

    expect(resultOf(run)).toMatchObject({ status: 'failed', reason: { code: 'COST_BOUND_REACHED' } });
    expect(readJournalFile(data).transactions).toEqual([]);
    await stage.calm();
    const wallet = desk.person('luca-ferri').lostWallet ?? '';
    const { preview } = previewOf(await terminal(previewArgs(desk, data, '--wallet', wallet)));
    expect(preview.blockers).toEqual([]);
  });

  it.each([
    ['freezes', 'contain', COMPROMISED],
    ['the link', 'recover_identity', []],
  ])('while the desk was down with %s stored unsigned leave them so', async (_what, phase, reason) => {
    const { data } = scene;
    writePolicy(data, { costMarginPercent: 100 });
    const killed = await faultyDesk(
      { signal: 'SIGKILL', at: `intended:${phase}` },
      line('luca-ferri', ...reason),
    );
    expect(killed.signal).toBe('SIGKILL');
    await feesRise(22n);

    const run = await resume();

    expectBoundReached(run);
    const { transactions } = readJournalFile(data);
    const unsigned = transactions.filter(({ raw }) => raw === null);
    expect(new Set(unsigned.map(({ state }) => state))).toEqual(new Set(['abandoned']));
    const signed = transactions.filter(({ raw }) => raw !== null);
    expect(signed.every(({ step }) => step.startsWith('create_identity:'))).toBe(true);
  });

  it('while the new identity is made end the recovery before the link is signed', async () => {
    const { data, stage } = scene;
    writePolicy(data, { costMarginPercent: 100 });
    const rise = stage.when('mined:create_identity', () => feesRise(22n));

    const run = await terminal(line('luca-ferri'), { checkpoint: rise });

    expectBoundReached(run);
    const { transactions } = readJournalFile(data);
    expect(transactions.map(({ step, state }) => [step.split(':')[0], state])).toEqual([
      ['create_identity', 'final'],
    ]);
  });

  it('do so too where the identity was signed with far more gas than was expected of it', async () => {
    const { data, stage } = scene;
    writePolicy(data, { costMarginPercent: 100 });
    const dear: Answer = (request) => {
      const call = askedCall(request);
      const isCreation = call?.method === 'eth_estimateGas' && call.data.startsWith(CREATE_IDENTITY);
      return isCreation ? { result: toQuantity(600_000) } : 'pass';
    };
    stage.answer(dear);
    const rise = stage.when('mined:create_identity', () => feesRise(22n));

    const run = await terminal(line('luca-ferri'), { checkpoint: rise });

    expectBoundReached(run);
    const { transactions } = readJournalFile(data);
    expect(transactions.map(({ step }) => step.split(':')[0])).toEqual(['create_identity']);
  });

  it('leave no token frozen by us on the replacement: each is only sent with what lifting the freeze costs', async () => {
    const { data, stage } = scene;
    const rise = stage.when('final:recover_identity', () => feesRise(RISE));

    const run = await terminal(line('luca-ferri', ...COMPROMISED), { checkpoint: rise });

    const { tokens, followUps, phases } = resultOf(run);
    expect(tokens.recovered).toBeGreaterThan(0);
    expect(tokens.failed).toBeGreaterThan(0);
    expect(tokens.recovered + tokens.failed).toBe(4);
    expect(followUps.map(({ code }) => code)).not.toContain('REPLACEMENT_LEFT_FROZEN');
    expect(phases.find(({ name }) => name === 'verify')?.status).toBe('done');
    expect(signedCost(data)).toBeLessThanOrEqual(confirmedCost(data));
  });
});

describe('fees that fall again', () => {
  it('let what did not fit be sent after all, once nothing else is left to be sent', async () => {
    const { data, desk, stage } = scene;
    writePolicy(data, { costMarginPercent: 100, pendingWindow: 1 });
    const tip = BigInt(String(await desk.provider.send('eth_maxPriorityFeePerGas', [])));
    let asked = 0;
    const rise = stage.when('final:recover_identity', async () =>
      stage.answer(({ method }) => {
        if (method !== 'eth_maxPriorityFeePerGas') return 'pass';
        asked += 1;
        return asked === 1 ? { result: toQuantity(tip * 20n) } : 'pass';
      }),
    );

    const run = await terminal(line('luca-ferri'), { checkpoint: rise });

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run).tokens).toMatchObject({ recovered: 4, failed: 0 });
    const tokens = readJournalFile(data).steps.filter(({ name }) => name.startsWith('recover_token:'));
    expect(tokens.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1]);
  });

  it('only to rise each time that they are asked for end what does not fit, and nothing is asked for ever', async () => {
    const { data, desk, stage } = scene;
    writePolicy(data, { costMarginPercent: 100 });
    const tip = BigInt(String(await desk.provider.send('eth_maxPriorityFeePerGas', [])));
    let asked = 0;
    const rise = stage.when('final:recover_identity', async () =>
      stage.answer(({ method }) => {
        if (method !== 'eth_maxPriorityFeePerGas') return 'pass';
        asked += 1;
        return asked % 2 === 1 ? { result: toQuantity(tip * 2_000n) } : 'pass';
      }),
    );

    const run = await terminal(line('luca-ferri'), { checkpoint: rise });

    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run).tokens).toMatchObject({ recovered: 0, failed: 4 });
    expect(resultOf(run).tokens.failures[0]?.remedy).toContain('--highest-cost');
  });
});

describe('a recovery that its bound just holds', () => {
  it('is not measured twice by what it has sent before it was cut off', async () => {
    writePolicy(scene.data, { costMarginPercent: 100 });
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'sent:create_identity' }, line('jonas-weir'));
    expect(killed.signal).toBe('SIGKILL');

    const run = await resume();

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  });

  it('names one amount for all that is to come, where the link was refused and has to be paid for again', async () => {
    const { data, desk, stage } = scene;
    writePolicy(data, { costMarginPercent: 100 });
    stage.answer((request) => {
      const call = askedCall(request);
      const low = call?.method === 'eth_estimateGas' && call.data.startsWith(RECOVER_IDENTITY);
      return low ? { result: toQuantity(86_000) } : 'pass';
    });
    const refused = await terminal(line('luca-ferri'));
    expect(resultOf(refused)).toMatchObject({ status: 'stopped', reason: { code: 'STEP_REVERTED' } });
    await feesRise(200n);
    const { reason } = resultOf(await resume('--network', stage.profile()));
    expect(reason?.code).toBe('COST_BOUND_REACHED');
    const amount = /--highest-cost (\d+)/.exec(reason?.remedy ?? '')?.[1] ?? '';

    const text = `RECOVER ${desk.person('luca-ferri').lostWallet?.slice(-6) ?? ''}`;
    const run = await resume('--network', stage.profile(), '--highest-cost', amount, '--confirm', text);

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run).tokens).toMatchObject({ total: 4, recovered: 4 });
  });
});
