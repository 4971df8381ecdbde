import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AbiCoder, Contract, Wallet, concat, id, toQuantity } from 'ethers';
import { describe, expect, it } from 'vitest';
import { practiceAddress, practiceKey } from '../../electron/practice/practice-keys.ts';
import { canonicalText, digestOf } from '../../shared/canonical.ts';
import { previewPackageSchema } from '../../shared/preview.ts';
import { previewArgs, previewOf } from '../support/command-line.ts';
import { faultScene } from '../support/fault-scene.ts';
import type { Answer } from '../support/fault-stage.ts';
import { deployHostile } from '../support/hostile-contract.ts';
import type { HostileAnswer } from '../support/hostile-contract.ts';
import { BALANCE_OF, RECOVER_TOKENS, askedCall, refusal, selectorOf } from '../support/hostile-node.ts';
import type { AskedCall } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxyAnswer } from '../support/node-proxy.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
/** Moves the cursor, clears the screen, names the window, hides what follows. */
const ESCAPES = '\u001B[2J\u001B[H\u001B]0;done\u0007\u001B[8m\u009B1A\rAll is well';
const CONTROL = /[^\P{Cc}\n]/u;
const ABORTED = refusal('execution aborted (timeout = 5s)');
const coder = AbiCoder.defaultAbiCoder();

function aldeAddress(): string {
  return scene.acts.token('ALDE').address.toLowerCase();
}

/** Another answer to calls of one token, the node's own to all else. */
function aboutAlde(answer: (call: AskedCall) => ProxyAnswer): Answer {
  const alde = aldeAddress();
  return (request) => {
    const call = askedCall(request);
    return call?.to === alde ? answer(call) : 'pass';
  };
}

function recoverLine(): readonly string[] {
  const { desk, stage, data } = scene;
  return desk.recoverArgs(desk.person('jonas-weir'), data, '--network', stage.profile());
}

function previewLine(...more: readonly string[]): readonly string[] {
  const { desk, stage, data } = scene;
  const wallet = desk.person('jonas-weir').lostWallet ?? '';
  return previewArgs(desk, data, '--network', stage.profile(), '--wallet', wallet, ...more);
}

function spoken(line: readonly string[]): Promise<TerminalRun> {
  return terminal(line.filter((word) => word !== '--json'));
}

async function expectResumes(): Promise<void> {
  await scene.stage.calm();
  const run = await terminal(resumeArgs(scene.desk, scene.data, null));
  expect(run.code, run.stderr).toBe(0);
  expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
}

describe('a token that nothing can be sent to', () => {
  const isRecovery = ({ data }: AskedCall): boolean => data.startsWith(RECOVER_TOKENS);
  it.each<[string, (call: AskedCall) => ProxyAnswer, RegExp]>([
    [
      'asks for a whole block of gas',
      (call) =>
        isRecovery(call) && call.method === 'eth_estimateGas' ? { result: toQuantity(30_000_000) } : 'pass',
      /30000000 gas/,
    ],
    [
      'takes longer than the node gives a call',
      (call) => (isRecovery(call) && call.method === 'eth_call' ? ABORTED : 'pass'),
      /./,
    ],
    [
      'takes longer than the node gives an estimate',
      (call) => (isRecovery(call) && call.method === 'eth_estimateGas' ? ABORTED : 'pass'),
      /./,
    ],
  ])('because it %s fails alone, in words, and is retried by resume', async (_why, answer, words) => {
    scene.stage.answer(aboutAlde(answer));

    const run = await terminal(recoverLine());

    expect(run.code, run.stderr).toBe(3);
    const { status, tokens } = resultOf(run);
    expect(status).toBe('completed_with_token_failures');
    expect(tokens).toMatchObject({ recovered: 1, failures: [{ symbol: 'ALDE' }] });
    expect(tokens.failures[0]?.message).toMatch(words);
    const sent = readJournalFile(scene.data).transactions.filter(
      ({ step }) => step.startsWith('recover_token:') && step.toLowerCase().endsWith(aldeAddress()),
    );
    expect(sent).toEqual([]);
    await expectResumes();
  });

  it('because it does not say what the lost wallet holds is in scope, and fails with these words', async () => {
    const silent = (call: AskedCall): ProxyAnswer =>
      call.data.startsWith(BALANCE_OF) ? refusal('execution reverted', '0x') : 'pass';
    scene.stage.answer(aboutAlde(silent));

    const { preview } = previewOf(await terminal(previewLine()));
    const run = await terminal(recoverLine());

    const alde = preview.tokens.find(({ symbol }) => symbol === 'ALDE');
    expect(alde?.predicted).toMatchObject({ outcome: 'fails', reason: 'UNKNOWN' });
    expect(run.code, run.stderr).toBe(3);
    const { status, tokens } = resultOf(run);
    expect(status).toBe('completed_with_token_failures');
    expect(tokens).toMatchObject({
      total: 2,
      recovered: 1,
      failures: [{ symbol: 'ALDE', reason: 'UNKNOWN' }],
    });
    expect(tokens.failures[0]?.message).toContain('does not answer');
    await expectResumes();
  });
});

describe('a foreign contract that paid the lost wallet', () => {
  const cases: readonly (readonly [string, HostileAnswer, 'node answers' | 'node aborts'])[] = [
    ['burns all gas when it is asked', 'burns all gas', 'node answers'],
    ['returns megabytes when it is asked', 'returns megabytes', 'node answers'],
    ['keeps the node until it aborts the call', 'burns all gas', 'node aborts'],
  ];
  it.each(cases)('and %s holds up neither preview nor recovery', async (_what, answer, node) => {
    const { acts, desk, stage } = scene;
    const { signer } = await acts.setupOf('accomplice');
    const wallet = desk.person('jonas-weir').lostWallet ?? '';
    const foreign = (await deployHostile(signer, wallet, answer)).toLowerCase();
    if (node === 'node aborts')
      stage.answer((request) => (askedCall(request)?.to === foreign ? ABORTED : 'pass'));

    const { preview } = previewOf(await terminal(previewLine()));
    const run = await terminal(recoverLine());

    expect(preview.tokens.map(({ symbol }) => symbol).toSorted()).toEqual(['ALDE', 'EURQ']);
    expect(run.code, run.stderr).toBe(0);
    expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { total: 2, recovered: 2 } });
  });
});

describe('text of others on the way to the screen', () => {
  function expectClean(...runs: readonly TerminalRun[]): void {
    for (const { stdout, stderr } of runs) {
      expect(stdout).not.toMatch(CONTROL);
      expect(stderr).not.toMatch(CONTROL);
      expect(stdout + stderr).not.toBe('');
    }
  }

  it('loses its control characters where it is the reason of a revert', async () => {
    const data = concat([selectorOf('Error(string)'), coder.encode(['string'], [ESCAPES])]);
    scene.stage.answer(
      aboutAlde((call) =>
        call.data.startsWith(RECOVER_TOKENS) ? refusal(`execution reverted: ${ESCAPES}`, data) : 'pass',
      ),
    );

    const run = await spoken(recoverLine());

    expect(run.code).toBe(3);
    expect(run.stdout).toContain('All is well');
    expectClean(run, await terminal(resumeArgs(scene.desk, scene.data, null)));
  });

  it('loses them where it is the symbol and name of a token or the name of a claim topic', async () => {
    const text = coder.encode(['string'], [ESCAPES]);
    const named = [selectorOf('symbol()'), selectorOf('name()')];
    const topicEvent = id('TopicSchemeRegistered(address,uint256,string,string)');
    const about = aboutAlde((call) => (named.includes(call.data) ? { result: text } : 'pass'));
    scene.stage.answer(async (request) => {
      const [filter] = (request.params ?? []) as readonly { topics?: readonly unknown[] }[];
      if (request.method !== 'eth_getLogs' || filter?.topics?.[0] !== topicEvent) return about(request);
      const logs = (await scene.desk.provider.send('eth_getLogs', [filter])) as readonly object[];
      return {
        result: logs.map((log) => ({ ...log, data: coder.encode(['string', 'string'], [ESCAPES, '']) })),
      };
    });

    const seen = await spoken(previewLine());
    const whole = await terminal(previewLine());
    const recovered = await spoken(recoverLine());

    expect(seen.stdout).toContain('All is well');
    expect(previewOf(whole).preview.claims.some(({ topicName }) => topicName?.includes('All is well'))).toBe(
      true,
    );
    expectClean(seen, whole, recovered);
  });

  it('loses them where it stands in a preview file that somebody wrote', async () => {
    const file = path.join(scene.data, 'preview.json');
    await terminal(previewLine('--out', file));
    const { preview } = previewPackageSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const written = structuredClone(preview) as {
      network: { name: string };
      tokens: { symbol: string; name: string }[];
    };
    written.network.name = ESCAPES;
    for (const token of written.tokens) token.symbol = ESCAPES;
    writeFileSync(file, canonicalText({ preview: written, digest: digestOf(written) }));

    const run = await terminal(['review', file]);

    expect(run.stdout + run.stderr).toContain('All is well');
    expectClean(run);
  });
});

describe('a transfer of nothing that a stranger has logged after a theft', () => {
  it('does not change who is named as having taken the balance', async () => {
    const { acts, desk, data } = scene;
    const { address } = acts.token('USDQ');
    const abi = [
      'function transfer(address,uint256) returns (bool)',
      'function transferFrom(address,address,uint256) returns (bool)',
      'function balanceOf(address) view returns (uint256)',
    ];
    const thief = new Wallet(practiceKey('lost:luca-ferri'), desk.provider);
    const { signer: stranger } = await acts.setupOf('lost:bruno-alves');
    const decoy = await stranger.getAddress();
    const accomplice = practiceAddress('accomplice');
    let theft = '';
    const steal = async (): Promise<void> => {
      const token = new Contract(address, abi, thief);
      const amount: unknown = await token.getFunction('balanceOf')(thief.address);
      const sent = await token.getFunction('transfer')(accomplice, amount);
      await sent.wait();
      theft = sent.hash;
      const nothing = new Contract(address, abi, stranger).getFunction('transferFrom');
      await (await nothing(thief.address, decoy, 0n)).wait();
    };
    const line = desk.recoverArgs(desk.person('luca-ferri'), data, '--network', scene.stage.profile());

    const run = await terminal(line, { checkpoint: scene.stage.when('begun', steal) });

    await scene.stage.calm();
    const { failures } = resultOf(run).tokens;
    expect(failures).toMatchObject([{ symbol: 'USDQ', reason: 'BALANCE_MOVED' }]);
    expect(failures[0]?.message).toContain(theft);
    expect(failures[0]?.message).toContain(accomplice);
    expect(failures[0]?.message).not.toContain(decoy);
  });
});
