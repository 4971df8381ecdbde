import { describe, expect, it } from 'vitest';
import { writePolicy } from '../support/command-line.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { JournalFile } from '../support/journal-file.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { replacingPool } from '../support/replacing-pool.ts';
import type { FirstOffer, ReplacingPool } from '../support/replacing-pool.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
const NEVER_BUMPED = { bumpAfterBlocks: 1000 };

/** Recovers a person of two tokens; the first transaction sent after the moment meets the pool. */
async function recoverThrough(
  moment: string,
  first: FirstOffer,
): Promise<{ readonly run: TerminalRun; readonly offered: ReplacingPool['offered'] }> {
  const { desk, stage, data } = scene;
  const { answer, offered } = replacingPool(desk.network.node.url, first);
  const args = desk.recoverArgs(desk.person('jonas-weir'), data, '--network', stage.profile());
  const run = await terminal(args, { checkpoint: stage.when(moment, async () => stage.answer(answer)) });
  await stage.calm();
  return { run, offered };
}

async function expectWhole(): Promise<void> {
  const { desk, data, before } = scene;
  const person = desk.person('jonas-weir');
  expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
}

/** What was signed for the nonce that the hash has. */
function variantsOf(hash: string | undefined): JournalFile['transactions'] {
  const { transactions } = readJournalFile(scene.data);
  const nonce = transactions.find((row) => row.hash === hash)?.nonce;
  return transactions.filter((row) => row.nonce === nonce);
}

describe('a node that forgets what was replaced and is slow to mine what replaced it', () => {
  it('is asked for the raised fee alone: the older variant is neither missed nor offered again', async () => {
    writePolicy(scene.data, { bumpAfterBlocks: 2, maxBumps: 1 });

    const { run, offered } = await recoverThrough('signed:recover_identity', 'taken');

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    const variants = variantsOf(offered[0]);
    expect(variants).toMatchObject([
      { bump: 0, state: 'replaced' },
      { bump: 1, state: 'final' },
    ]);
    expect(offered).toEqual(variants.map(({ hash }) => hash));
    await expectWhole();
  });

  it('is not offered a call that it refused once a fill has the nonce: the token alone failed', async () => {
    writePolicy(scene.data, NEVER_BUMPED);

    const { run, offered } = await recoverThrough('signed:recover_tokens', 'refused');

    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run)).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { recovered: 1, failures: [{ reason: 'RPC_ERROR' }] },
    });
    const variants = variantsOf(offered[0]);
    expect(variants).toMatchObject([
      { purpose: 'call', state: 'replaced' },
      { purpose: 'fill', state: 'final' },
    ]);
    expect(offered).toEqual(variants.map(({ hash }) => hash));
    const resumed = resultOf(await terminal(resumeArgs(scene.desk, scene.data, null)));
    expect(resumed).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  });
});

describe('a node that refuses a call and keeps it all the same', () => {
  it('refuses the fill too, and that is no stranger at our nonce: the call is mined, and counts', async () => {
    writePolicy(scene.data, NEVER_BUMPED);

    const { run, offered } = await recoverThrough('signed:recover_tokens', 'refused, yet kept');

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    const variants = variantsOf(offered[0]);
    expect(variants).toMatchObject([
      { purpose: 'call', state: 'final' },
      { purpose: 'fill', state: 'replaced' },
    ]);
    expect(offered.filter((hash) => hash === variants[0]?.hash)).toHaveLength(1);
    await expectWhole();
  });

  it('is offered a dearer fill after a while, where the call it keeps is too cheap to be mined', async () => {
    writePolicy(scene.data, { bumpAfterBlocks: 2, maxBumps: 1, miningPatienceSeconds: 5 });

    const { run, offered } = await recoverThrough('signed:recover_tokens', 'refused, kept and never mined');

    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run).tokens).toMatchObject({ recovered: 1, failures: [{ reason: 'RPC_ERROR' }] });
    expect(variantsOf(offered[0])).toMatchObject([
      { purpose: 'call', bump: 0, state: 'replaced' },
      { purpose: 'fill', bump: 0, state: 'replaced' },
      { purpose: 'fill', bump: 1, state: 'final' },
    ]);
    const resumed = resultOf(await terminal(resumeArgs(scene.desk, scene.data, null)));
    expect(resumed).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    await expectWhole();
  });
});
