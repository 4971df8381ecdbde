/** A wallet whose passphrase the desk made, from the plan to the holder: real node, real keychain, killed on the way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keystoreCodec } from '../../electron/operator/keystore-codec.ts';
import { HAND_OVER_CHECKS } from '../../shared/hand-over-rules.ts';
import { recoveryResultSchema } from '../../shared/outcome.ts';
import { documentOf, errorOf } from '../support/command-line.ts';
import { COMPILED } from '../support/desk-process.ts';
import type { ProcessRun } from '../support/desk-process.ts';
import { deskScene } from '../support/desk-scene.ts';
import type { Fault } from '../support/fault.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { storeIn } from '../support/keychain-desk.ts';
import { KeychainSession } from '../support/keychain-session.ts';
import { draftOf, PASSPHRASE, setUp } from '../support/operator-terminal.ts';
import { resumeArgs } from '../support/recovery-runs.ts';
import { severalWallets } from '../support/several-wallets.ts';

const ENTRY = path.join(import.meta.dirname, '..', 'support', 'crashing-cli.ts');
const CHECKED = Object.keys(HAND_OVER_CHECKS).flatMap((check) => ['--checked', check]);
const KILLED_AT = (at: string): Fault => ({ signal: 'SIGKILL', at });

describe('a wallet with random words', () => {
  const scene = deskScene();
  let session: KeychainSession;

  beforeEach(async () => {
    session = await KeychainSession.open({ keychain: 'open' });
    await setUp(scene.data, draftOf('Anna', 'identity-manager'));
    await setUp(scene.data, draftOf('Bert', 'custodian'));
  });
  afterEach(() => session.close());

  /** In a process of its own: the operator's passphrase on descriptor 3, a secret on 4. */
  async function run(
    argv: readonly string[],
    fault: Fault = { signal: 'none' },
  ): Promise<ProcessRun & { readonly secret: string }> {
    const child = spawn(process.execPath, [ENTRY, JSON.stringify(fault), ...argv], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      env: { ...session.environment, NODE_COMPILE_CACHE: COMPILED },
    });
    const [, out, errors, typed, secret] = child.stdio as [null, Readable, Readable, Writable, Readable];
    typed.on('error', () => undefined);
    typed.end(PASSPHRASE);
    const [[code, signal], stdout, stderr, given] = await Promise.all([
      once(child, 'exit'),
      text(out),
      text(errors),
      text(secret),
    ]);
    return {
      code: typeof code === 'number' ? code : -1,
      signal: signal as NodeJS.Signals | null,
      stdout,
      stderr,
      secret: given,
    };
  }

  function recoverLine(person = 'wim-de-groot', ...more: readonly string[]): readonly string[] {
    const args = [...scene.desk.recoverArgs(scene.desk.person(person), scene.data)];
    args.splice(args.indexOf('--replacement-passphrase-file'), 2);
    return [...args, '--replacement-words', ...more];
  }

  function handover(what: string, by: string, ...more: readonly string[]): readonly string[] {
    const { id } = readJournalFile(scene.data).recovery;
    const who = ['--operator', by, '--passphrase-fd', '3'];
    return ['handover', what, id, ...who, '--data', scene.data, '--json', ...more];
  }

  it('is proven after a kill without anybody typing them, and gone from disk and keychain after its hand-over', async () => {
    const killed = await run(recoverLine(), KILLED_AT('proven:create_wallet'));
    expect(killed.signal, killed.stderr).toBe('SIGKILL');
    const recovered = await run(resumeArgs(scene.desk, scene.data, null));
    expect(recovered.code, recovered.stderr).toBe(0);
    const wallet = String(documentOf(recovered)['replacementWallet']);
    const store = storeIn(session.environment);
    expect(await store.read(`wallet ${wallet}`)).toHaveLength(32);
    const [file = ''] = readdirSync(path.join(scene.data, 'wallets'));
    const keystore = path.join(scene.data, 'wallets', file);
    const out = path.join(scene.data, '..', `handed-${path.basename(scene.data)}.json`);

    const first = await run(handover('keystore', 'Anna', '--out', out));
    const shown = await run(handover('passphrase', 'Bert', '--secret-fd', '4'));
    for (const at of ['done', 'keystore_removed', 'passphrase_forgotten', 'cleared']) {
      const line = handover('done', 'Anna', ...CHECKED);
      const cut = await run(line, KILLED_AT(`hand_over:${at}`));
      expect(cut.signal, cut.stderr).toBe('SIGKILL');
    }
    const done = await run(handover('done', 'Bert'));

    expect([first.code, shown.code, done.code], first.stderr + shown.stderr + done.stderr).toEqual([0, 0, 0]);
    const opened = await keystoreCodec.open(readFileSync(out, 'utf8'), Buffer.from(shown.secret.trimEnd()));
    expect(opened.address).toBe(wallet);
    expect(documentOf(done)).toMatchObject({ state: 'done', passphraseKept: false });
    expect(existsSync(keystore)).toBe(false);
    expect(await store.read(`wallet ${wallet}`)).toBeNull();
  });

  it('has words of its own for each of several, which are proven after a kill and handed over each by itself', async () => {
    const { account, healthy } = severalWallets(scene.desk);
    const line = recoverLine('freya-lindholm', '--also-lost', account.wallet, '--moves', healthy.wallet);
    const killed = await run(line, KILLED_AT('proven:create_wallet'));
    expect(killed.signal, killed.stderr).toBe('SIGKILL');
    const recovered = await run(resumeArgs(scene.desk, scene.data, null));
    expect(recovered.code, recovered.stderr).toBe(0);
    const { wallets } = recoveryResultSchema.parse(documentOf(recovered));

    const words: string[] = [];
    for (const { replacement } of wallets) {
      const of = ['--wallet', replacement];
      const out = path.join(scene.data, '..', `${replacement}.json`);
      const file = await run(handover('keystore', 'Anna', '--out', out, ...of));
      const shown = await run(handover('passphrase', 'Bert', '--secret-fd', '4', ...of));
      expect([file.code, shown.code], file.stderr + shown.stderr).toEqual([0, 0]);
      words.push(shown.secret.trimEnd());
      const opened = await keystoreCodec.open(readFileSync(out, 'utf8'), Buffer.from(words.at(-1) ?? ''));
      expect(opened.address).toBe(replacement);
    }
    expect(new Set(words).size).toBe(2);
  });

  it('stays where it is while the keychain is locked', async () => {
    const recovered = await run(recoverLine());
    expect(recovered.code, recovered.stderr).toBe(0);
    await session.lock();

    const shown = await run(handover('passphrase', 'Bert', '--secret-fd', '4'));

    expect(errorOf(shown)).toMatchObject({ code: 'KEYCHAIN_LOCKED' });
    expect(shown.secret).toBe('');
  });

  it('is not made where there is no keychain', async () => {
    const without = await KeychainSession.open({ keychain: 'none' });
    const before = session;
    session = without;
    try {
      const refused = await run(recoverLine());

      expect(errorOf(refused)).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
      expect(readdirSync(path.join(scene.data, 'wallets'))).toEqual([]);
    } finally {
      session = before;
      await without.close();
    }
  });
});
