/** Faults that come between two steps of a recovery must hold neither the rest of it, nor the person, nor the operator. */
import { Contract } from 'ethers';
import { afterEach, describe, expect, it } from 'vitest';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { errorOf, writePolicy } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { faultScene, together } from '../support/fault-scene.ts';
import { countEffects } from '../support/effects.ts';
import {
  RECOVER_IDENTITY,
  RECOVER_TOKENS,
  isLook,
  refusal,
  sentTransaction,
} from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { linkElsewhere } from '../support/other-administrators.ts';
import { replacementIn, resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { replacingPool } from '../support/replacing-pool.ts';
import { terminal } from '../support/terminal.ts';

const scene = faultScene();

afterEach(() => scene.stage.calm());

function line(personId: string, ...more: readonly string[]): readonly string[] {
  const { desk, stage, data } = scene;
  return desk.recoverArgs(desk.person(personId), data, '--network', stage.profile(), ...more);
}

function resume(...more: readonly string[]) {
  return terminal(resumeArgs(scene.desk, scene.data, null, ...more));
}

async function expectOtherPersonRecovers(personId: string): Promise<void> {
  const { desk, data } = scene;
  const run = await terminal(desk.recoverArgs(desk.person(personId), data));
  expect(resultOf(run), run.stderr).toMatchObject({ status: 'completed' });
}

describe('a call that the node refuses, with the desk killed before its nonce was filled', () => {
  it('is filled by resume: its token alone fails, the others and the operator go on', async () => {
    const { acts, stage } = scene;
    const alde = acts.token('ALDE').address.toLowerCase();
    stage.answer((request) => {
      const sent = sentTransaction(request);
      const refused = sent?.to?.toLowerCase() === alde && sent.data.startsWith(RECOVER_TOKENS);
      return refused ? refusal('exceeds block gas limit') : 'pass';
    });
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'sent:recover_tokens' }, line('jonas-weir'));
    expect(killed.signal).toBe('SIGKILL');

    const run = await resume();

    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run).tokens).toMatchObject({
      recovered: 1,
      failures: [{ symbol: 'ALDE', reason: 'RPC_ERROR' }],
    });
    await stage.calm();
    await expectOtherPersonRecovers('wim-de-groot');
    expect(resultOf(await resumeOf('jonas-weir'))).toMatchObject({ status: 'completed' });
  });

  it('is filled too where a bad answer, not a kill, came between', async () => {
    const { acts, stage, data } = scene;
    const alde = acts.token('ALDE').address.toLowerCase();
    let refused = 0;
    stage.answer((request) => {
      const sent = sentTransaction(request);
      if (sent?.to?.toLowerCase() === alde && sent.data.startsWith(RECOVER_TOKENS)) {
        refused += 1;
        return refusal('exceeds block gas limit');
      }
      const garbled = request.method === 'eth_maxPriorityFeePerGas' && refused === 1;
      return garbled ? { result: 'no quantity' } : 'pass';
    });

    const run = await terminal(line('jonas-weir'));

    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run).tokens).toMatchObject({ recovered: 1, failures: [{ reason: 'RPC_ERROR' }] });
    const states = readJournalFile(data).transactions.map(({ state }) => state);
    expect(states.filter((state) => state === 'signed' || state === 'sent')).toEqual([]);
  });

  it('of the identity itself stops the recovery with a way on, and resume makes the link once', async () => {
    const { before, data, desk, stage } = scene;
    const person = desk.person('jonas-weir');
    let first: string | null = null;
    stage.answer((request) => {
      const sent = sentTransaction(request);
      if (sent?.data.startsWith(RECOVER_IDENTITY) !== true) return 'pass';
      first ??= sent.hash;
      return sent.hash === first ? refusal('txpool is full') : 'pass';
    });
    const killed = await faultyDesk({ signal: 'SIGKILL', at: 'sent:recover_identity' }, line('jonas-weir'));
    expect(killed.signal).toBe('SIGKILL');

    const stopped = await resume('--network', stage.profile());
    const done = await resume('--network', stage.profile());

    expect(resultOf(stopped)).toMatchObject({ status: 'stopped', reason: { code: 'BROADCAST_REJECTED' } });
    expect(resultOf(done)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    expect(await countEffects(desk, person, replacementIn(data), before)).toMatchObject({
      linked: 1,
      identityRecovered: 1,
      repeatedCalls: 0,
    });
  });

  async function resumeOf(personId: string) {
    const lost = scene.desk.person(personId).lostWallet ?? '';
    const list = JSON.parse((await terminal(['list', '--json', '--data', scene.data])).stdout) as {
      readonly id: string;
      readonly lostWallet: string;
    }[];
    const id = list.find((row) => row.lostWallet === lost)?.id ?? '';
    const args = resumeArgs(scene.desk, scene.data, null);
    return terminal(args.map((word, index) => (index === 1 ? id : word)));
  }
});

describe('the link made by another administrator', () => {
  it('to our replacement, with another identity, is taken: the tokens follow, verification tells', async () => {
    const { acts, desk, data, stage } = scene;
    const person = desk.person('luca-ferri');
    const { replacement, proof } = await desk.proofBy('replacement', person, data);
    const { identityFactory, identityRegistry } = desk.network.seed.contracts;
    const linked = stage.when('final:contain', async () => {
      const views = ['function getIdentity(address) view returns (address)'];
      const factory = new Contract(identityFactory, views, desk.provider);
      const old = String(await factory.getFunction('getIdentity')(person.lostWallet));
      const args = [person.lostWallet, replacement, old];
      await acts.act('platform-admin', 'IdentityRegistry', identityRegistry, 'recoverIdentity', args);
    });
    const given = ['--reason', 'compromised', '--replacement', replacement, '--proof', proof];

    const run = await terminal(line('luca-ferri', ...given), { checkpoint: linked });

    expect(run.code, run.stderr).toBe(5);
    const { status, tokens, phases } = resultOf(run);
    expect(status).toBe('completed_with_token_failures');
    expect(tokens).toMatchObject({ total: 4, recovered: 4 });
    expect(phases.find(({ name }) => name === 'verify')?.reason).toContain('planned identity');
  });

  it('elsewhere, after a reorg took ours and the tokens, ends the recovery as failed, never as complete', async () => {
    const { acts, desk, data, stage } = scene;
    let reorged = false;
    stage.answer(async (request): Promise<ProxyAnswer> => {
      if (reorged && isLook(request)) await desk.provider.send('evm_mine', []);
      return 'pass';
    });
    const reorg = stage.when(
      'mined:recover_tokens',
      async () => {
        const relink = readJournalFile(data).transactions.find(({ step }) => step.startsWith('recover_id'));
        const receipt = await desk.provider.getTransactionReceipt(relink?.hash ?? '');
        const depth = (await desk.provider.getBlockNumber()) - (receipt?.blockNumber ?? 0) + 1;
        await desk.provider.send('anvil_reorg', [depth, []]);
        await linkElsewhere(desk, acts, desk.person('jonas-weir').lostWallet ?? '');
        reorged = true;
      },
      2,
    );
    const profile = stage.profile({ finality: undefined, confirmations: 8 });

    const run = await terminal([...line('jonas-weir'), '--network', profile], {
      checkpoint: reorg,
    });

    expect(resultOf(run)).toMatchObject({
      status: 'failed',
      reason: { code: 'RECOVERED_ELSEWHERE' },
      tokens: { recovered: 0 },
    });
  });
});

describe('a freeze that a custodian set after the preview', () => {
  function freezeLost(personId: string, symbol: string): Promise<void> {
    const { acts, desk } = scene;
    const args = [desk.person(personId).lostWallet, true];
    const token = acts.token(symbol).address;
    return acts.act('custodian-admin', 'SecurityToken', token, 'setAddressFrozen', args);
  }

  function toldOfReplacement({ followUps }: RecoveryResult): string {
    return followUps.find(({ code }) => code === 'REPLACEMENT_LEFT_FROZEN')?.message ?? '';
  }

  it('goes along to the replacement, and is told although ours are lifted', async () => {
    const hold = scene.stage.when('begun', () => freezeLost('luca-ferri', 'NGB28'));

    const run = await terminal(line('luca-ferri', '--reason', 'compromised'), { checkpoint: hold });

    const result = resultOf(run);
    expect(result.status).toBe('completed');
    expect(toldOfReplacement(result)).toContain('frozen on NGB28, and not by this recovery');
  });

  it.each(['by us', 'by that custodian'])(
    'where we set none goes along and is told, the token being recovered %s',
    async (by) => {
      const { acts, desk, data, stage } = scene;
      const token = acts.token('ALDE').address;
      const hold = stage.when('final:recover_identity', async () => {
        await freezeLost('jonas-weir', 'ALDE');
        const args = [desk.person('jonas-weir').lostWallet, replacementIn(data)];
        if (by === 'by us') return;
        await acts.act('custodian-admin', 'SecurityToken', token, 'forcedRecoverTokens', args);
      });

      const run = await terminal(line('jonas-weir'), { checkpoint: hold });

      const result = resultOf(run);
      expect(result.status).toBe('completed');
      expect(toldOfReplacement(result)).toContain('frozen on ALDE, and not by this recovery');
    },
  );

  it.each(['judged:recover_tokens', 'intended:recover_tokens'])(
    'while the desk was down at %s is what the token is measured against: the recovery is verified',
    async (moment) => {
      const { desk, data } = scene;
      const { replacement, proof } = await desk.proofBy('replacement', desk.person('jonas-weir'), data);
      const given = ['--replacement', replacement, '--proof', proof];
      const killed = await faultyDesk({ signal: 'SIGKILL', at: moment }, line('jonas-weir', ...given));
      expect(killed.signal, killed.stderr).toBe('SIGKILL');
      await freezeLost('jonas-weir', 'ALDE');

      const run = await resume();

      expect(run.code, run.stderr).toBe(0);
      const result = resultOf(run);
      expect(result).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
      expect(toldOfReplacement(result)).toContain('frozen on ALDE, and not by this recovery');
    },
  );

  it('is not told as one of ours', async () => {
    const { acts, desk, stage } = scene;
    const lost = desk.person('luca-ferri').lostWallet ?? '';
    const token = acts.token('NGB28').address;
    const hold = stage.when('begun', () =>
      acts.act('custodian-admin', 'SecurityToken', token, 'setAddressFrozen', [lost, true]),
    );
    const elsewhere = stage.when('final:contain', () => linkElsewhere(desk, acts, lost));

    const run = await terminal(line('luca-ferri', '--reason', 'compromised'), {
      checkpoint: together(hold, elsewhere),
    });

    const { status, followUps } = resultOf(run);
    expect(status).toBe('failed');
    const told = followUps.find(({ code }) => code === 'LOST_WALLET_LEFT_FROZEN')?.message;
    expect(told).toContain('QUAY, EURQ, USDQ');
    expect(told).not.toContain('NGB28');
  });
});

describe('a confirmation text without a higher bound', () => {
  it('is refused by resume: there is nothing that it could confirm', async () => {
    await terminal(line('jonas-weir'));
    const run = await resume('--confirm', 'RECOVER ABCDEF');
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('BAD_USAGE');
  });
});

describe('a recovery ended by Ctrl-C with a transaction mined and not final', () => {
  /** The newest variant of its only transaction is in no block any more, and no pool has it. */
  async function endedAndVanished(status: 'cancelled' | 'stopped'): Promise<string> {
    const { desk, stage, data } = scene;
    const bumpAfterBlocks = status === 'stopped' ? 2 : 1000;
    writePolicy(data, { miningPatienceSeconds: 5, bumpAfterBlocks, maxBumps: 1 });
    const stop = new AbortController();
    const profile = stage.profile({ finality: undefined, confirmations: 8 });
    const ended = await terminal([...line('jonas-weir'), '--network', profile], {
      signal: stop.signal,
      checkpoint: (name) => {
        if (name === 'mined:create_identity') stop.abort();
      },
    });
    expect(resultOf(ended).status).toBe(status);
    const hash = readJournalFile(data).transactions.at(-1)?.hash ?? '';
    const mined = await desk.provider.getTransactionReceipt(hash);
    const depth = (await desk.provider.getBlockNumber()) - (mined?.blockNumber ?? 0) + 1;
    await desk.provider.send('anvil_reorg', [depth, []]);
    return hash;
  }

  it('holds nobody’s nonce when a reorg takes that away: the next recovery offers it again, and completes', async () => {
    const hash = await endedAndVanished('cancelled');

    await expectOtherPersonRecovers('luca-ferri');

    expect(await scene.desk.provider.getTransactionReceipt(hash)).not.toBeNull();
  });

  it('is stopped, not cancelled, once its fee was raised: resume offers the raised one alone', async () => {
    const { desk, stage, data } = scene;
    const { answer } = replacingPool(desk.network.node.url, 'taken');
    stage.answer(answer);
    const raised = await endedAndVanished('stopped');
    const [first, ...others] = readJournalFile(data).transactions.map(({ hash }) => hash);
    expect(others).toEqual([raised]);
    const offered: (string | null)[] = [];
    stage.answer(async (request) => {
      if (isLook(request)) await desk.provider.send('evm_mine', []);
      const sent = sentTransaction(request);
      if (sent !== null) offered.push(sent.hash);
      return sent?.hash === first ? refusal('max fee per gas less than block base fee') : 'pass';
    });

    const run = await resume();

    expect(run.code, run.stderr).toBe(0);
    expect(offered[0]).toBe(raised);
    expect(offered).not.toContain(first);
  });

  it('is told as what the operator cannot pay for, where that is why the node does not take it again', async () => {
    const { stage, data } = scene;
    const hash = await endedAndVanished('cancelled');
    stage.answer((request) =>
      sentTransaction(request)?.hash === hash
        ? refusal('insufficient funds for gas * price + value: balance 1, tx cost 2, overshot 1')
        : 'pass',
    );

    const error = errorOf(await terminal(line('luca-ferri')));

    expect(error).toMatchObject({ code: 'OPERATOR_OUT_OF_FUNDS' });
    expect(error.remedy).toContain('native coin');
    expect(JSON.parse((await terminal(['list', '--json', '--data', data])).stdout)).toHaveLength(1);
  });

  it('is told before anything else is begun, where the node does not take it again', async () => {
    const { stage, data } = scene;
    const hash = await endedAndVanished('cancelled');
    stage.answer((request) =>
      sentTransaction(request)?.hash === hash ? refusal('max fee per gas less than block base fee') : 'pass',
    );

    const run = await terminal(line('luca-ferri'));

    expect(errorOf(run)).toMatchObject({ code: 'BROADCAST_REJECTED' });
    expect(JSON.parse((await terminal(['list', '--json', '--data', data])).stdout)).toHaveLength(1);
  });
});
