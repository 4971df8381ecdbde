import type { Transaction } from 'ethers';
import { describe, expect, it } from 'vitest';
import { countEffects, expectOnce } from '../support/effects.ts';
import type { Effects } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { SET_ADDRESS_FROZEN, askedCall, isLook, refusal, sentTransaction } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
const NOT_FROZEN = '0'.repeat(64);

/** The node breaks whenever it is asked to lift a freeze of the token, and answers all else. */
async function breakOnLifting(token: string): Promise<void> {
  scene.stage.answer((request) => {
    const call = askedCall(request);
    const lifting =
      call?.to === token.toLowerCase() &&
      call.data.startsWith(SET_ADDRESS_FROZEN) &&
      call.data.endsWith(NOT_FROZEN);
    return lifting ? refusal('internal error') : 'pass';
  });
}

/** The command line that recovers a compromised wallet of four tokens through the proxy. */
async function compromisedLine(over: Readonly<Record<string, unknown>> = {}): Promise<readonly string[]> {
  const { desk, stage, data } = scene;
  const person = desk.person('luca-ferri');
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  const given = ['--reason', 'compromised', '--replacement', replacement, '--proof', proof];
  return desk.recoverArgs(person, data, ...given, '--network', stage.profile(over));
}

function effects(): Promise<Effects> {
  const { desk, data, before } = scene;
  return countEffects(desk, desk.person('luca-ferri'), replacementIn(data), before);
}

/** The attempts at setting or lifting the token's freeze. */
function states(what: 'freeze' | 'unfreeze', token: string): readonly (readonly unknown[])[] {
  return readJournalFile(scene.data)
    .steps.filter(({ name }) => name.startsWith(`${what}:`) && name.endsWith(token))
    .map(({ attempt, state, reason }) => [attempt, state, reason]);
}

describe('a freeze of ours that a broken node does not let us lift', () => {
  it('is no success although every token is recovered; resume lifts it alone, and completes', async () => {
    const { acts, desk, stage, data } = scene;
    const { address, symbol } = acts.token('NGB28');
    const broken = stage.when('final:recover_identity', () => breakOnLifting(address));

    const run = await terminal(await compromisedLine(), { checkpoint: broken });
    await stage.calm();

    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run)).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { total: 4, recovered: 4, failed: 0 },
    });
    expect(states('unfreeze', address)).toEqual([[1, 'failed', 'RPC_ERROR']]);
    const frozen = (await effects()).tokens.filter(({ replacement }) => replacement.after.addressFrozen);
    expect(frozen.map((token) => token.symbol)).toEqual([symbol]);
    const sentBefore = readJournalFile(data).transactions.length;

    const resumed = await terminal(resumeArgs(desk, data, null));

    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resultOf(resumed)).toMatchObject({ status: 'completed', tokens: { recovered: 4, failed: 0 } });
    expect(states('unfreeze', address)).toEqual([
      [1, 'failed', 'RPC_ERROR'],
      [2, 'done', null],
    ]);
    expect(readJournalFile(data).transactions).toHaveLength(sentBefore + 1);
    expectOnce(await effects(), desk.person('luca-ferri'), 'contained');
  });
});

/** What the chain took first gives way to the freeze that was refused: the blocks from the fill on are made anew. */
async function reorgFillToFreeze(freeze: Transaction): Promise<void> {
  const { desk, data } = scene;
  const fill = readJournalFile(data).transactions.find(({ purpose }) => purpose === 'fill');
  const receipt = await desk.provider.getTransactionReceipt(fill?.hash ?? '');
  if (receipt === null) throw new Error('the fill is in no block');
  const depth = (await desk.provider.getBlockNumber()) - receipt.blockNumber + 1;
  await desk.provider.send('anvil_reorg', [depth, [[freeze.serialized, 0]]]);
}

/**
 * Recovers a compromised wallet; the node refuses the first freeze, and a reorg brings it after all.
 * @param then what happens besides, to the token of that freeze.
 */
async function recoverWithFreezeAfterAll(
  then: (token: string) => Promise<void>,
): Promise<{ readonly run: TerminalRun; readonly token: string }> {
  const { desk, stage } = scene;
  let refused: Transaction | null = null;
  let token = '';
  stage.answer(async (request) => {
    // Not before the reorg: nothing that it takes may be final.
    if (token !== '' && isLook(request)) await desk.provider.send('evm_mine', []);
    const sent = sentTransaction(request);
    if (refused !== null || sent?.data.startsWith(SET_ADDRESS_FROZEN) !== true) return 'pass';
    refused = sent;
    return refusal('internal error');
  });
  const reorg = stage.when('judged:recover_identity', async () => {
    const frozen = refused?.to ?? null;
    if (refused === null || frozen === null) throw new Error('no freeze was sent');
    await reorgFillToFreeze(refused);
    await then(frozen);
    token = frozen;
  });
  const args = await compromisedLine({ finality: undefined, confirmations: 8 });
  const run = await terminal(args, { checkpoint: reorg });
  expect(states('freeze', token)).toEqual([[1, 'done', null]]);
  return { run, token };
}

describe('a freeze that the node refused and that a reorg brought before that refusal was final', () => {
  it('is lifted as ours once its token is recovered', async () => {
    const { desk } = scene;

    const { run, token } = await recoverWithFreezeAfterAll(async () => undefined);

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 4, failed: 0 } });
    expect(states('unfreeze', token)).toEqual([[1, 'done', null]]);
    expectOnce(await effects(), desk.person('luca-ferri'), 'contained');
  });

  it('stays where its token fails, and is lifted when a retry recovers the token', async () => {
    const { acts, desk, data } = scene;
    const set = (token: string, method: string): Promise<void> =>
      acts.act('custodian-admin', 'SecurityToken', token, method, []);
    const { run, token } = await recoverWithFreezeAfterAll((paused) => set(paused, 'pause'));
    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run).tokens.failures).toMatchObject([{ token, reason: 'TOKEN_PAUSED' }]);
    await set(token, 'unpause');

    const resumed = await terminal(resumeArgs(desk, data, null));

    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resultOf(resumed)).toMatchObject({ status: 'completed', tokens: { recovered: 4, failed: 0 } });
    expect(states('unfreeze', token)).toEqual([
      [1, 'skipped', null],
      [2, 'done', null],
    ]);
    expectOnce(await effects(), desk.person('luca-ferri'), 'contained');
  });
});
