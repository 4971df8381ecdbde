import { Transaction } from 'ethers';
import { describe, expect, it } from 'vitest';
import { countEffects, expectOnce } from '../support/effects.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { JournalFile } from '../support/journal-file.ts';
import { openFaultStage } from '../support/fault-stage.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { openPracticeDesk } from '../support/practice-desk.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

type Options = Parameters<typeof openPracticeDesk>[0];

/** A recovery from start to end on a practice network of its own; blocks come when the desk looks, where asked. */
async function wholeRecovery(options: Options, blocks: 'own' | 'on look' = 'own'): Promise<JournalFile> {
  const desk = await openPracticeDesk(options);
  const stage = await openFaultStage(desk);
  try {
    const person = desk.person('jonas-weir');
    const data = desk.freshData();
    const before = await desk.provider.getBlockNumber();
    if (blocks === 'on look') {
      stage.answer(async ({ method, params }): Promise<ProxyAnswer> => {
        const look = method === 'eth_getBlockByNumber' && params?.[0] === 'latest';
        if (look) await desk.provider.send('evm_mine', []);
        return 'pass';
      });
    }
    const run = await terminal(desk.recoverArgs(person, data, '--network', stage.profile()));
    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
    return readJournalFile(data);
  } finally {
    await stage.stop();
    await desk.close();
  }
}

describe('a recovery', () => {
  it('pays one gas price where the profile says legacy', async () => {
    const { transactions } = await wholeRecovery({ fees: 'legacy' });

    const forms = transactions.map(({ unsigned }) => Transaction.from(unsigned));
    expect(forms.map(({ type }) => type)).toEqual([0, 0, 0, 0]);
    expect(forms.every(({ gasPrice }) => gasPrice !== null && gasPrice > 0n)).toBe(true);
  });

  it('pays nothing where gas has no price', async () => {
    const { transactions } = await wholeRecovery({ fees: 'zero' });

    const forms = transactions.map(({ unsigned }) => Transaction.from(unsigned));
    expect(forms.map(({ gasPrice }) => gasPrice)).toEqual([0n, 0n, 0n, 0n]);
  });

  it('waits for the finalized block where the profile says so', async () => {
    const { transactions } = await wholeRecovery({ finality: 'finalized', slotsInAnEpoch: 1 }, 'on look');

    expect(transactions.map(({ state }) => state)).toEqual(['final', 'final', 'final', 'final']);
  });

  it('waits for its confirmations on a chain with a block each second', async () => {
    const { transactions } = await wholeRecovery({ finality: { confirmations: 3 }, blockTime: 1 });

    expect(transactions.map(({ state }) => state)).toEqual(['final', 'final', 'final', 'final']);
  });
});
