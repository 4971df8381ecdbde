import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRecords } from '../../../electron/records.ts';
import { errorOf, previewArgs, profileFile, withoutEffect } from '../../support/command-line.ts';
import type { PrintedError } from '../../support/command-line.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { terminal } from '../../support/terminal.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const AS_ROOT = process.platform === 'linux' && process.getuid?.() === 0;

describe('bad input', () => {
  let desk: PracticeDesk;
  let data: string;

  beforeAll(async () => {
    desk = await openPracticeDesk();
  });
  beforeEach(() => {
    data = desk.freshData();
  });
  afterAll(() => desk.close());

  const jonas = (): string => desk.person('jonas-weir').lostWallet ?? '';

  /** How a command line ends that is refused, after holding it to the form that errors have. */
  async function refused(argv: readonly string[]): Promise<PrintedError & { readonly exit: number }> {
    const run = await terminal(argv);
    return { ...errorOf(run), exit: run.code };
  }

  /** As `refused`, of the recovery of a person whom nothing else stands in the way of. */
  async function recoverRefused(
    ...more: readonly string[]
  ): Promise<PrintedError & { readonly exit: number }> {
    const run = await withoutEffect(desk, data, () =>
      terminal(desk.recoverArgs(desk.person('jonas-weir'), data, ...more)),
    );
    return { ...errorOf(run), exit: run.code };
  }

  describe('on the command line', () => {
    it.each<readonly [string, readonly string[], string]>([
      ['an unknown command', ['recoverr'], 'unknown command'],
      ['an unknown option', ['list', '--jsn'], 'unknown option'],
      ['a missing option', ['preview', '--wallet', `0x${'11'.repeat(20)}`], '--network'],
      ['an option without its value', ['list', '--data'], 'argument missing'],
      ['a missing argument', ['status'], 'missing required argument'],
      ['a word too many', ['list', 'more'], 'too many arguments'],
      ['a number of tokens that is none', ['demo', '--tokens', 'many'], 'whole number'],
      ['no token at all', ['demo', '--tokens', '0'], 'whole number'],
    ])('%s is refused with exit code 2', async (_what, argv, words) => {
      const error = await refused([...argv.slice(0, 1), '--json', ...argv.slice(1)]);

      expect([error.exit, error.code]).toEqual([2, 'BAD_USAGE']);
      expect(error.message).toContain(words);
    });

    it('writes errors for people to stderr and keeps stdout empty without --json', async () => {
      for (const argv of [['recoverr'], ['status', 'R-0', '--data', data]]) {
        const run = await terminal(argv);

        expect([run.code, run.stdout]).toEqual([2, '']);
        expect(run.stderr).toMatch(/Error [A-Z_]+: .+\nWhat to do: .+/);
      }
    });

    it.each([[[]], [['network']]])('says that no command was given with %j', async (argv) => {
      const run = await terminal(argv);

      expect([run.code, run.stdout]).toEqual([2, '']);
      expect(run.stderr).toMatch(/No command was given\.\nWhat to do: Run with --help/);
    });

    it('answers --help with exit code 0 and leaves stdout alone', async () => {
      const run = await terminal(['recover', '--help']);

      expect([run.code, run.stdout]).toEqual([0, '']);
      expect(run.stderr).toContain('--confirm');
    });

    it('tells a mistyped address from a malformed one', async () => {
      const [checksum, malformed] = await Promise.all([
        refused(
          previewArgs(
            desk,
            data,
            '--wallet',
            jonas().replace(/[a-f]/, (letter) => letter.toUpperCase()),
          ),
        ),
        refused(previewArgs(desk, data, '--wallet', '0x1234')),
      ]);

      expect([checksum.exit, checksum.code]).toEqual([2, 'ADDRESS_INVALID']);
      expect(checksum.message).toContain('wrong checksum');
      expect(malformed.message).toContain('40 hex digits');
    });

    it('refuses reasons that no recovery is made for', async () => {
      for (const reason of ['inheritance', 'transfer', '']) {
        const error = await recoverRefused('--reason', reason);
        expect([error.exit, error.code]).toEqual([2, 'REASON_REFUSED']);
      }
    });

    it.each([
      ['an empty ticket', ['--ticket', '  ']],
      ['evidence that is no sha256', ['--evidence', 'abc']],
      ['an endless ticket', ['--ticket', 'x'.repeat(201)]],
    ])('refuses a case with %s', async (_what, options) => {
      expect(await recoverRefused(...options)).toMatchObject({ exit: 2, code: 'BAD_USAGE' });
    });

    it('refuses a wrong confirmation text, and none where there is no terminal to ask on', async () => {
      const wrong = await recoverRefused('--confirm', 'yes');
      const args = desk.recoverArgs(desk.person('jonas-weir'), data);
      const without = args.toSpliced(args.indexOf('--confirm'), 2);
      const none = await withoutEffect(desk, data, () => terminal(without));

      expect([wrong.exit, wrong.code]).toEqual([2, 'CONFIRMATION_WRONG']);
      expect([none.code, errorOf(none).code]).toEqual([2, 'CONFIRMATION_MISSING']);
      expect(errorOf(none).remedy).toContain(`--confirm "RECOVER ${jonas().slice(-6).toUpperCase()}"`);
    });

    it('refuses to ask for a new passphrase where there is no terminal', async () => {
      const args = desk.recoverArgs(desk.person('jonas-weir'), data);
      const without = args.toSpliced(args.indexOf('--replacement-passphrase-file'), 2);
      const run = await withoutEffect(desk, data, () => terminal(without));

      expect([run.code, errorOf(run).code]).toEqual([2, 'PASSPHRASE_UNREADABLE']);
    });

    it('names an unknown participant, and says when there is no list of them', async () => {
      const { participants } = desk.network.files;
      const unknown = await refused(
        previewArgs(desk, data, '--participants', participants, '--participant', 'x'),
      );
      const noFile = await refused(previewArgs(desk, data, '--participant', 'x'));
      const nobody = await refused(previewArgs(desk, data));

      expect([unknown.exit, unknown.code]).toEqual([2, 'PARTICIPANT_NOT_FOUND']);
      expect(noFile.message).toContain('there is no participant directory');
      expect([nobody.exit, nobody.code]).toEqual([2, 'BAD_USAGE']);
    });

    it('knows no recovery that was never begun', async () => {
      const { keystore, passphrase } = desk.network.files.operator;
      const status = await refused(['status', 'R-0', '--json', '--data', data]);
      const resume = await refused([
        'resume',
        'R-0',
        '--json',
        '--data',
        data,
        '--keystore',
        keystore,
        '--passphrase-file',
        passphrase,
      ]);

      expect([status, resume].map(({ exit, code }) => [exit, code])).toEqual([
        [2, 'RECOVERY_UNKNOWN'],
        [2, 'RECOVERY_UNKNOWN'],
      ]);
    });
  });

  describe('in the network profile', () => {
    const system = `0x${'11'.repeat(20)}`;
    const good = { name: 'N', chainId: 1, rpcUrls: ['http://127.0.0.1:1'], protocol: 'smart', system };

    it.each<readonly [string, object, string]>([
      ['an unknown key', { ...good, rpcUrl: 'http://127.0.0.1:1' }, '"rpcUrl" is not a known key'],
      ['a missing key', { ...good, chainId: undefined }, '"chainId" is missing'],
      ['no system', { ...good, system: undefined }, '"system"'],
      ['a chain id in quotes', { ...good, chainId: '1' }, '"chainId" must be'],
      [
        'a wrong checksum',
        { ...good, system: '0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed' },
        'wrong checksum',
      ],
      ['no endpoint', { ...good, rpcUrls: [] }, '"rpcUrls"'],
      ['an endpoint that is no URL', { ...good, rpcUrls: ['node'] }, '"rpcUrls.0"'],
      ['credentials in an endpoint', { ...good, rpcUrls: ['https://u:p@node'] }, '"rpcUrls.0"'],
      ['a file scheme', { ...good, rpcUrls: ['file:///etc/passwd'] }, '"rpcUrls.0"'],
      ['two words on finality', { ...good, finality: 'instant', confirmations: 2 }, '"confirmations"'],
      ['an unknown protocol', { ...good, protocol: 'erc20' }, '"protocol"'],
      [
        'an unknown key inside',
        { ...good, auth: { kind: 'basic', user: 'u', passwordFile: 'f', x: 1 } },
        '"x"',
      ],
    ])('%s is named with exit code 2', async (_what, profile, words) => {
      const file = path.join(data, 'network.json');
      writeFileSync(file, JSON.stringify(profile));

      const error = await recoverRefused('--network', file);

      expect([error.exit, error.code]).toEqual([2, 'PROFILE_INVALID']);
      expect(error.message).toContain(words);
    });

    it('a protocol of a later version is named with exit code 2', async () => {
      const error = await recoverRefused('--network', profileFile(desk, { protocol: 'erc3643' }));

      expect([error.exit, error.code]).toEqual([2, 'PROFILE_INVALID']);
      expect(error.message).toContain('"erc3643"');
    });

    it.each([
      ['is not there', null],
      ['is not JSON', '{'],
      ['is empty', ''],
      ['is no text', '\uFFFD'],
    ])('a file that %s is refused with exit code 2', async (_what, text) => {
      const file = path.join(data, 'network.json');
      if (text !== null) writeFileSync(file, text === '\uFFFD' ? Buffer.from([0xff, 0xfe, 0x00]) : text);

      expect(await recoverRefused('--network', file)).toMatchObject({ exit: 2, code: 'PROFILE_UNREADABLE' });
    });
  });

  describe('at the endpoint', () => {
    type Answer = readonly [status: number, headers: Readonly<Record<string, string>>, body: string];

    it.each<readonly [string, Answer, string]>([
      ['refuses the credentials', [401, {}, ''], 'ENDPOINT_REFUSED'],
      ['forbids', [403, {}, ''], 'ENDPOINT_REFUSED'],
      ['leads elsewhere', [302, { location: 'http://127.0.0.1:1/' }, ''], 'ENDPOINT_GARBAGE'],
      [
        'answers a sign-in page',
        [200, { 'content-type': 'text/html' }, '<html>sign in</html>'],
        'ENDPOINT_GARBAGE',
      ],
      ['answers other JSON', [200, {}, '{"hello":1}'], 'ENDPOINT_GARBAGE'],
      ['answers nothing', [200, {}, ''], 'ENDPOINT_GARBAGE'],
    ])('one that %s ends with exit code 1 and its code', async (_what, [status, headers, body], code) => {
      const server = await startHttpServer((_request, response) => {
        response.writeHead(status, headers);
        response.end(body);
      });
      try {
        expect(await recoverRefused('--network', profileFile(desk, { rpcUrls: [server.url] }))).toMatchObject(
          {
            exit: 1,
            code,
          },
        );
      } finally {
        await server.stop();
      }
    });

    it('one that is not there is named with exit code 1', async () => {
      const server = await startHttpServer((_request, response) => response.end());
      await server.stop();

      const error = await recoverRefused('--network', profileFile(desk, { rpcUrls: [server.url] }));

      expect([error.exit, error.code]).toEqual([1, 'ENDPOINT_UNREACHABLE']);
      expect(error.message).toContain('127.0.0.1');
    });

    it('one of another chain is blocked with exit code 4', async () => {
      const error = await refused([
        'network',
        'check',
        '--json',
        '--network',
        profileFile(desk, { chainId: 1 }),
      ]);

      expect([error.exit, error.code]).toEqual([4, 'CHAIN_ID_MISMATCH']);
    });

    it('one that policy does not list is not connected to', async () => {
      writeFileSync(path.join(data, 'policy.json'), JSON.stringify({ allowedHosts: ['node.example'] }));

      const network = profileFile(desk, { rpcUrls: ['https://other.example/'] });

      expect(await recoverRefused('--network', network)).toMatchObject({ exit: 1, code: 'HOST_NOT_ALLOWED' });
    });
  });

  describe('at the keystore and its passphrase', () => {
    function file(name: string, text: string): string {
      const target = path.join(data, name);
      writeFileSync(target, text, { mode: 0o600 });
      return target;
    }

    it.each<readonly [string, () => readonly string[], string]>([
      ['a wrong passphrase', () => ['--passphrase-file', file('p', 'wrong passphrase')], 'PASSPHRASE_WRONG'],
      ['an empty passphrase file', () => ['--passphrase-file', file('p', '')], 'PASSPHRASE_UNREADABLE'],
      ['no passphrase file', () => ['--passphrase-file', path.join(data, 'none')], 'PASSPHRASE_UNREADABLE'],
      ['no keystore', () => ['--keystore', path.join(data, 'none')], 'KEYSTORE_UNREADABLE'],
      ['a folder for a keystore', () => ['--keystore', data], 'KEYSTORE_UNREADABLE'],
      ['a keystore that is no JSON', () => ['--keystore', file('k', 'x')], 'KEYSTORE_CORRUPT'],
      [
        'a keystore cut off',
        () => [
          '--keystore',
          file('k', readFileSync(desk.network.files.operator.keystore, 'utf8').slice(0, 300)),
        ],
        'KEYSTORE_CORRUPT',
      ],
      [
        'a keystore with another address on it',
        () => [
          '--keystore',
          file(
            'k',
            JSON.stringify({
              ...JSON.parse(readFileSync(desk.network.files.operator.keystore, 'utf8')),
              address: '11'.repeat(20),
            }),
          ),
        ],
        'KEYSTORE_CORRUPT',
      ],
      [
        'a weak passphrase for a new wallet',
        () => ['--replacement-passphrase-file', file('p', 'short')],
        'PASSPHRASE_WEAK',
      ],
      [
        'no passphrase for a new wallet',
        () => ['--replacement-passphrase-file', path.join(data, 'none')],
        'PASSPHRASE_UNREADABLE',
      ],
      [
        'a keystore for the replacement without its passphrase',
        () => ['--replacement-keystore', desk.network.files.operator.keystore],
        'PASSPHRASE_WRONG',
      ],
    ])('%s is refused with exit code 2', async (_what, options, code) => {
      expect(await recoverRefused(...options())).toMatchObject({ exit: 2, code });
    });
  });

  describe('at the participants and policy files', () => {
    it.each([
      ['that is not JSON', 'x'],
      ['of another form', '[]'],
      [
        'with a wallet of two people',
        '{"participants":[{"id":"a","wallets":["W"]},{"id":"b","wallets":["W"]}]}',
      ],
    ])('participants %s are refused with exit code 2', async (_what, text) => {
      const file = path.join(data, 'people.json');
      writeFileSync(file, text.replaceAll('W', jonas()));

      expect(await recoverRefused('--participants', file)).toMatchObject({
        exit: 2,
        code: 'PARTICIPANTS_INVALID',
      });
    });

    it('a policy with an unknown key is refused with exit code 2, also for a preview', async () => {
      writeFileSync(path.join(data, 'policy.json'), '{"allowEverything":true}');
      const recover = await refused(desk.recoverArgs(desk.person('jonas-weir'), data));
      const preview = await refused(previewArgs(desk, data, '--wallet', jonas()));

      for (const error of [recover, preview]) {
        expect([error.exit, error.code]).toEqual([2, 'POLICY_INVALID']);
        expect(error.message).toContain('"allowEverything"');
      }
    });
  });

  describe('at the data folder', () => {
    async function code(folder: string): Promise<readonly [number, string]> {
      const run = await terminal(desk.recoverArgs(desk.person('jonas-weir'), folder));
      return [run.code, errorOf(run).code];
    }

    it('a file in its place is refused with exit code 2, by whatever works with it', async () => {
      const file = path.join(data, 'file');
      writeFileSync(file, '');

      expect(await code(file)).toEqual([2, 'DATA_FOLDER_NOT_A_FOLDER']);
      expect(await code(path.join(file, 'inside'))).toEqual([2, 'DATA_FOLDER_NOT_A_FOLDER']);
      for (const command of ['list', 'demo', 'practice']) {
        expect(await refused([command, '--json', '--data', file])).toMatchObject({
          exit: 2,
          code: 'DATA_FOLDER_NOT_A_FOLDER',
        });
      }
      expect(await refused(previewArgs(desk, file, '--wallet', jonas()))).toMatchObject({
        exit: 2,
        code: 'DATA_FOLDER_NOT_A_FOLDER',
      });
    });

    it.runIf(process.platform === 'linux')('a place where the system makes no folders is refused', () => {
      const entry = path.join(ROOT, 'electron/cli/main.ts');

      // A process of its own: an attempt that never ends could not be ended in this one.
      const run = spawnSync(process.execPath, [entry, 'demo', '--json', '--data', '/proc/desk/deeper'], {
        encoding: 'utf8',
        timeout: 20_000,
        killSignal: 'SIGKILL',
      });

      const error = errorOf({ code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr });
      expect([run.status, error.code]).toEqual([1, 'DATA_FOLDER_UNUSABLE']);
      expect(error.message).toContain('it cannot be created there');
    });

    it('links that go round in a circle are refused', async () => {
      const link = path.join(data, 'link');
      symlinkSync(link, link);

      expect((await code(link))[1]).toBe('DATA_FOLDER_UNUSABLE');
    });

    it('another process that works with it is waited for, while reading goes on', async () => {
      const holder = openRecords(data);
      try {
        expect(await code(data)).toEqual([1, 'DATA_FOLDER_IN_USE']);
        expect((await terminal(['list', '--json', '--data', data])).code).toBe(0);
        expect((await terminal(previewArgs(desk, data, '--wallet', jonas()))).code).toBe(0);
      } finally {
        holder.close();
      }
    });

    it('a database of a newer version is refused and left as it is, for reading too', async () => {
      openRecords(data).close();
      const file = path.join(data, 'desk.sqlite');
      const database = new Database(file);
      database.pragma('user_version = 99');
      database.close();

      expect(await code(data)).toEqual([1, 'DATABASE_NEWER']);
      expect(await refused(['list', '--json', '--data', data])).toMatchObject({
        exit: 1,
        code: 'DATABASE_NEWER',
      });
    });

    it('a damaged database is refused and left as it is', async () => {
      openRecords(data).close();
      const file = path.join(data, 'desk.sqlite');
      const damaged = readFileSync(file).fill(0x5a, 100, 3000);
      writeFileSync(file, damaged);

      expect(await code(data)).toEqual([1, 'DATABASE_CORRUPT']);
      expect(readFileSync(file).equals(damaged)).toBe(true);
    });

    /** A folder of its own name space: root may write anywhere, but not on a mount that is read-only. */
    it.runIf(AS_ROOT)('a read-only mount is refused', () => {
      const mount = mkdtempSync(path.join(tmpdir(), 'recovery-desk-mount-'));
      const script = `mount -t tmpfs -o ro,mode=700 tmpfs "$1" && shift && exec "$@"`;
      const args = desk.recoverArgs(desk.person('jonas-weir'), mount);
      const entry = path.join(ROOT, 'electron/cli/main.ts');

      const run = spawnSync(
        'unshare',
        ['-m', 'sh', '-c', script, 'sh', mount, process.execPath, entry, ...args],
        { encoding: 'utf8' },
      );

      const error = errorOf({ code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr });
      expect([run.status, error.code]).toEqual([1, 'DATA_FOLDER_UNUSABLE']);
      expect(error.message).toContain('read-only');
      rmSync(mount, { recursive: true });
    });

    it.runIf(AS_ROOT)('a folder that its user may not write is refused', () => {
      const home = mkdtempSync(path.join(tmpdir(), 'recovery-desk-user-'));
      chmodSync(home, 0o755);
      const locked = path.join(home, 'locked');
      mkdirSync(locked, { mode: 0o555 });
      const reader = path.join(ROOT, 'electron/cli/main.ts');

      const run = spawnSync(
        'setpriv',
        [
          '--reuid',
          '65534',
          '--regid',
          '65534',
          '--clear-groups',
          process.execPath,
          reader,
          'resume',
          'R-0',
          '--json',
          '--keystore',
          'k',
          '--passphrase-file',
          'p',
          '--data',
          locked,
        ],
        { encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: home } },
      );

      const error = errorOf({ code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr });
      expect([run.status, error.code]).toEqual([1, 'DATA_FOLDER_UNUSABLE']);
      expect(readdirSync(locked)).toEqual([]);
      rmSync(home, { recursive: true });
    });
  });

  it('does not run with anything that could read the operator’s key from its process', () => {
    const run = spawnSync(
      process.execPath,
      ['--inspect=0', path.join(ROOT, 'electron/cli/main.ts'), 'list'],
      {
        encoding: 'utf8',
      },
    );

    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('could expose the operator');
  });
});
