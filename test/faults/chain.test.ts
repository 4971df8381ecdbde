import { Transaction } from 'ethers';
import { afterEach, describe, expect, it } from 'vitest';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { writePolicy } from '../support/command-line.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import type { Answer } from '../support/fault-stage.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { JournalFile } from '../support/journal-file.ts';
import type { ProxiedRequest, ProxyAnswer } from '../support/node-proxy.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

/** More than the blocks that the recovery itself takes: nothing of it is final when the reorg comes. */
const CONFIRMATIONS = { finality: undefined, confirmations: 8 };

const scene = faultScene();
const jonas = (): SeededPerson => scene.desk.person('jonas-weir');

afterEach(() => scene.desk.provider.send('evm_setAutomine', [true]));

/** A block more whenever the desk looks for one. */
async function mineOnLook({ method, params }: ProxiedRequest): Promise<ProxyAnswer> {
  if (method === 'eth_getBlockByNumber' && params?.[0] === 'latest')
    await scene.desk.provider.send('evm_mine', []);
  return 'pass';
}

function ofStep(journal: JournalFile, name: string): JournalFile['transactions'] {
  return journal.transactions.filter((row) => row.step.startsWith(`${name}:`));
}

async function expectWhole(): Promise<void> {
  expectOnce(
    await countEffects(scene.desk, jonas(), replacementIn(scene.data), scene.before),
    jonas(),
    'not contained',
  );
}

/** Takes away every block from the one that the relink is in. */
async function reorgFromRelink(): Promise<void> {
  const [relink] = ofStep(readJournalFile(scene.data), 'recover_identity');
  const receipt = await scene.desk.provider.getTransactionReceipt(relink?.hash ?? '');
  if (receipt === null) throw new Error('the relink is in no block');
  const depth = (await scene.desk.provider.getBlockNumber()) - receipt.blockNumber + 1;
  await scene.desk.provider.send('anvil_reorg', [depth, []]);
}

describe('a reorg', () => {
  it.each([
    ['of the identity recovery alone', 'mined:recover_identity', 1],
    ['of the identity recovery, before the tokens are judged', 'started:recover_tokens', 1],
    ['of the identity recovery, with signed token recoveries', 'signed:recover_tokens', 1],
    ['of the identity recovery and of all tokens', 'mined:recover_tokens', 2],
  ])(
    '%s brings nothing down: what vanished is sent again, as it was signed',
    async (_what, moment, count) => {
      scene.stage.answer(mineOnLook);
      writePolicy(scene.data, { bumpAfterBlocks: 1000 });
      const endedBefore: string[] = [];
      const checkpoint = scene.stage.when(
        moment,
        async () => {
          await reorgFromRelink();
          scene.stage.answer(mineOnLook);
          const ended = readJournalFile(scene.data).steps.filter(({ state }) => state === 'done');
          endedBefore.push(...ended.map(({ phase }) => phase));
        },
        count,
      );
      const args = scene.desk.recoverArgs(
        jonas(),
        scene.data,
        '--network',
        scene.stage.profile(CONFIRMATIONS),
      );

      const run = await terminal(args, { checkpoint });

      expect(run.code, run.stderr).toBe(0);
      expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
      expect(endedBefore).not.toContain('recover_identity');
      expect(endedBefore).not.toContain('recover_tokens');
      const relinks = ofStep(readJournalFile(scene.data), 'recover_identity');
      expect(relinks).toMatchObject([{ bump: 0, state: 'final' }]);
      expect(run.stderr).toMatch(new RegExp(`(returned|sent) +${relinks[0]?.hash ?? 'none'}`));
      await expectWhole();
    },
  );
});

describe('a transaction', () => {
  it('that the node dropped from its pool is sent again, as it was signed', async () => {
    const drop = scene.stage.when('sent:recover_tokens', async () => {
      const { transactions } = readJournalFile(scene.data);
      for (const { hash } of transactions.filter(({ step }) => step.startsWith('recover_token:'))) {
        await scene.desk.provider.send('anvil_dropTransaction', [hash]);
      }
      await scene.desk.provider.send('evm_setAutomine', [true]);
    });
    const hold = scene.stage.when('intended:recover_tokens', () =>
      scene.desk.provider.send('evm_setAutomine', [false]),
    );
    const args = scene.desk.recoverArgs(jonas(), scene.data, '--network', scene.stage.profile());

    const run = await terminal(args, {
      checkpoint: (name) => {
        hold(name);
        drop(name);
      },
    });

    expect(run.code, run.stderr).toBe(0);
    expect(
      ofStep(readJournalFile(scene.data), 'recover_token').map(({ bump, state }) => [bump, state]),
    ).toEqual([
      [0, 'final'],
      [0, 'final'],
    ]);
    await expectWhole();
  });

  /** A pool that keeps the first transaction it is given and takes it into no block. */
  function stuckPool(onBump: (first: string, bump: string) => Promise<ProxyAnswer>): Answer {
    let kept: Transaction | null = null;
    let released = false;
    const seen = (transaction: Transaction): ProxyAnswer => {
      const { hash, from, nonce } = transaction;
      return { result: { hash, from, nonce: `0x${nonce.toString(16)}`, blockNumber: null } };
    };
    return async (request: ProxiedRequest) => {
      const [param] = request.params ?? [];
      if (request.method === 'eth_sendRawTransaction' && !released) {
        const sent = Transaction.from(String(param));
        if (kept === null) {
          kept = sent;
          return { result: sent.hash };
        }
        if (sent.hash === kept.hash) return { result: sent.hash };
        released = true;
        return onBump(kept.serialized, sent.serialized);
      }
      const mine = kept !== null && !released && param === kept.hash;
      if (mine && kept !== null && request.method === 'eth_getTransactionByHash') return seen(kept);
      return kept !== null && !released ? mineOnLook(request) : 'pass';
    };
  }

  async function runStuck(
    onBump: (first: string, bump: string) => Promise<ProxyAnswer>,
  ): Promise<JournalFile> {
    writePolicy(scene.data, { bumpAfterBlocks: 2 });
    const stick = scene.stage.when('signed:recover_identity', async () =>
      scene.stage.answer(stuckPool(onBump)),
    );
    const args = scene.desk.recoverArgs(jonas(), scene.data, '--network', scene.stage.profile());
    const run = await terminal(args, { checkpoint: stick });
    expect(run.code, run.stderr).toBe(0);
    await expectWhole();
    return readJournalFile(scene.data);
  }

  it('that sticks is replaced at the same nonce by the same call with a higher fee', async () => {
    const journal = await runStuck(async () => 'pass');

    const relinks = ofStep(journal, 'recover_identity');
    expect(relinks).toMatchObject([
      { bump: 0, state: 'replaced' },
      { bump: 1, state: 'final' },
    ]);
    const [first, bump] = relinks.map(({ unsigned }) => Transaction.from(unsigned));
    expect([bump?.nonce, bump?.to, bump?.data]).toEqual([first?.nonce, first?.to, first?.data]);
    expect(bump?.maxFeePerGas).toBeGreaterThanOrEqual(((first?.maxFeePerGas ?? 0n) * 110n) / 100n);
  });

  it('that sticks and is mined after all, although a higher fee was offered, counts just as well', async () => {
    const journal = await runStuck(async (first, bump) => {
      await scene.desk.provider.send('eth_sendRawTransaction', [first]);
      return { result: Transaction.from(bump).hash };
    });

    expect(ofStep(journal, 'recover_identity')).toMatchObject([
      { bump: 0, state: 'final' },
      { bump: 1, state: 'replaced' },
    ]);
  });
});
