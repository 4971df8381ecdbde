import { describe, expect, it } from 'vitest';
import { writePolicy } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { isLook, sentTransaction } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { JournalFile } from '../support/journal-file.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();

/** More than the blocks that the recovery itself takes: nothing of it is final when the reorg comes. */
const CONFIRMATIONS = { finality: undefined, confirmations: 8 };
/** A desk that cannot get on tells so soon. */
const IMPATIENT = { networkPatienceSeconds: 5, bumpAfterBlocks: 1000 };

function ofStep(name: string): JournalFile['transactions'] {
  return readJournalFile(scene.data).transactions.filter(({ step }) => step.startsWith(`${name}:`));
}

/** Takes a block more whenever the desk looks for one. @returns what was broadcast, in the order it came. */
function mineOnLook(): readonly (string | null)[] {
  const { desk, stage } = scene;
  const sent: (string | null)[] = [];
  stage.answer(async (request): Promise<ProxyAnswer> => {
    const transaction = sentTransaction(request);
    if (transaction !== null) sent.push(transaction.hash);
    if (isLook(request)) await desk.provider.send('evm_mine', []);
    return 'pass';
  });
  return sent;
}

/** The desk dies when the token recoveries are stored unsigned; blocks come with its transactions alone. */
async function dieWithIntents(): Promise<void> {
  const { desk, stage, data } = scene;
  const person = desk.person('jonas-weir');
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  const given = ['--replacement', replacement, '--proof', proof, '--network', stage.profile(CONFIRMATIONS)];
  const line = desk.recoverArgs(person, data, ...given);
  const died = await faultyDesk({ signal: 'SIGKILL', at: 'intended:recover_tokens' }, line);
  expect(died.signal, died.stderr).toBe('SIGKILL');
  expect(ofStep('recover_identity')).toMatchObject([{ state: 'mined' }]);
  expect(ofStep('recover_token')).toMatchObject([
    { state: 'intended', raw: null },
    { state: 'intended', raw: null },
  ]);
}

/** Takes away every block from the one that the step's transaction is in. */
async function reorgFrom(step: string): Promise<void> {
  const { provider } = scene.desk;
  const hash = ofStep(step)[0]?.hash ?? '';
  const receipt = await provider.getTransactionReceipt(hash);
  if (receipt === null) throw new Error(`${step} is in no block`);
  await provider.send('anvil_reorg', [(await provider.getBlockNumber()) - receipt.blockNumber + 1, []]);
  expect(await provider.getTransactionReceipt(hash)).toBeNull();
}

describe('a reorg while the desk is down, with token recoveries stored unsigned', () => {
  it.each([
    ['of the identity recovery', ['recover_identity']],
    ['of the new identity and of the identity recovery', ['create_identity', 'recover_identity']],
  ])('%s is mended first as it was signed; then the tokens follow, each once', async (_what, gone) => {
    const { desk, data, before } = scene;
    writePolicy(data, IMPATIENT);
    await dieWithIntents();
    const signedBefore = gone.flatMap((step) => ofStep(step).map(({ hash }) => hash));
    await reorgFrom(gone[0] ?? '');
    const sent = mineOnLook();

    const run = await terminal(resumeArgs(desk, data, null));

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
    const tokens = ofStep('recover_token');
    expect(tokens.map(({ bump, state }) => [bump, state])).toEqual([
      [0, 'final'],
      [0, 'final'],
    ]);
    expect([...new Set(sent)]).toEqual([...signedBefore, ...tokens.map(({ hash }) => hash)]);
    const person = desk.person('jonas-weir');
    expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
  });
});
