import { Wallet } from 'ethers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { countEffects } from '../support/effects.ts';
import { openFaultStage } from '../support/fault-stage.ts';
import type { FaultStage } from '../support/fault-stage.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { openPracticeDesk } from '../support/practice-desk.ts';
import type { PracticeDesk } from '../support/practice-desk.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

let desk: PracticeDesk;
let stage: FaultStage;
let person: SeededPerson;
let data: string;
let before: number;
let foreign: string[];

beforeAll(async () => {
  desk = await openPracticeDesk();
  stage = await openFaultStage(desk);
  person = desk.person('jonas-weir');
});
beforeEach(async () => {
  await desk.reset();
  data = desk.freshData();
  before = await desk.provider.getBlockNumber();
  foreign = [];
});
afterEach(async () => {
  await stage.calm();
  await desk.provider.send('evm_setAutomine', [true]);
});
afterAll(async () => {
  await stage.stop();
  await desk.close();
});

/** Another program with the operator's key sends to itself, at the next nonce that the node knows. */
async function useKeyElsewhere(): Promise<void> {
  const operator = new Wallet(practiceKey('operator'), desk.provider);
  const nonce = await desk.provider.getTransactionCount(operator.address, 'pending');
  const fee = 50_000_000_000n;
  const sent = await operator.sendTransaction({
    to: practiceAddress('operator'),
    nonce,
    maxFeePerGas: fee,
    maxPriorityFeePerGas: fee,
    gasLimit: 60_000n,
  });
  foreign.push(sent.hash);
}

async function waitInPool(): Promise<void> {
  await desk.provider.send('evm_setAutomine', [false]);
  await useKeyElsewhere();
}

/** @returns the status at last. */
async function stopsThenResumes(moment: string, act: () => Promise<unknown>): Promise<string> {
  const args = desk.recoverArgs(person, data, '--network', stage.profile());
  const stopped = await terminal(args, { checkpoint: stage.when(moment, act) });

  expect(stopped.code, stopped.stderr).toBe(1);
  expect(resultOf(stopped)).toMatchObject({
    status: 'stopped',
    reason: { code: 'OPERATOR_KEY_IN_USE_ELSEWHERE' },
  });

  await desk.provider.send('evm_setAutomine', [true]);
  await desk.provider.send('evm_mine', []);
  const resumed = await terminal(resumeArgs(desk, data, null));

  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resultOf(resumed)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
  const effects = await countEffects(desk, person, replacementIn(data), before);
  expect(effects).toMatchObject({ identityCreated: 1, identityRecovered: 1, failed: 0, repeatedCalls: 0 });
  const minedForeign = effects.transactions.filter(({ hash }) => foreign.includes(hash));
  expect(minedForeign.map(({ hash }) => hash)).toEqual(foreign);
  const nonces = new Set(minedForeign.map(({ nonce }) => nonce));
  const ours = readJournalFile(data).transactions.filter(({ state }) => state === 'final');
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

  it('waiting before anything of ours is sent stops the sending, and the recovery can be resumed', async () => {
    expect(await stopsThenResumes('final:create_identity', waitInPool)).toBe('completed');
  });
});
