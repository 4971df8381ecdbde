/** Killed between storing a raised fee, or a fill, and signing it; meanwhile what was sent before at that nonce is mined. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Transaction } from 'ethers';
import { writePolicy } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { holdingPool } from '../support/holding-pool.ts';
import {
  RECOVER_TOKENS,
  SET_ADDRESS_FROZEN,
  isLook,
  refusal,
  sentTransaction,
} from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { linkElsewhere } from '../support/other-administrators.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();
/** Looks at the chain until a block comes: enough to send all once more. */
const LOOKS = 15;

afterEach(() => scene.desk.provider.send('evm_setAutomine', [true]));

function isTokenCall(sent: Transaction): boolean {
  return sent.data.startsWith(RECOVER_TOKENS);
}

async function killedAt(moment: string, ...more: readonly string[]): Promise<void> {
  const { desk, data } = scene;
  const person = desk.person('luca-ferri');
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  const given = ['--replacement', replacement, '--proof', proof];
  const killed = await faultyDesk(
    { signal: 'SIGKILL', at: moment },
    desk.recoverArgs(person, data, ...given, ...more),
  );
  expect(killed.signal, killed.stderr).toBe('SIGKILL');
}

/** While the desk is down the node mines one of them, and has the others wait for the next block. */
async function mineOne(one: string | undefined, others: readonly string[]): Promise<void> {
  const { provider } = scene.desk;
  await provider.send('evm_setAutomine', [false]);
  await provider.send('eth_sendRawTransaction', [one]);
  await provider.send('evm_mine', []);
  for (const other of others) await provider.send('eth_sendRawTransaction', [other]);
}

/** Resumes with a node that is slow to bring the next block, and mines all that waits in it. */
async function resumeSlowly() {
  const { desk, stage, data } = scene;
  let looks = 0;
  stage.answer(async (request): Promise<ProxyAnswer> => {
    if (isLook(request)) looks += 1;
    if (isLook(request) && looks >= LOOKS) await desk.provider.send('evm_mine', []);
    return 'pass';
  });
  return terminal(resumeArgs(desk, data, null));
}

/** Each call of a step has one nonce. */
function expectSentOnce(): void {
  const nonces = new Map<string, Set<number>>();
  for (const { step, nonce, purpose } of readJournalFile(scene.data).transactions) {
    if (purpose === 'call') nonces.set(step, (nonces.get(step) ?? new Set()).add(nonce));
  }
  expect([...nonces.values()].map(({ size }) => size)).toEqual([...nonces.values()].map(() => 1));
}

function unsignedRows() {
  return readJournalFile(scene.data).transactions.filter(({ raw }) => raw === null);
}

describe('what was stored for a nonce that is used meanwhile', () => {
  it('as a raised fee is not waited for, and lets nothing be sent twice that waits for a block', async () => {
    const { desk, stage, data, before } = scene;
    writePolicy(data, { bumpAfterBlocks: 2 });
    const pool = holdingPool(desk.network.node.url, isTokenCall);
    stage.answer(pool.answer);
    const profile = stage.profile({ finality: undefined, confirmations: 6 });
    await killedAt('bump intended:recover_tokens', '--network', profile);
    expect(unsignedRows()).toMatchObject([{ bump: 1, state: 'intended' }]);
    const [first, ...others] = pool.held.map(({ serialized }) => serialized);
    await mineOne(first, others);

    const run = await resumeSlowly();

    expect(run.code, run.stderr).toBe(0);
    expectSentOnce();
    expect(unsignedRows()).toMatchObject([{ state: 'replaced' }]);
    const person = desk.person('luca-ferri');
    expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
  });

  it('as a fill of a call that the node refused and yet kept does no more', async () => {
    const { desk, stage, data, before } = scene;
    let refused: Transaction | null = null;
    const pool = holdingPool(desk.network.node.url, isTokenCall);
    stage.answer((request) => {
      const sent = sentTransaction(request);
      if (sent !== null && isTokenCall(sent) && (refused === null || refused.hash === sent.hash)) {
        refused = sent;
        return refusal('internal error');
      }
      return pool.answer(request);
    });
    const profile = stage.profile({ finality: undefined, confirmations: 6 });
    await killedAt('fill intended:recover_tokens', '--network', profile);
    expect(unsignedRows()).toMatchObject([{ purpose: 'fill', state: 'intended' }]);
    const kept = readJournalFile(data).transactions.find(({ nonce }) => nonce === unsignedRows()[0]?.nonce);
    await mineOne(
      kept?.raw ?? '',
      pool.held.map(({ serialized }) => serialized),
    );

    const run = await resumeSlowly();

    expect(run.code, run.stderr).toBe(0);
    expectSentOnce();
    expect(unsignedRows()).toMatchObject([{ purpose: 'fill', state: 'replaced' }]);
    const person = desk.person('luca-ferri');
    expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
  });

  it('does not end a recovery whose link went elsewhere before the others are in a block', async () => {
    const { desk, acts, stage, data } = scene;
    writePolicy(data, { bumpAfterBlocks: 2 });
    const pool = holdingPool(desk.network.node.url, ({ data: call }) => call.startsWith(SET_ADDRESS_FROZEN));
    stage.answer(pool.answer);
    const profile = stage.profile({ finality: undefined, confirmations: 6 });
    await killedAt('bump intended:contain', '--network', profile, '--reason', 'compromised');
    await linkElsewhere(desk, acts, desk.person('luca-ferri').lostWallet ?? '');
    await desk.provider.send('anvil_mine', ['0x6']);
    const [first, ...others] = pool.held.map(({ serialized }) => serialized);
    await mineOne(first, others);

    const run = await resumeSlowly();

    expect(resultOf(run), run.stderr).toMatchObject({
      status: 'failed',
      reason: { code: 'RECOVERED_ELSEWHERE' },
    });
    const states = new Set(readJournalFile(data).transactions.map(({ state }) => state));
    expect([...states].toSorted()).toEqual(['final', 'replaced']);
  });
});

describe('what was stored for a nonce that is not used yet', () => {
  it('as a raised fee is signed and sent by resume, and what is mined of the nonce counts', async () => {
    const { desk, stage, data, before } = scene;
    writePolicy(data, { bumpAfterBlocks: 2 });
    const pool = holdingPool(desk.network.node.url, isTokenCall);
    stage.answer(pool.answer);
    await killedAt('bump intended:recover_tokens', '--network', stage.profile());
    await stage.calm();

    const run = await terminal(resumeArgs(desk, data, null));

    expect(run.code, run.stderr).toBe(0);
    expectSentOnce();
    const person = desk.person('luca-ferri');
    expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
  });

  it('as a fill is signed where the node refuses the call once more: the token alone fails', async () => {
    const { acts, desk, stage, data } = scene;
    const eurq = acts.token('EURQ').address.toLowerCase();
    stage.answer((request) => {
      const sent = sentTransaction(request);
      return sent !== null && isTokenCall(sent) && sent.to?.toLowerCase() === eurq
        ? refusal('exceeds block gas limit')
        : 'pass';
    });
    await killedAt('fill intended:recover_tokens', '--network', stage.profile());

    const run = await terminal(resumeArgs(desk, data, null));

    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run).tokens).toMatchObject({
      recovered: 3,
      failures: [{ symbol: 'EURQ', reason: 'RPC_ERROR' }],
    });
    expect(readJournalFile(data).transactions.filter(({ purpose }) => purpose === 'fill')).toMatchObject([
      { state: 'final' },
    ]);
  });
});
