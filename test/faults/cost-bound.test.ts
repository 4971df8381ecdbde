/** On nodes that do not simulate, a plan knows the typical gas alone: a token may ask for more than was confirmed. */
import { toQuantity } from 'ethers';
import { describe, expect, it } from 'vitest';
import { writePolicy } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene } from '../support/fault-scene.ts';
import { RECOVER_TOKENS, askedCall } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxiedRequest, ProxyAnswer } from '../support/node-proxy.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { confirmedCost, signedCost } from '../support/signed-cost.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
/** Below what the engine takes for a token gone wild, and above what the plan was confirmed with. */
const DEAR = 2_500_000;

function dearAlde(request: ProxiedRequest): ProxyAnswer {
  if (request.method === 'eth_simulateV1') return { error: { code: -32_601, message: 'Method not found' } };
  const call = askedCall(request);
  const alde = scene.acts.token('ALDE').address.toLowerCase();
  const dear = call?.to === alde && call.method === 'eth_estimateGas' && call.data.startsWith(RECOVER_TOKENS);
  return dear ? { result: toQuantity(DEAR) } : 'pass';
}

async function recoverDear(): Promise<TerminalRun> {
  const { desk, stage, data } = scene;
  writePolicy(data, { costMarginPercent: 100 });
  stage.answer(dearAlde);
  return terminal(desk.recoverArgs(desk.person('jonas-weir'), data, '--network', stage.profile()));
}

function resume(...more: readonly string[]): Promise<TerminalRun> {
  return terminal(resumeArgs(scene.desk, scene.data, null, ...more));
}

function confirmation(): string {
  return `RECOVER ${scene.desk.person('jonas-weir').lostWallet?.slice(-6) ?? ''}`;
}

describe('a token that asks for more than is left of the confirmed cost', () => {
  it('is left out alone: what fits is sent, and nothing past the bound is signed', async () => {
    const run = await recoverDear();

    expect(run.code, run.stderr).toBe(3);
    const { status, tokens } = resultOf(run);
    expect(status).toBe('completed_with_token_failures');
    expect(tokens).toMatchObject({ recovered: 1, failures: [{ symbol: 'ALDE' }] });
    expect(tokens.failures[0]?.remedy).toMatch(/resume R-\w+ --highest-cost \d+/);
    expect(signedCost(scene.data)).toBeLessThanOrEqual(confirmedCost(scene.data));
  });

  it('stays a token failure at a retry under the same bound: the ended recovery does not become a stopped one', async () => {
    await recoverDear();

    const again = await resume();

    expect(again.code, again.stderr).toBe(3);
    expect(resultOf(again)).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { recovered: 1, failed: 1 },
    });
  });

  it('is recovered under a higher bound, once that is confirmed by typed text', async () => {
    const remedy = resultOf(await recoverDear()).tokens.failures[0]?.remedy ?? '';
    const wanted = /--highest-cost (\d+)/.exec(remedy)?.[1] ?? '';

    const run = await resume('--highest-cost', `${wanted}0`, '--confirm', confirmation());

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    expect(signedCost(scene.data)).toBeGreaterThan(confirmedCost(scene.data));
  });
});

describe('a higher cost bound', () => {
  it('counts for the run that it was confirmed to: one that goes on after a crash asks for it again', async () => {
    const remedy = resultOf(await recoverDear()).tokens.failures[0]?.remedy ?? '';
    const raised = `${/--highest-cost (\d+)/.exec(remedy)?.[1] ?? ''}0`;
    const confirmed = ['--highest-cost', raised, '--confirm', confirmation()];
    const killed = await faultyDesk(
      { signal: 'SIGKILL', at: 'intended:recover_tokens' },
      resumeArgs(scene.desk, scene.data, null, ...confirmed),
    );
    expect(killed.signal, killed.stderr).toBe('SIGKILL');

    const unconfirmed = resultOf(await resume());

    expect(unconfirmed).toMatchObject({ status: 'stopped', reason: { code: 'COST_BOUND_REACHED' } });
    expect(unconfirmed.reason?.remedy).toContain(`--highest-cost ${raised}`);
    expect(signedCost(scene.data)).toBeLessThanOrEqual(confirmedCost(scene.data));
    const lower = await resume('--highest-cost', raised.slice(0, -1), '--confirm', confirmation());
    expect(lower.stdout).toContain('BAD_USAGE');

    const run = await resume(...confirmed);

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
  });

  it.each<[string, readonly string[], string, number]>([
    ['with the wrong text', ['--highest-cost', '9'.repeat(20), '--confirm', 'yes'], 'CONFIRMATION_WRONG', 2],
    ['that is none', ['--highest-cost', '1', '--confirm', 'RIGHT'], 'BAD_USAGE', 2],
    ['that is no amount', ['--highest-cost', '-5', '--confirm', 'RIGHT'], 'BAD_USAGE', 2],
    ['without the text', ['--highest-cost', '9'.repeat(20)], 'CONFIRMATION_MISSING', 2],
    ['past policy', ['--highest-cost', '9'.repeat(30), '--confirm', 'RIGHT'], 'BLOCKED', 4],
  ])('%s is refused, and nothing is sent', async (_how, args, code, exit) => {
    const policy = { costMarginPercent: 100, highestCostWei: '9'.repeat(25) };
    await recoverDear();
    writePolicy(scene.data, policy);
    const sent = readJournalFile(scene.data).transactions.length;

    const run = await resume(...args.map((word) => (word === 'RIGHT' ? confirmation() : word)));

    expect(run.code, run.stderr).toBe(exit);
    expect(run.stdout).toContain(code);
    expect(readJournalFile(scene.data).transactions).toHaveLength(sent);
  });
});
