import { toQuantity } from 'ethers';
import type { Transaction } from 'ethers';
import { describe, expect, it } from 'vitest';
import { writePolicy } from '../support/command-line.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import type { Answer } from '../support/fault-stage.ts';
import {
  RECOVER_IDENTITY,
  RECOVER_TOKENS,
  askedCall,
  isLook,
  refusal,
  sentTransaction,
} from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { confirmedCost, restOfPlan, signedCost } from '../support/signed-cost.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
const GWEI = 10n ** 9n;

/** Recovers a person of two tokens through the proxy. */
function recoverThrough(how: Answer, moment = 'begun'): Promise<TerminalRun> {
  const { desk, stage, data } = scene;
  const args = desk.recoverArgs(desk.person('jonas-weir'), data, '--network', stage.profile());
  return terminal(args, { checkpoint: stage.when(moment, async () => stage.answer(how)) });
}

/** The node itself would suggest what it was last paid. */
const usualFees: Answer = ({ method }) =>
  method === 'eth_maxPriorityFeePerGas' ? { result: toQuantity(GWEI) } : 'pass';

async function expectResumes(answer: Answer = () => 'pass'): Promise<void> {
  const { desk, stage, data, before } = scene;
  await stage.calm();
  stage.answer(answer);
  const run = await terminal(resumeArgs(desk, data, null));
  expect(run.code, run.stderr).toBe(0);
  expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  const person = desk.person('jonas-weir');
  expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
}

async function mineOne(): Promise<ProxyAnswer> {
  await scene.desk.provider.send('evm_mine', []);
  return 'pass';
}

/** Acknowledges what is sent and takes it into no block, while blocks come and each quote is so much of the last. */
function withholding(firstTip: bigint, percent: bigint): Answer {
  const held = new Map<unknown, Transaction>();
  let tip = firstTip;
  return (request) => {
    const sent = sentTransaction(request);
    if (sent !== null) {
      held.set(sent.hash, sent);
      return { result: sent.hash };
    }
    const known = held.get(request.params?.[0]);
    if (request.method === 'eth_getTransactionByHash' && known !== undefined) {
      const { hash, from, nonce } = known;
      return { result: { hash, from, nonce: toQuantity(nonce), blockNumber: null } };
    }
    if (request.method === 'eth_maxPriorityFeePerGas' && held.size > 0) {
      tip = (tip * percent) / 100n;
      return { result: toQuantity(tip) };
    }
    return isLook(request) ? mineOne() : 'pass';
  };
}

describe('an endpoint that withholds what it acknowledged and quotes ever higher fees', () => {
  it.each([
    ['little by little', 5n * GWEI, 100n, 2],
    ['twice and twice again', GWEI / 4n, 200n, 1],
    ['at once', 10n ** 15n, 200n, 0],
  ])(
    '%s never gets a signature past the cost that was confirmed',
    async (_how, firstTip, percent, leastBumps) => {
      writePolicy(scene.data, { bumpAfterBlocks: 1, maxBumps: 20, miningPatienceSeconds: 4 });

      const run = await recoverThrough(withholding(firstTip, percent));

      expect(resultOf(run)).toMatchObject({ status: 'stopped', reason: { code: 'NOT_MINED' } });
      expect(run.stderr).toContain('highest cost of the plan');
      const bumps = readJournalFile(scene.data).transactions.filter(({ bump }) => bump > 0);
      expect(bumps.length).toBeGreaterThanOrEqual(leastBumps);
      // What the raised fees leave of the bound pays for the rest, once fees are as they were.
      const claimed = signedCost(scene.data) + restOfPlan(scene.data);
      expect(claimed).toBeLessThanOrEqual(confirmedCost(scene.data));

      await expectResumes(usualFees);
    },
  );

  it('gets none for the use of a nonce either, where it refused the call', async () => {
    let refused = 0;
    const run = await recoverThrough((request) => {
      const sent = sentTransaction(request);
      if (sent?.data.startsWith(RECOVER_TOKENS) === true) {
        refused += 1;
        return refusal('exceeds block gas limit');
      }
      const gouging = request.method === 'eth_maxPriorityFeePerGas' && refused > 0;
      return gouging ? { result: toQuantity(10n ** 15n) } : 'pass';
    });

    expect(resultOf(run)).toMatchObject({ status: 'stopped', reason: { code: 'COST_BOUND_REACHED' } });
    const { transactions } = readJournalFile(scene.data);
    expect(transactions.filter(({ purpose }) => purpose === 'fill')).toEqual([]);
    expect(signedCost(scene.data)).toBeLessThanOrEqual(confirmedCost(scene.data));
    await expectResumes();
  });
});

describe('a node that refuses the identity recovery once', () => {
  it('because its pool is full does not end the recovery: resume completes it', async () => {
    let refused = false;
    const run = await recoverThrough((request) => {
      if (refused || sentTransaction(request)?.data.startsWith(RECOVER_IDENTITY) !== true) return 'pass';
      refused = true;
      return refusal('txpool is full');
    });

    expect(run.code, run.stderr).toBe(1);
    expect(resultOf(run).status).toBe('stopped');
    await scene.stage.calm();
    const resumed = resultOf(await terminal(resumeArgs(scene.desk, scene.data, null)));
    expect(resumed).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    const effects = await countEffects(
      scene.desk,
      scene.desk.person('jonas-weir'),
      replacementIn(scene.data),
      scene.before,
    );
    expect(effects).toMatchObject({ identityRecovered: 1, linked: 1, failed: 0, repeatedCalls: 0 });
  });

  it('because its estimate was too low and the gas ran out stops, and resume tries it a second time', async () => {
    const run = await recoverThrough((request) => {
      const call = askedCall(request);
      const low = call?.method === 'eth_estimateGas' && call.data.startsWith(RECOVER_IDENTITY);
      return low ? { result: toQuantity(86_000) } : 'pass';
    });

    expect(resultOf(run)).toMatchObject({ status: 'stopped', reason: { code: 'STEP_REVERTED' } });
    await scene.stage.calm();
    const resumed = await terminal(resumeArgs(scene.desk, scene.data, null));
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resultOf(resumed)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    const relinks = readJournalFile(scene.data).steps.filter(({ phase }) => phase === 'recover_identity');
    expect(relinks.map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'failed'],
      [2, 'done'],
    ]);
  });
});

describe('a node that finds the fee of the first broadcast too low by now', () => {
  it('gets a higher one at the same nonce, within the bound, and the recovery completes', async () => {
    const refused = new Set<string | null>();

    const run = await recoverThrough((request) => {
      const sent = sentTransaction(request);
      if (sent?.data.startsWith(RECOVER_IDENTITY) !== true) return 'pass';
      if (refused.size > 0 && !refused.has(sent.hash)) return 'pass';
      refused.add(sent.hash);
      return refusal('max fee per gas less than block base fee: address 0x00, maxFeePerGas: 1, baseFee: 2');
    });

    expect(run.code, run.stderr).toBe(0);
    const { transactions } = readJournalFile(scene.data);
    const relinks = transactions.filter(({ step }) => step.startsWith('recover_identity:'));
    expect(relinks.map(({ bump, state }) => [bump, state])).toEqual([
      [0, 'replaced'],
      [1, 'final'],
    ]);
    expect(new Set(relinks.map(({ nonce }) => nonce)).size).toBe(1);
    expect(signedCost(scene.data)).toBeLessThanOrEqual(confirmedCost(scene.data));
  });
});
