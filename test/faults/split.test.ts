import { describe, expect, it } from 'vitest';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import { confirmPart } from '../../electron/recovery/confirmation.ts';
import { confirmationText } from '../../shared/plan.ts';
import { Wallet } from 'ethers';
import { errorOf, writePolicy } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { countEffects, expectOnce } from '../support/effects.ts';
import { faultScene } from '../support/fault-scene.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { openStages } from '../support/recovery-stages.ts';
import type { RecoveryStages } from '../support/recovery-stages.ts';
import { replacementIn, resultOf } from '../support/recovery-runs.ts';
import { HANDS, goOnArgs, splitArgs } from '../support/split-desk.ts';
import type { Hand } from '../support/split-desk.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
const luca = (): SeededPerson => scene.desk.person('luca-ferri');

/** Hand by hand, each as long as it is waited for. @returns the last run. */
async function alternate(first: Hand): Promise<TerminalRun> {
  let hand = first;
  for (let turn = 0; turn < 6; turn += 1) {
    const run = await terminal(goOnArgs(scene.desk, luca(), scene.data, hand));
    const { status, waitsFor } = resultOf(run);
    if (status !== 'waiting') return run;
    const next = waitsFor?.[0]?.address;
    expect(next, run.stderr).not.toBe(HANDS[hand]);
    hand = next === HANDS.custodian ? 'custodian' : 'identityManager';
  }
  throw new Error('the two only wait for each other');
}

/** Each effect is there once, and each address used its nonces one after the other. */
async function expectAllOnce(): Promise<void> {
  const { desk, data, before } = scene;
  for (const hand of Object.values(HANDS))
    expectOnce(await countEffects(desk, luca(), replacementIn(data), before, hand), luca(), 'contained');
}

async function begin(): Promise<void> {
  const run = await terminal(await splitArgs(scene.desk, luca(), scene.data, '--reason', 'compromised'));
  expect(resultOf(run)).toMatchObject({ status: 'waiting', reason: { code: 'WAITING_FOR_OPERATOR' } });
}

async function killed(line: readonly string[], at: string, count = 1): Promise<void> {
  const run = await faultyDesk({ signal: 'SIGKILL', at, count }, line);
  expect(run.signal, run.stderr).toBe('SIGKILL');
}

const other = (hand: Hand): Hand => (hand === 'custodian' ? 'identityManager' : 'custodian');

/** Whose run is killed, where, and who goes on first. */
const KILLS: readonly (readonly [Hand, string, number, 'the same' | 'the other'])[] = [
  ['custodian', 'intended:contain', 1, 'the same'],
  ['custodian', 'intended:contain', 1, 'the other'],
  ['custodian', 'signed:contain', 1, 'the other'],
  ['custodian', 'broadcast:contain', 2, 'the other'],
  ['identityManager', 'intended:recover_identity', 1, 'the other'],
  ['identityManager', 'signed:recover_identity', 1, 'the other'],
  ['identityManager', 'broadcast:recover_identity', 1, 'the same'],
  ['custodian', 'intended:recover_tokens', 1, 'the other'],
  ['custodian', 'signed:recover_tokens', 1, 'the other'],
  ['custodian', 'broadcast:recover_tokens', 2, 'the other'],
  ['custodian', 'signed:recover_tokens', 2, 'the other'],
  ['custodian', 'ended:recover_tokens', 3, 'the same'],
];

/** Goes on, hand by hand, up to the run that meets the moment. */
async function upTo(hand: Hand, at: string, count: number): Promise<void> {
  const { desk, data } = scene;
  await begin();
  if (!at.endsWith(':contain')) await terminal(goOnArgs(desk, luca(), data, 'custodian'));
  if (at.endsWith(':recover_tokens')) await terminal(goOnArgs(desk, luca(), data, 'identityManager'));
  await killed(goOnArgs(desk, luca(), data, hand), at, count);
}

describe('kill -9 of one of two who share a recovery', () => {
  it.each(KILLS)('(%s at %s, time %i) ends right, %s going on first', async (hand, at, count, next) => {
    await upTo(hand, at, count);

    const run = await alternate(next === 'the same' ? hand : other(hand));

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { total: 4, recovered: 4 } });
    await expectAllOnce();
  });

  it('leaves what was reserved and not signed alone until its signer is back', async () => {
    const { desk, data } = scene;
    await upTo('custodian', 'intended:recover_tokens', 1);

    const run = await terminal(goOnArgs(desk, luca(), data, 'identityManager'));

    expect(resultOf(run)).toMatchObject({ status: 'waiting', waitsFor: [{ address: HANDS.custodian }] });
    const own = readJournalFile(data).transactions.filter((row) => row.step.startsWith('recover_token'));
    expect(own.map(({ state }) => state)).toEqual(own.map(() => 'intended'));
    expect(own).toHaveLength(4);
  });

  it('of a wallet that the desk makes waits for who began it to prove that wallet', async () => {
    const { desk, data } = scene;
    const { keystore, passphrase } = desk.network.files.identityManager;
    const secret = ['--replacement-passphrase-file', desk.passphraseFile()];
    const own = ['--keystore', keystore, '--passphrase-file', passphrase, '--custodian', HANDS.custodian];
    await killed(desk.recoverArgs(luca(), data, ...own, ...secret), 'begun');

    const early = await terminal(goOnArgs(desk, luca(), data, 'custodian'));

    expect(resultOf(early)).toMatchObject({ status: 'waiting', reason: { code: 'WAITING_FOR_OPERATOR' } });
    expect(resultOf(early).reason?.message).toContain(HANDS.identityManager);
    const linked = await terminal(goOnArgs(desk, luca(), data, 'identityManager', ...secret));
    expect(resultOf(linked)).toMatchObject({ waitsFor: [{ address: HANDS.custodian }] });
    const done = await terminal(goOnArgs(desk, luca(), data, 'custodian'));
    expect(resultOf(done)).toMatchObject({ status: 'completed', tokens: { recovered: 4 } });
  });

  it('before their part was signed never lets the other cancel by Ctrl-C what they began', async () => {
    const { desk, data } = scene;
    await begin();

    const line = goOnArgs(desk, luca(), data, 'custodian');
    const run = await faultyDesk({ signal: 'SIGINT', at: 'judged:contain' }, line);

    expect(resultOf(run).status).toBe('stopped');
    await alternate('custodian');
    await expectAllOnce();
  });
});

/** Both at one desk, with a plan that who began it confirmed. */
async function together(
  work: (stages: RecoveryStages, id: string, confirmPartOfCustodian: () => void) => Promise<void>,
): Promise<void> {
  const stages = await openStages(scene.desk, scene.data, { own: 'identityManager', others: ['custodian'] });
  try {
    const planned = await stages.plan(luca(), {
      reason: 'compromised',
      custodian: practiceAddress('custodian'),
    });
    const { id } = await stages.begin(planned);
    const part = { operator: practiceAddress('custodian'), typed: confirmationText(planned.plan) };
    await work(stages, id, () => confirmPart(stages.records, id, part));
  } finally {
    await stages.close();
  }
}

describe('both at one desk', () => {
  it('go through in one run, each with nonces of their own, nothing standing between link and tokens', async () => {
    const { desk, data, before } = scene;
    await together(async (stages, id, confirmPartOfCustodian) => {
      confirmPartOfCustodian();

      expect(await stages.run(id)).toMatchObject({ status: 'completed', tokens: { recovered: 4 } });
    });
    await expectAllOnce();
    const effects = await countEffects(desk, luca(), replacementIn(data), before, HANDS.custodian);
    expect(effects.transactions).toHaveLength(12);
  });

  it('have nothing signed by the one who did not confirm, and wait for that', async () => {
    await together(async (stages, id) => {
      const result = await stages.run(id);

      expect(result).toMatchObject({ status: 'waiting', reason: { code: 'WAITING_FOR_OPERATOR' } });
      expect(result.reason?.remedy).toContain('confirm');
    });
    expect(await scene.desk.provider.getTransactionCount(HANDS.custodian)).toBe(0);
  });

  it('have what one can do done although the other cannot pay', async () => {
    const { provider } = scene.desk;
    await together(async (stages, id, confirmPartOfCustodian) => {
      confirmPartOfCustodian();
      await provider.send('anvil_setBalance', [HANDS.custodian, '0x0']);

      const short = await stages.run(id);

      expect(short).toMatchObject({ status: 'waiting', reason: { code: 'OPERATOR_OUT_OF_FUNDS' } });
      expect(short.reason?.message).toContain(HANDS.custodian);
      expect(short.phases.find(({ name }) => name === 'create_identity')?.status).toBe('done');
      await provider.send('anvil_setBalance', [HANDS.custodian, '0x8ac7230489e80000']);
      expect((await stages.run(id)).status).toBe('completed');
    });
    await expectAllOnce();
  });
});

describe('while one waits for the other', () => {
  it('a thief who moves a balance is told of as ever', async () => {
    const { acts, desk, data } = scene;
    const begun = await terminal(await splitArgs(desk, luca(), data));
    expect(resultOf(begun).status).toBe('waiting');
    const { address } = acts.token('EURQ');
    const amount = luca().holdings.find(({ token }) => token === address)?.amount;
    await acts.act('lost:luca-ferri', 'SecurityToken', address, 'transfer', [
      practiceAddress('accomplice'),
      amount,
    ]);

    const done = await terminal(goOnArgs(desk, luca(), data, 'custodian'));

    expect(resultOf(done)).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { recovered: 3, failures: [{ symbol: 'EURQ', reason: 'BALANCE_MOVED' }] },
    });
    expect(resultOf(done).followUps.map(({ code }) => code)).toContain('LOST_WALLET_ACTIVE');
  });

  it('a failed token is retried by whoever signs for it, and by nobody else', async () => {
    const { acts, desk, data } = scene;
    const { address } = acts.token('EURQ');
    await terminal(await splitArgs(desk, luca(), data));
    await acts.act('custodian-admin', 'SecurityToken', address, 'pause', []);
    expect(resultOf(await terminal(goOnArgs(desk, luca(), data, 'custodian'))).tokens.recovered).toBe(3);
    await acts.act('custodian-admin', 'SecurityToken', address, 'unpause', []);

    const others = errorOf(await terminal(goOnArgs(desk, luca(), data, 'identityManager')));
    expect(others).toMatchObject({ code: 'RECOVERY_NOT_RESUMABLE' });
    expect(others.remedy).toContain(HANDS.custodian);
    const retried = await terminal(goOnArgs(desk, luca(), data, 'custodian'));
    expect(resultOf(retried)).toMatchObject({ status: 'completed', tokens: { recovered: 4 } });
  });

  it('another program with the custodian’s key stops the sending of the custodian', async () => {
    const { desk, data, stage } = scene;
    writePolicy(data, { miningPatienceSeconds: 10 });
    await terminal(await splitArgs(desk, luca(), data, '--network', stage.profile()));
    const custodian = new Wallet(practiceKey('custodian'), desk.provider);
    const use = (): Promise<unknown> =>
      custodian.sendTransaction({ to: custodian.address, gasLimit: 60_000n, maxFeePerGas: 50_000_000_000n });

    const stopped = await terminal(goOnArgs(desk, luca(), data, 'custodian'), {
      checkpoint: stage.when('signed:recover_tokens', use),
    });

    expect(resultOf(stopped)).toMatchObject({
      status: 'stopped',
      reason: { code: 'OPERATOR_KEY_IN_USE_ELSEWHERE' },
    });
    expect(resultOf(stopped).reason?.message).toContain(HANDS.custodian);
    const resumed = await terminal(goOnArgs(desk, luca(), data, 'custodian'));
    expect(resultOf(resumed)).toMatchObject({ status: 'completed', tokens: { recovered: 4 } });
  });
});
