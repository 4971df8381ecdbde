import { Wallet } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { writePolicy } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { countEffects } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { RECOVER_TOKENS, refusal, sentTransaction } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
const jonas = (): SeededPerson => scene.desk.person('jonas-weir');
let foreign: string[];

beforeEach(() => {
  foreign = [];
});
afterEach(() => scene.desk.provider.send('evm_setAutomine', [true]));

/** Another program with the operator's key sends to itself, at the next nonce that the node knows. */
async function useKeyElsewhere(fee = 50_000_000_000n): Promise<void> {
  const operator = new Wallet(practiceKey('operator'), scene.desk.provider);
  const nonce = await scene.desk.provider.getTransactionCount(operator.address, 'pending');
  const sent = await operator.sendTransaction({
    to: practiceAddress('operator'),
    nonce,
    maxFeePerGas: fee,
    maxPriorityFeePerGas: fee,
    gasLimit: 60_000n,
  });
  foreign.push(sent.hash);
}

async function waitInPool(fee?: bigint): Promise<void> {
  await scene.desk.provider.send('evm_setAutomine', [false]);
  await useKeyElsewhere(fee);
}

/** Waits at the lowest price that a block takes: anything of ours would take its place. */
async function waitCheaply(): Promise<void> {
  const base = (await scene.desk.provider.getBlock('latest'))?.baseFeePerGas ?? 0n;
  await waitInPool(base + 1n);
}

async function expectKilled(at: string, line: readonly string[]): Promise<void> {
  const killed = await faultyDesk({ signal: 'SIGKILL', at }, line);
  expect(killed.signal, killed.stderr).toBe('SIGKILL');
}

/** The desk dies when the use of a nonce is stored and not signed: of a call that was never signed. */
async function dieFillingUnsigned(): Promise<void> {
  const { acts, data, desk } = scene;
  await expectKilled('intended:recover_tokens', desk.recoverArgs(jonas(), data));
  await acts.act('custodian-admin', 'SecurityToken', acts.token('ALDE').address, 'pause', []);
  await expectKilled('fill intended:recover_tokens', resumeArgs(desk, data, null));
}

/** The same of a call that was signed and that the node refused. */
async function dieFillingRefused(): Promise<void> {
  const { acts, data, desk, stage } = scene;
  const alde = acts.token('ALDE').address.toLowerCase();
  stage.answer((request) => {
    const sent = sentTransaction(request);
    const refused = sent?.to?.toLowerCase() === alde && sent.data.startsWith(RECOVER_TOKENS);
    return refused ? refusal('exceeds block gas limit') : 'pass';
  });
  const line = desk.recoverArgs(jonas(), data, '--network', stage.profile());
  await expectKilled('fill intended:recover_tokens', line);
}

/** @returns the status at last. */
async function stopsThenResumes(moment: string, act: () => Promise<unknown>): Promise<string> {
  const args = scene.desk.recoverArgs(jonas(), scene.data, '--network', scene.stage.profile());
  const stopped = await terminal(args, { checkpoint: scene.stage.when(moment, act) });

  expect(stopped.code, stopped.stderr).toBe(1);
  expect(resultOf(stopped)).toMatchObject({
    status: 'stopped',
    reason: { code: 'OPERATOR_KEY_IN_USE_ELSEWHERE' },
  });

  await scene.desk.provider.send('evm_setAutomine', [true]);
  await scene.desk.provider.send('evm_mine', []);
  const resumed = await terminal(resumeArgs(scene.desk, scene.data, null));

  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resultOf(resumed)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  const effects = await countEffects(scene.desk, jonas(), replacementIn(scene.data), scene.before);
  expect(effects).toMatchObject({ identityCreated: 1, identityRecovered: 1, failed: 0, repeatedCalls: 0 });
  const minedForeign = effects.transactions.filter(({ hash }) => foreign.includes(hash));
  expect(minedForeign.map(({ hash }) => hash)).toEqual(foreign);
  const nonces = new Set(minedForeign.map(({ nonce }) => nonce));
  const ours = readJournalFile(scene.data).transactions.filter(({ state }) => state === 'final');
  expect(ours.filter(({ nonce }) => nonces.has(nonce))).toEqual([]);
  return resultOf(resumed).status;
}

describe('a foreign transaction of the operator', () => {
  it.each(['judged:recover_identity', 'intended:recover_tokens', 'signed:recover_tokens'])(
    'mined at our nonce (%s) stops the sending; resume goes on with another nonce',
    async (moment) => {
      expect(await stopsThenResumes(moment, useKeyElsewhere)).toBe('completed');
    },
  );

  it.each(['judged:recover_identity', 'signed:recover_tokens'])(
    'waiting at our nonce (%s) stops the sending and is not replaced; resume goes on with another nonce',
    async (moment) => {
      expect(await stopsThenResumes(moment, waitInPool)).toBe('completed');
    },
  );

  it.each([
    ['never signed', dieFillingUnsigned],
    ['refused', dieFillingRefused],
  ])(
    'waiting where the desk died about to use up the nonce of a call that was %s is not replaced',
    async (_which, die) => {
      const { data, desk } = scene;
      writePolicy(data, { miningPatienceSeconds: 10 });
      await die();
      await waitCheaply();

      const stopped = await terminal(resumeArgs(desk, data, null));

      expect(resultOf(stopped)).toMatchObject({
        status: 'stopped',
        reason: { code: 'OPERATOR_KEY_IN_USE_ELSEWHERE' },
      });
      await desk.provider.send('evm_setAutomine', [true]);
      await desk.provider.send('evm_mine', []);
      expect(await desk.provider.getTransactionReceipt(foreign[0] ?? '')).not.toBeNull();
      const resumed = resultOf(await terminal(resumeArgs(desk, data, null)));
      expect(resumed.tokens).toMatchObject({ recovered: 1, failures: [{ symbol: 'ALDE' }] });
    },
  );

  it('waiting before anything of ours is sent stops the sending, and the recovery can be resumed', async () => {
    expect(await stopsThenResumes('final:create_identity', waitInPool)).toBe('completed');
  });
});
