/** A token whose end, or the money for which, counts only at a final block holds no other meanwhile. */
import { Contract, Wallet, toQuantity } from 'ethers';
import { afterEach, describe, expect, it } from 'vitest';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import { writePolicy } from '../support/command-line.ts';
import { faultScene } from '../support/fault-scene.ts';
import type { Answer } from '../support/fault-stage.ts';
import { RECOVER_IDENTITY, RECOVER_TOKENS, askedCall, isLook } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
const CONFIRMATIONS = 40;
/** Gas of a link that takes far less than that, and of a token that fits beside it only when that has shown. */
const DEAR_LINK = 220_000;
const DEAR_TOKEN = 200_000;

afterEach(() => scene.stage.calm());

/** The token whose step comes first in the plan. */
function firstToken(): string {
  const { steps } = readJournalFile(scene.data);
  return steps.find(({ name }) => name.startsWith('recover_token:'))?.name.split(':')[2] ?? '';
}

/** Recovers a person's tokens one by one on a chain where a block comes with each look and is final after many. */
async function recoverOneByOne(
  personId: string,
  answer: Answer,
  moment: string,
  act: () => Promise<void>,
): Promise<TerminalRun> {
  const { desk, stage, data } = scene;
  writePolicy(data, { pendingWindow: 1, costMarginPercent: 100 });
  stage.answer(async (request): Promise<ProxyAnswer> => {
    if (isLook(request)) await desk.provider.send('evm_mine', []);
    return answer(request);
  });
  const profile = stage.profile({ finality: undefined, confirmations: CONFIRMATIONS });
  const line = desk.recoverArgs(desk.person(personId), data, '--network', profile);
  return terminal(line, { checkpoint: stage.when(moment, act) });
}

/** In which block each token was recovered, in the order in which they were sent. */
async function blocksOfTokens(): Promise<readonly number[]> {
  const rows = readJournalFile(scene.data).transactions.filter(({ step }) =>
    step.startsWith('recover_token:'),
  );
  const receipts = await Promise.all(
    rows.map(({ hash }) => scene.desk.provider.getTransactionReceipt(hash ?? '')),
  );
  return receipts.map((receipt) => receipt?.blockNumber ?? Number.NaN);
}

describe('a token that waits for a final block', () => {
  it('because its balance was moved lets the others be sent before', async () => {
    const { desk } = scene;
    const thief = new Wallet(practiceKey('lost:luca-ferri'), desk.provider);
    let movedAt = Number.NaN;
    const steal = async (): Promise<void> => {
      await desk.provider.send('anvil_setBalance', [thief.address, toQuantity(10n ** 18n)]);
      const calls = [
        'function transfer(address,uint256) returns (bool)',
        'function balanceOf(address) view returns (uint256)',
      ];
      const token = new Contract(firstToken(), calls, thief);
      const all = await token.getFunction('balanceOf')(thief.address);
      const sent = await token.getFunction('transfer')(practiceAddress('accomplice'), all);
      movedAt = (await sent.wait()).blockNumber;
    };

    const run = await recoverOneByOne('luca-ferri', () => 'pass', 'mined:recover_identity', steal);

    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run).tokens).toMatchObject({ recovered: 3, failures: [{ reason: 'BALANCE_MOVED' }] });
    const blocks = await blocksOfTokens();
    expect(blocks).toHaveLength(3);
    expect(Math.max(...blocks)).toBeLessThan(movedAt + CONFIRMATIONS);
  }, 120_000);

  it('because only that frees what it may cost lets cheaper ones be sent before', async () => {
    let first = '';
    const dear: Answer = (request) => {
      const call = askedCall(request);
      if (call?.method !== 'eth_estimateGas') return 'pass';
      if (call.data.startsWith(RECOVER_IDENTITY)) return { result: toQuantity(DEAR_LINK) };
      const isFirst = call.data.startsWith(RECOVER_TOKENS) && call.to === first.toLowerCase();
      return isFirst ? { result: toQuantity(DEAR_TOKEN) } : 'pass';
    };

    const run = await recoverOneByOne('jonas-weir', dear, 'mined:recover_identity', async () => {
      first = firstToken();
    });

    expect(run.code, run.stderr).toBe(0);
    const steps = readJournalFile(scene.data).transactions.map(({ step }) => step.split(':')[2]);
    expect(steps.at(-1)).toBe(first);
    const blocks = await blocksOfTokens();
    const [link] = readJournalFile(scene.data).transactions.filter(({ step }) =>
      step.startsWith('recover_identity:'),
    );
    const linked = await scene.desk.provider.getTransactionReceipt(link?.hash ?? '');
    expect(Math.max(...blocks.slice(0, -1))).toBeLessThan((linked?.blockNumber ?? 0) + CONFIRMATIONS);
  }, 120_000);
});
