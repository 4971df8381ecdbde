import { Transaction } from 'ethers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { writePolicy } from '../support/command-line.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { openFaultStage } from '../support/fault-stage.ts';
import type { Answer, FaultStage } from '../support/fault-stage.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { JournalFile } from '../support/journal-file.ts';
import type { ProxiedRequest, ProxyAnswer } from '../support/node-proxy.ts';
import { openPracticeDesk } from '../support/practice-desk.ts';
import type { PracticeDesk } from '../support/practice-desk.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

/** More than the blocks that the recovery itself takes: nothing of it is final when the reorg comes. */
const CONFIRMATIONS = { finality: undefined, confirmations: 8 };

let desk: PracticeDesk;
let stage: FaultStage;
let person: SeededPerson;
let data: string;
let before: number;

beforeAll(async () => {
  desk = await openPracticeDesk();
  stage = await openFaultStage(desk);
  person = desk.person('jonas-weir');
});
beforeEach(async () => {
  await desk.reset();
  data = desk.freshData();
  before = await desk.provider.getBlockNumber();
});
afterEach(async () => {
  await stage.calm();
  await desk.provider.send('evm_setAutomine', [true]);
});
afterAll(async () => {
  await stage.stop();
  await desk.close();
});

/** A block more whenever the desk looks for one. */
async function mineOnLook({ method, params }: ProxiedRequest): Promise<ProxyAnswer> {
  if (method === 'eth_getBlockByNumber' && params?.[0] === 'latest') await desk.provider.send('evm_mine', []);
  return 'pass';
}

function ofStep(journal: JournalFile, name: string): JournalFile['transactions'] {
  return journal.transactions.filter((row) => row.step.startsWith(`${name}:`));
}

async function expectWhole(): Promise<void> {
  expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
}

/** Takes away every block from the one that the relink is in. */
async function reorgFromRelink(): Promise<void> {
  const [relink] = ofStep(readJournalFile(data), 'recover_identity');
  const receipt = await desk.provider.getTransactionReceipt(relink?.hash ?? '');
  if (receipt === null) throw new Error('the relink is in no block');
  const depth = (await desk.provider.getBlockNumber()) - receipt.blockNumber + 1;
  await desk.provider.send('anvil_reorg', [depth, []]);
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
      stage.answer(mineOnLook);
      writePolicy(data, { bumpAfterBlocks: 1000 });
      const endedBefore: string[] = [];
      const checkpoint = stage.when(
        moment,
        async () => {
          await reorgFromRelink();
          stage.answer(mineOnLook);
          const ended = readJournalFile(data).steps.filter(({ state }) => state === 'done');
          endedBefore.push(...ended.map(({ phase }) => phase));
        },
        count,
      );
      const args = desk.recoverArgs(person, data, '--network', stage.profile(CONFIRMATIONS));

      const run = await terminal(args, { checkpoint });

      expect(run.code, run.stderr).toBe(0);
      expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
      expect(endedBefore).not.toContain('recover_identity');
      expect(endedBefore).not.toContain('recover_tokens');
      const relinks = ofStep(readJournalFile(data), 'recover_identity');
      expect(relinks).toMatchObject([{ bump: 0, state: 'final' }]);
      expect(run.stderr).toMatch(new RegExp(`(returned|sent) +${relinks[0]?.hash ?? 'none'}`));
      await expectWhole();
    },
  );
});

describe('a transaction', () => {
  it('that the node dropped from its pool is sent again, as it was signed', async () => {
    const drop = stage.when('sent:recover_tokens', async () => {
      const { transactions } = readJournalFile(data);
      for (const { hash } of transactions.filter(({ step }) => step.startsWith('recover_token:'))) {
        await desk.provider.send('anvil_dropTransaction', [hash]);
      }
      await desk.provider.send('evm_setAutomine', [true]);
    });
    const hold = stage.when('intended:recover_tokens', () => desk.provider.send('evm_setAutomine', [false]));
    const args = desk.recoverArgs(person, data, '--network', stage.profile());

    const run = await terminal(args, {
      checkpoint: (name) => {
        hold(name);
        drop(name);
      },
    });

    expect(run.code, run.stderr).toBe(0);
    expect(ofStep(readJournalFile(data), 'recover_token').map(({ bump, state }) => [bump, state])).toEqual([
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
    writePolicy(data, { bumpAfterBlocks: 2 });
    const stick = stage.when('signed:recover_identity', async () => stage.answer(stuckPool(onBump)));
    const args = desk.recoverArgs(person, data, '--network', stage.profile());
    const run = await terminal(args, { checkpoint: stick });
    expect(run.code, run.stderr).toBe(0);
    await expectWhole();
    return readJournalFile(data);
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
      await desk.provider.send('eth_sendRawTransaction', [first]);
      return { result: Transaction.from(bump).hash };
    });

    expect(ofStep(journal, 'recover_identity')).toMatchObject([
      { bump: 0, state: 'final' },
      { bump: 1, state: 'replaced' },
    ]);
  });
});
