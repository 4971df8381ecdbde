/** A raised fee that the node does not take, while it holds the transaction at its former fee. */
import { toQuantity } from 'ethers';
import { afterEach, describe, expect, it } from 'vitest';
import { cappedPool } from '../support/capped-pool.ts';
import type { Kept } from '../support/capped-pool.ts';
import { writePolicy } from '../support/command-line.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
const LOOKS = 20;

afterEach(() => scene.stage.calm());

/** Recovers a compromised person; the first transaction sent after the moment meets the cap, at twice the tip. */
async function recoverUnderCap(moment: string, becomes: Kept) {
  const { desk, stage, data } = scene;
  writePolicy(data, { bumpAfterBlocks: 2 });
  const tip = BigInt(String(await desk.provider.send('eth_maxPriorityFeePerGas', [])));
  const { answer, offered } = cappedPool(desk.network.node.url, LOOKS, becomes);
  const arm = stage.when(moment, async () =>
    stage.answer((request) =>
      request.method === 'eth_maxPriorityFeePerGas' && offered.size > 0
        ? { result: toQuantity(tip * 2n) }
        : answer(request),
    ),
  );
  const line = ['--network', stage.profile(), '--reason', 'compromised'];
  const run = await terminal(desk.recoverArgs(desk.person('luca-ferri'), data, ...line), { checkpoint: arm });
  return { run, offered };
}

describe('a raised fee that the node refuses', () => {
  it.each<[string, Kept]>([
    ['signed:contain', 'kept'],
    ['signed:recover_identity', 'kept'],
    ['signed:recover_tokens', 'kept'],
    ['signed:recover_tokens', 'forgotten once another was refused'],
  ])(
    'for what was sent at %s is not raised further: the call that the node took, and has %s, is the one that is mined',
    async (moment, becomes) => {
      const { desk, data, before } = scene;

      const { run, offered } = await recoverUnderCap(moment, becomes);

      expect(run.code, run.stderr).toBe(0);
      expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 4, failed: 0 } });
      expect(run.stderr).toContain('does not take a higher fee');
      const variants = readJournalFile(data).transactions.filter(({ hash }) => offered.has(hash ?? ''));
      expect(variants).toMatchObject([
        { purpose: 'call', bump: 0, state: 'final' },
        { purpose: 'call', bump: 1, state: 'replaced' },
      ]);
      const person = desk.person('luca-ferri');
      expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'contained');
    },
  );
});
