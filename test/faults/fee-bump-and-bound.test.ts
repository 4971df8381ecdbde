/** A raised fee is within the confirmed cost, and yet takes nothing that the rest of the recovery needs. */
import { Transaction, toQuantity } from 'ethers';
import { describe, expect, it } from 'vitest';
import { writePolicy } from '../support/command-line.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { resultOf } from '../support/recovery-runs.ts';
import { confirmedCost, leftOfConfirmed } from '../support/signed-cost.ts';
import { slowPool } from '../support/slow-pool.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();

interface Signed {
  readonly gasLimit: bigint;
  readonly price: bigint;
}

/** The token that was signed first of those that wait. */
function firstToken(): Signed {
  const rows = readJournalFile(scene.data).transactions.filter(({ step }) =>
    step.startsWith('recover_token:'),
  );
  const [first] = rows.map(({ unsigned }) => Transaction.from(unsigned));
  if (first === undefined) throw new Error('no token is signed');
  return { gasLimit: first.gasLimit, price: first.maxFeePerGas ?? 0n };
}

describe('a token that waits for a dearer block', () => {
  it('is not sent at a fee that only just fits: what lifting our freezes costs is left', async () => {
    const { desk, stage, data } = scene;
    writePolicy(data, { bumpAfterBlocks: 2 });
    const { answer, offered } = slowPool(desk.network.node.url, 12);
    const dearer = stage.when('signed:recover_tokens', async () => {
      const { gasLimit, price } = firstToken();
      const base = (await desk.provider.getBlock('latest'))?.baseFeePerGas ?? 0n;
      // All that is left of the bound, but for a hundredth.
      const most = price + (leftOfConfirmed(data) * 99n) / 100n / gasLimit;
      const tip = toQuantity(most - 2n * base);
      stage.answer((request) =>
        request.method === 'eth_maxPriorityFeePerGas' && offered.length > 0
          ? { result: tip }
          : answer(request),
      );
    });
    const person = desk.person('luca-ferri');
    const line = desk.recoverArgs(person, data, '--network', stage.profile(), '--reason', 'compromised');
    const calmer = stage.when('mined:recover_tokens', async () => stage.answer(() => 'pass'));

    const run = await terminal(line, {
      checkpoint: (name) => {
        dearer(name);
        calmer(name);
      },
    });

    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toContain('lower network fees');
    expect(new Set(offered).size).toBe(1);
    const { status, tokens, followUps } = resultOf(run);
    expect({ status, tokens }).toMatchObject({ status: 'completed', tokens: { recovered: 4, failed: 0 } });
    expect(followUps.map(({ code }) => code)).not.toContain('REPLACEMENT_LEFT_FROZEN');
    expect(leftOfConfirmed(data)).toBeLessThan(confirmedCost(data));
  });
});
