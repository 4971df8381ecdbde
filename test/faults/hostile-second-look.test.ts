import { AbiCoder, Contract, Wallet, keccak256, toBeHex, toQuantity } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../electron/desk.ts';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import { errorOf, withoutEffect } from '../support/command-line.ts';
import { expectJonasRecovered } from '../support/expect-recovered.ts';
import { faultScene, together } from '../support/fault-scene.ts';
import { askNode, askedCall, isLook, selectorOf } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
/** More than the blocks that go by while the next steps are judged. */
const CONFIRMATIONS = 12;
const coder = AbiCoder.defaultAbiCoder();

async function recoverToHolder(checkpoint: Checkpoint, profile: string): Promise<TerminalRun> {
  const { desk, data } = scene;
  const person = desk.person('jonas-weir');
  const { replacement, proof } = await desk.proofBy('replacement', person, data);
  const given = ['--replacement', replacement, '--proof', proof, '--network', profile];
  return terminal(desk.recoverArgs(person, data, ...given), { checkpoint });
}

function resume(): Promise<TerminalRun> {
  return terminal(resumeArgs(scene.desk, scene.data, null));
}

const expectCompleted = (run: TerminalRun): Promise<void> => expectJonasRecovered(scene, run);

describe('a node that lags behind', () => {
  it('by a block where it tries calls out fails no token: they go out once it has caught up', async () => {
    const { desk, stage } = scene;
    let behind = 6;
    const lag = stage.when('final:recover_identity', async () =>
      stage.answer(async (request): Promise<ProxyAnswer> => {
        const call = askedCall(request);
        if (call === null || request.params?.[1] !== 'latest' || behind === 0) return 'pass';
        behind -= 1;
        const earlier = toQuantity((await desk.provider.getBlockNumber()) - 1);
        return askNode(desk.network.node.url, call.method, [request.params[0], earlier]);
      }),
    );

    const run = await recoverToHolder(lag, stage.profile());

    expect(behind).toBe(0);
    await expectCompleted(run);
  });

  it('where it counts our transactions is waited for', async () => {
    const { stage, desk } = scene;
    let behind = 4;
    const lag = stage.when('final:create_identity', async () =>
      stage.answer(async ({ method, params }): Promise<ProxyAnswer> => {
        const counts = method === 'eth_getTransactionCount' && typeof params?.[1] === 'string';
        if (!counts || behind === 0) return 'pass';
        behind -= 1;
        const count = await desk.provider.getTransactionCount(practiceAddress('operator'));
        return { result: toQuantity(count - 1) };
      }),
    );

    const run = await recoverToHolder(lag, stage.profile());

    expect(behind).toBe(0);
    await expectCompleted(run);
  });
});

describe('a verification with a finding', () => {
  const lies: readonly (readonly [string, string, bigint])[] = [
    ['of a token', 'isFrozen(address)', 1n],
    ['of the identity', 'investorCountry(address)', 7n],
  ];
  it.each(lies)('%s says so in its exit code, and resume verifies again', async (_what, signature, lie) => {
    const { stage } = scene;
    const about = `${selectorOf(signature)}${practiceAddress('replacement').slice(2).toLowerCase().padStart(64, '0')}`;
    const lieFromNowOn = stage.when(
      'ended:recover_tokens',
      async () =>
        stage.answer((request) =>
          askedCall(request)?.data === about ? { result: toBeHex(lie, 32) } : 'pass',
        ),
      2,
    );

    const run = await recoverToHolder(lieFromNowOn, stage.profile());

    expect(run.code, run.stderr).toBe(5);
    expect(resultOf(run).status).toBe('completed_with_token_failures');
    await stage.calm();
    await expectCompleted(await resume());
  });

  it('of a second management key, which the holder added, ends the recovery and names it each time', async () => {
    const { acts, desk, stage } = scene;
    const holder = practiceAddress('replacement');
    const addKey = async (): Promise<void> => {
      const { identityFactory } = desk.network.seed.contracts;
      const abi = ['function getIdentity(address) view returns (address)'];
      const factory = new Contract(identityFactory, abi, desk.provider);
      const identity = String(await factory.getFunction('getIdentity')(holder));
      const second = keccak256(coder.encode(['address'], [practiceAddress('second-replacement')]));
      await acts.act('replacement', 'Identity', identity, 'addKey', [second, 1, 1]);
    };

    const run = await recoverToHolder(stage.when('final:recover_identity', addKey), stage.profile());
    await stage.calm();
    const again = await resume();

    for (const { code, stdout } of [run, again]) {
      expect(code, stdout).toBe(5);
      const { status, tokens, followUps } = resultOf({ code, stdout, stderr: '' });
      expect(status).toBe('completed_with_token_failures');
      expect(tokens).toMatchObject({ recovered: 2, failed: 0 });
      const byHand = followUps.find((followUp) => followUp.code === 'VERIFY_BY_HAND');
      expect(byHand?.message).toContain('management key');
    }
  });
});

describe('a token that another custodian recovered to our replacement', () => {
  it('counts as done before only when that is final', async () => {
    const { acts, desk, stage, data } = scene;
    const { address } = acts.token('ALDE');
    const lost = desk.person('jonas-weir').lostWallet;
    let head = 0;
    let doneElsewhereAt = 0;
    let endedAt = 0;
    const mineOnLook = async (request: Parameters<typeof isLook>[0]): Promise<ProxyAnswer> => {
      if (isLook(request)) {
        await desk.provider.send('evm_mine', []);
        head = await desk.provider.getBlockNumber();
      }
      return 'pass';
    };
    stage.answer(mineOnLook);
    const elsewhere = stage.when('mined:recover_identity', async () => {
      const args = [lost, practiceAddress('replacement')];
      await acts.act('custodian-admin', 'SecurityToken', address, 'forcedRecoverTokens', args);
      doneElsewhereAt = await desk.provider.getBlockNumber();
      stage.answer(mineOnLook);
    });
    const watch = (): void => {
      if (doneElsewhereAt === 0 || endedAt > 0) return;
      const row = readJournalFile(data).steps.find(
        ({ name }) => name.startsWith('recover_token:') && name.endsWith(address),
      );
      if (row?.state === 'done') endedAt = head;
    };
    const profile = stage.profile({ finality: undefined, confirmations: CONFIRMATIONS });

    const run = await recoverToHolder(together(elsewhere, watch), profile);

    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    expect(endedAt - doneElsewhereAt + 1).toBeGreaterThanOrEqual(CONFIRMATIONS);
    const sent = readJournalFile(data).transactions.filter(({ step }) => step.startsWith('recover_token:'));
    expect(sent).toHaveLength(1);
  });
});

describe('a proof of control', () => {
  it('that was made for one participant is refused for a plan that names another', async () => {
    const { desk, data } = scene;
    const person = desk.person('jonas-weir');
    const wallet = person.lostWallet ?? '';
    const replacement = practiceAddress('replacement');
    const { network, participants } = desk.network.files;
    const named = ['--participants', participants, '--participant', 'jonas-weir'];
    const on = ['--json', '--network', network, '--wallet', wallet, '--data', data];
    const asked = await terminal(['challenge', ...on, ...named, '--replacement', replacement]);
    const { typedData } = JSON.parse(asked.stdout);
    const { EIP712Domain: _domain, ...types } = typedData.types;
    const proof = await new Wallet(practiceKey('replacement')).signTypedData(
      typedData.domain,
      types,
      typedData.message,
    );
    expect(typedData.message.participant).toBe('jonas-weir');

    const line = desk.recoverArgs(person, data, '--replacement', replacement, '--proof', proof);
    const run = await withoutEffect(desk, data, () => terminal(line));

    expect(errorOf(run).code).toMatch(/^PROOF_/);
    await expectCompleted(await terminal([...line, ...named]));
  });
});
