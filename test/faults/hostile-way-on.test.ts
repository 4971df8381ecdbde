import { copyFileSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorOf, previewArgs, profileFile } from '../support/command-line.ts';
import { faultyDesk } from '../support/desk-process.ts';
import { expectJonasRecovered } from '../support/expect-recovered.ts';
import { faultScene, together } from '../support/fault-scene.ts';
import { isLook } from '../support/hostile-node.ts';
import { readJournalFile } from '../support/journal-file.ts';
import type { ProxiedRequest, ProxyAnswer } from '../support/node-proxy.ts';
import { resultOf, resumeArgs } from '../support/recovery-runs.ts';
import { confirmedCost, signedCost } from '../support/signed-cost.ts';
import { terminal } from '../support/terminal.ts';
import type { TerminalRun } from '../support/terminal.ts';

const scene = faultScene();
const OTHER_CHAIN = 424_242;
const CONFIRMATIONS = { finality: undefined, confirmations: 3 };

/** The one keystore that the desk made in a data folder. */
function keystoreIn(data: string): string {
  const file = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .find((candidate) => readFileSync(candidate, 'utf8').includes('"crypto"'));
  if (file === undefined) throw new Error(`no keystore in ${data}`);
  return file;
}

function never(): Promise<ProxyAnswer> {
  return new Promise(() => undefined);
}

/** A block more whenever the desk looks for one. */
async function mineOnLook(request: ProxiedRequest): Promise<ProxyAnswer> {
  if (isLook(request)) await scene.desk.provider.send('evm_mine', []);
  return 'pass';
}

/** Runs a command line that is interrupted at the first moment whose name starts so. */
function interruptedAt(moment: string, line: readonly string[], other = together()): Promise<TerminalRun> {
  const stop = new AbortController();
  const interrupt = (name: string): void => {
    if (name.startsWith(moment)) stop.abort();
  };
  return terminal(line, { signal: stop.signal, checkpoint: together(other, interrupt) });
}

function recoverLine(...more: readonly string[]): readonly string[] {
  const { desk, stage, data } = scene;
  return desk.recoverArgs(desk.person('jonas-weir'), data, '--network', stage.profile(), ...more);
}

function resume(...more: readonly string[]): Promise<TerminalRun> {
  return terminal(resumeArgs(scene.desk, scene.data, null, ...more));
}

const expectCompleted = (run: TerminalRun): Promise<void> => expectJonasRecovered(scene, run);

describe('resume with another profile', () => {
  it('of another chain is refused and changes nothing; the right profile completes', async () => {
    const { data, stage } = scene;
    await interruptedAt('mined:recover_identity', recoverLine());
    const stored = readJournalFile(data);
    stage.answer(({ method }) =>
      method === 'eth_chainId' ? { result: `0x${OTHER_CHAIN.toString(16)}` } : 'pass',
    );

    const run = await resume('--network', stage.profile({ chainId: OTHER_CHAIN }));

    expect(errorOf(run)).toMatchObject({ code: 'CHAIN_ID_MISMATCH', retry: 'never' });
    expect(readJournalFile(data)).toEqual(stored);
    await stage.calm();
    await expectCompleted(await resume());
  });

  it('of another system on the same chain is refused and changes nothing; the right one completes', async () => {
    const { data, desk } = scene;
    await interruptedAt('mined:recover_identity', recoverLine());
    const stored = readJournalFile(data);
    const system = desk.network.seed.contracts.identityFactory;

    const run = await resume('--network', profileFile(desk, { system }));

    expect(errorOf(run)).toMatchObject({ code: 'SYSTEM_NOT_FOUND', retry: 'never' });
    expect(readJournalFile(data)).toEqual(stored);
    await expectCompleted(await resume());
  });
});

describe('a nonce that was reserved and not signed when the desk died', () => {
  const cuts: readonly (readonly [string, (line: readonly string[]) => Promise<unknown>])[] = [
    ['interrupted', (line) => interruptedAt('mined:recover_tokens', line)],
    ['killed', (line) => faultyDesk({ signal: 'SIGKILL', at: 'broadcast:recover_tokens', count: 2 }, line)],
  ];
  it.each(cuts)(
    'is filled once where its token is paused by then, and the next run is %s',
    async (_how, cut) => {
      const { acts, desk, stage, data } = scene;
      const { address } = acts.token('ALDE');
      const set = (method: string) => acts.act('custodian-admin', 'SecurityToken', address, method, []);
      stage.answer(mineOnLook);
      const line = recoverLine('--network', stage.profile(CONFIRMATIONS));
      const died = await faultyDesk({ signal: 'SIGKILL', at: 'intended:recover_tokens' }, line);
      expect(died.signal).toBe('SIGKILL');
      await set('pause');

      await cut(resumeArgs(desk, data, desk.passphraseFile()));
      expect(readJournalFile(data).recovery.status).not.toMatch(/^(completed|failed|cancelled)/);
      const again = await resume();

      expect(again.code, again.stderr).toBe(3);
      expect(resultOf(again)).toMatchObject({
        status: 'completed_with_token_failures',
        tokens: { recovered: 1, failures: [{ symbol: 'ALDE', reason: 'TOKEN_PAUSED' }] },
      });
      const fills = readJournalFile(data).transactions.filter(({ purpose }) => purpose === 'fill');
      expect(fills).toMatchObject([{ state: 'final' }]);
      await set('unpause');
      expect(resultOf(await resume())).toMatchObject({ status: 'completed', tokens: { recovered: 2 } });
    },
  );
});

describe('Ctrl-C', () => {
  it('while the identity waits in the pool does not count as the end: resume goes on with it', async () => {
    const { desk, stage } = scene;
    const hold = stage.when('signed:create_identity', () => desk.provider.send('evm_setAutomine', [false]));
    try {
      const run = await interruptedAt('sent:create_identity', recoverLine(), hold);
      await stage.calm();

      expect(run.code, run.stderr).toBe(1);
      expect(resultOf(run)).toMatchObject({ status: 'stopped', reason: { code: 'INTERRUPTED' } });
    } finally {
      await desk.provider.send('evm_setAutomine', [true]);
      await desk.provider.send('evm_mine', []);
    }
    await expectCompleted(await resume());
  });

  it.each([
    ['from the first question on', ''],
    ['once it has told which chain it serves', 'eth_chainId'],
  ])('ends a preview at once where the endpoint never answers, %s', async (_when, answered) => {
    const { desk, stage, data } = scene;
    const stop = new AbortController();
    stage.answer(({ method }) => {
      if (method === answered) return 'pass';
      stop.abort();
      return never();
    });
    const wallet = desk.person('jonas-weir').lostWallet ?? '';
    const line = previewArgs(desk, data, '--network', stage.profile(), '--wallet', wallet);

    const run = await terminal(line, { signal: stop.signal });

    expect(run.code, run.stderr).toBe(1);
    expect(errorOf(run).code).toBe('INTERRUPTED');
  });
});

describe('a recovery of tokens that were all paused', () => {
  it('retries them once they are not, within the cost that was confirmed', async () => {
    const { acts } = scene;
    const tokens = ['ALDE', 'EURQ'].map((symbol) => acts.token(symbol).address);
    const setAll = async (method: string): Promise<void> => {
      for (const token of tokens) await acts.act('custodian-admin', 'SecurityToken', token, method, []);
    };
    await setAll('pause');
    const run = await terminal(recoverLine());
    expect(run.code, run.stderr).toBe(3);
    expect(resultOf(run).tokens.failures.map(({ reason }) => reason)).toEqual([
      'TOKEN_PAUSED',
      'TOKEN_PAUSED',
    ]);
    await setAll('unpause');

    await expectCompleted(await resume());
    expect(signedCost(scene.data)).toBeLessThanOrEqual(confirmedCost(scene.data));
  });
});

describe('a recovery with a copy of the keystore, killed before the wallet is proven', () => {
  it('goes on with the passphrase of that keystore', async () => {
    const { desk } = scene;
    const passphrase = desk.passphraseFile();
    const generated = ['--replacement-passphrase-file', passphrase];
    const person = desk.person('jonas-weir');
    const first = desk.freshData();
    const atStart = { signal: 'SIGKILL', at: 'begun' } as const;
    expect((await faultyDesk(atStart, desk.recoverArgs(person, first, ...generated))).signal).toBe('SIGKILL');
    const copy = path.join(desk.folder, 'given.keystore.json');
    copyFileSync(keystoreIn(first), copy);
    const line = recoverLine(...generated, '--replacement-keystore', copy);
    expect((await faultyDesk(atStart, line)).signal).toBe('SIGKILL');

    await expectCompleted(await resume(...generated));
  });
});
