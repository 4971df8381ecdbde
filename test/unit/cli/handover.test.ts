/** `handover` on the terminal: who takes what, and that a secret goes nowhere but where it was meant to go. */
import { existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it, onTestFinished } from 'vitest';
import { secretWay } from '../../../electron/cli/secret-way.ts';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import { HAND_OVER_CHECKS } from '../../../shared/hand-over-rules.ts';
import { documentOf, errorOf } from '../../support/command-line.ts';
import { handOverScene } from '../../support/hand-over-scene.ts';
import type { SceneOptions } from '../../support/hand-over-scene.ts';
import { handOverTerminal, secretPipe } from '../../support/hand-over-terminal.ts';

const CHECKED = Object.keys(HAND_OVER_CHECKS).flatMap((key) => ['--checked', key]);

async function desk(options: SceneOptions = {}) {
  const scene = await handOverScene(options);
  const terminal = await handOverTerminal(scene);
  const outside = path.dirname(scene.folder);
  const pipe = secretPipe(outside);
  onTestFinished(() => pipe.close());
  return { scene, pipe, out: (name: string) => path.join(outside, name), ...terminal };
}

describe('handover', () => {
  it('gives the keystore into a new file and the passphrase into the pipe that was opened for it, and lets go of both', async () => {
    const { scene, pipe, out, as, run } = await desk();

    const first = await as('Anna', 'keystore', scene.id, '--out', out('wallet.json'));
    const second = await as('Bert', 'passphrase', scene.id, '--secret-fd', String(pipe.descriptor));
    const words = pipe.read().trimEnd();
    const ended = await as('Anna', 'done', scene.id, ...CHECKED);
    const after = await run('status', scene.id);

    expect(
      [first.code, second.code, ended.code, after.code],
      first.stderr + second.stderr + ended.stderr,
    ).toEqual([0, 0, 0, 0]);
    expect(statSync(out('wallet.json')).mode & 0o777).toBe(0o600);
    const opened = await keystoreCodec.open(readFileSync(out('wallet.json'), 'utf8'), Buffer.from(words));
    expect(opened.address).toBe(scene.wallet);
    expect(documentOf(after)).toMatchObject({ state: 'done', passphraseKept: false, signInHeld: false });
    expect(scene.wallets()).toEqual([]);
    for (const { stdout, stderr } of [first, second, ended, after]) {
      expect(stdout + stderr).not.toContain(words);
      expect(stdout + stderr).not.toContain(words.split(' ').slice(0, 2).join(' '));
    }
  });

  it('shows nothing where there is no screen, and counts that as no leaving', async () => {
    const { scene, as, run } = await desk();

    const shown = await as('Bert', 'passphrase', scene.id);

    expect(errorOf(shown)).toMatchObject({ code: 'BAD_USAGE' });
    expect(documentOf(await run('status', scene.id))).toMatchObject({ passphrase: [] });
  });

  it.each(['1', '2', '999'])('takes file descriptor %s for no secret', async (descriptor) => {
    const { scene, as, run } = await desk();

    const shown = await as('Bert', 'passphrase', scene.id, '--secret-fd', descriptor);

    expect(errorOf(shown)).toMatchObject({ code: 'BAD_USAGE' });
    expect(documentOf(await run('status', scene.id))).toMatchObject({ passphrase: [] });
  });

  it('writes no passphrase into a file', async () => {
    const { scene, out, as } = await desk();
    const descriptor = openSync(out('secret'), 'w');

    const shown = await as('Bert', 'passphrase', scene.id, '--secret-fd', String(descriptor));

    expect(errorOf(shown)).toMatchObject({ code: 'BAD_USAGE' });
    expect(readFileSync(out('secret'), 'utf8')).toBe('');
  });

  it('refuses the second half to who took the first, and leaves no file', async () => {
    const { scene, pipe, out, as } = await desk();
    await as('Anna', 'passphrase', scene.id, '--secret-fd', String(pipe.descriptor));

    const refused = await as('Anna', 'keystore', scene.id, '--out', out('wallet.json'));

    expect(errorOf(refused)).toMatchObject({ code: 'HAND_OVER_SECOND_PERSON' });
    expect(refused.code).toBe(4);
    expect(existsSync(out('wallet.json'))).toBe(false);
  });

  it('writes over nothing, and then nothing has left', async () => {
    const { scene, out, as, run } = await desk();
    writeFileSync(out('there'), 'theirs');

    const refused = await as('Anna', 'keystore', scene.id, '--out', out('there'));

    expect(errorOf(refused)).toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(readFileSync(out('there'), 'utf8')).toBe('theirs');
    expect(documentOf(await run('status', scene.id))).toMatchObject({ keystore: [] });
  });

  it('makes the file for the holder once a second operator names the same key', async () => {
    const { scene, out, as } = await desk();
    const recipient = await identityToRecipient(await generateX25519Identity());
    const args = [scene.id, '--recipient', recipient, '--out', out('wallet.age')];

    const first = await as('Anna', 'holder', ...args);
    const existed = existsSync(out('wallet.age'));
    const second = await as('Bert', 'holder', ...args);

    expect([first.code, existed, second.code], second.stderr).toEqual([4, false, 0]);
    expect(readFileSync(out('wallet.age'), 'utf8')).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/u);
  });

  it('is told what is wrong with a checklist, and the keychain', async () => {
    const { scene, pipe, out, as } = await desk();
    await as('Anna', 'keystore', scene.id, '--out', out('wallet.json'));
    scene.keychain.locked = true;
    const locked = await as('Bert', 'passphrase', scene.id, '--secret-fd', String(pipe.descriptor));
    scene.keychain.locked = false;
    const again = await as('Bert', 'passphrase', scene.id, '--secret-fd', String(pipe.descriptor));

    const wrong = await as('Bert', 'done', scene.id, '--checked', 'all');
    const unticked = await as('Bert', 'done', scene.id);

    expect(errorOf(locked)).toMatchObject({ code: 'KEYCHAIN_LOCKED' });
    expect(again.code, again.stderr).toBe(0);
    expect(errorOf(wrong)).toMatchObject({ code: 'BAD_USAGE' });
    expect(errorOf(unticked)).toMatchObject({ code: 'HAND_OVER_INCOMPLETE' });
  });

  it('writes the letter to the holder: a page of its own, without a secret, whatever names are in it', async () => {
    const { scene, out, run } = await desk();

    const written = await run('letter', scene.id, '--out', out('letter.html'));

    expect(written.code, written.stderr).toBe(0);
    const page = readFileSync(out('letter.html'), 'utf8');
    expect(page).toContain(scene.wallet);
    expect(page).not.toMatch(/<script|src=|href=|url\(/u);
    for (const word of scene.words.split(' ').slice(0, 2)) expect(page).not.toContain(`>${word}`);
    expect(page).not.toContain(scene.words);
  });
});

describe('handover of several wallets', () => {
  async function two() {
    const { scene, ...rest } = await desk({ wallets: 2 });
    const [first, second] = scene.made;
    if (second === undefined) throw new Error('the scene made one wallet');
    return { scene, first, second, ...rest };
  }

  it('shows each, and one alone where it is named', async () => {
    const { scene, first, second, run } = await two();

    const all = await run('status', scene.id);
    const one = await run('status', scene.id, '--wallet', second.wallet);

    expect([all.code, one.code], all.stderr + one.stderr).toEqual([0, 0]);
    expect(documentOf(all)).toMatchObject({
      recoveryId: scene.id,
      wallets: [{ wallet: first.wallet }, { wallet: second.wallet, lostWallet: second.lostWallet }],
    });
    expect(documentOf(one)).toMatchObject({ wallet: second.wallet, others: [first.wallet] });
  });

  it('does nothing for who does not say which one, and lists them', async () => {
    const { scene, first, second, pipe, out, as, run } = await two();
    const recipient = await identityToRecipient(await generateX25519Identity());

    const refusals = [
      await as('Anna', 'keystore', scene.id, '--out', out('wallet.json')),
      await as('Anna', 'passphrase', scene.id, '--secret-fd', String(pipe.descriptor)),
      await as('Anna', 'holder', scene.id, '--recipient', recipient, '--out', out('wallet.age')),
      await as('Anna', 'done', scene.id, ...CHECKED),
    ];

    for (const refused of refusals) {
      expect(refused.code).toBe(2);
      const { code, message } = errorOf(refused);
      expect(code).toBe('HAND_OVER_WALLET_UNNAMED');
      for (const { wallet } of [first, second]) expect(message).toContain(wallet);
    }
    expect([existsSync(out('wallet.json')), existsSync(out('wallet.age'))]).toEqual([false, false]);
    const after = documentOf(await run('status', scene.id));
    expect(after['wallets']).toMatchObject([
      { keystore: [], passphrase: [], recipients: [], state: 'open' },
      { keystore: [], passphrase: [], recipients: [], state: 'open' },
    ]);
  });

  it('hands each over by itself, and lets the person in after the last', async () => {
    const { scene, first, second, out, as } = await two();
    const outside = path.dirname(scene.folder);

    for (const [index, { wallet, words }] of [second, first].entries()) {
      const pipe = secretPipe(outside, `pipe-${index}`);
      onTestFinished(() => pipe.close());
      const file = out(`wallet-${index}.json`);
      const which = ['--wallet', wallet];
      const left = await as('Anna', 'keystore', scene.id, ...which, '--out', file);
      const secretFd = String(pipe.descriptor);
      const shown = await as('Bert', 'passphrase', scene.id, ...which, '--secret-fd', secretFd);
      const done = await as('Bert', 'done', scene.id, ...which, ...CHECKED);

      expect([left.code, shown.code, done.code], left.stderr + shown.stderr + done.stderr).toEqual([0, 0, 0]);
      expect(pipe.read().trimEnd()).toBe(words);
      expect((await keystoreCodec.open(readFileSync(file, 'utf8'), Buffer.from(words))).address).toBe(wallet);
      expect(documentOf(done)).toMatchObject({ wallet, state: 'done', signInHeld: index === 0 });
    }

    expect(scene.wallets()).toEqual([]);
  });

  it('refuses a wallet of another recovery, and a text that is no address', async () => {
    const { scene, second, out, as } = await two();

    const unknown = await as('Anna', 'keystore', scene.id, '--wallet', second.lostWallet, '--out', out('w'));
    const malformed = await as('Anna', 'keystore', scene.id, '--wallet', '0x12', '--out', out('w'));

    expect(errorOf(unknown)).toMatchObject({ code: 'HAND_OVER_WALLET_UNKNOWN' });
    expect(errorOf(malformed)).toMatchObject({ code: 'ADDRESS_INVALID' });
    expect(existsSync(out('w'))).toBe(false);
  });

  it('writes one letter that names each', async () => {
    const { scene, out, run } = await two();

    const written = await run('letter', scene.id, '--out', out('letter.html'));

    expect(written.code, written.stderr).toBe(0);
    const page = readFileSync(out('letter.html'), 'utf8');
    for (const { wallet, lostWallet, words } of scene.made) {
      expect(page).toContain(wallet);
      expect(page).toContain(lostWallet);
      expect(page).not.toContain(words);
    }
  });
});

describe('a passphrase on the screen', () => {
  it('is on a page of its own, which is cleared when it was written down', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = Object.assign(new PassThrough(), { isTTY: true });
    let screen = '';
    const asked = Promise.withResolvers<void>();
    output.on('data', (chunk: Buffer) => {
      screen += chunk.toString('utf8');
      if (screen.includes('Press Enter')) asked.resolve();
    });
    const way = await secretWay({ input, output, signal: new AbortController().signal }, null);

    const given = way.give(Buffer.from('eight small words'));
    await asked.promise;
    input.write('\r');
    await given;

    const shown = screen.indexOf('eight small words');
    expect(screen.slice(0, shown)).toContain('\u001B[?1049h');
    expect(screen.slice(shown)).toMatch(/\?1049l$/u);
  });
});
