import { rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Wallet } from 'ethers';
import { beforeEach, describe, expect, it } from 'vitest';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { documentOf, errorOf, withoutEffect, writePolicy } from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import {
  PASSPHRASE,
  attemptsOf,
  draftOf,
  failedAgain,
  operatorAudit,
  setUp,
  terminalProcess,
  unsignedArgs,
} from '../../support/operator-terminal.ts';
import { terminal } from '../../support/terminal.ts';
import { projectRoot } from '../../support/tree.ts';

/** What `npm run desk` starts. */
const COMMAND = path.join(projectRoot, 'resources', 'scripts', 'desk.mjs');
const WRONG = 'seven grey herons fly';
/** What an operator's run must not tell anybody. */
const SECRETS = [PASSPHRASE, WRONG];

describe('an operator in the terminal', () => {
  const scene = deskScene();
  const wim = () => scene.desk.person('wim-de-groot');
  const luca = () => scene.desk.person('luca-ferri');
  const by = (name: string) => [...unsignedArgs(scene.desk, wim(), scene.data), '--operator', name];
  const withFd = (name = 'Ada') => [...by(name), '--passphrase-fd', '3'];

  /** Runs to a refusal without effect on the chain. */
  async function refused(argv: readonly string[], passphrase?: string | Buffer) {
    const run = await withoutEffect(scene.desk, scene.data, () =>
      terminalProcess(argv, passphrase === undefined ? {} : { passphrase }),
    );
    for (const secret of SECRETS) expect(run.stdout + run.stderr).not.toContain(secret);
    return { ...errorOf(run), exit: run.code };
  }

  describe('set up with the key of the practice operator', () => {
    beforeEach(async () => {
      await setUp(scene.data, draftOf('Ada', 'operator'));
    });

    it('recovers by a passphrase on a descriptor, signed in and proven anew in the audit log', async () => {
      const run = await terminalProcess(withFd('ada'), { passphrase: `${PASSPHRASE}\n` });

      expect(run.code, run.stderr).toBe(0);
      expect(documentOf(run)).toMatchObject({ status: 'completed' });
      expect(run.stderr).toContain(`Signed in: Ada, ${practiceAddress('operator')}, identity manager`);
      for (const secret of SECRETS) expect(run.stdout + run.stderr).not.toContain(secret);
      expect(operatorAudit(scene.data)).toEqual([
        'operator_created',
        'operator_signed_in passphrase',
        'operator_proved passphrase',
        'operator_signed_out',
      ]);
    });

    it('is refused by a wrong passphrase, each counted, and then waits whatever process asks', async () => {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        expect(await refused(withFd(), WRONG)).toMatchObject({ code: 'PASSPHRASE_WRONG', exit: 2 });
      }
      // The wait that so many processes came to, made long enough for this machine to be slow.
      expect(attemptsOf(scene.data, 'Ada')).toMatchObject({ failures: 3, open: false });
      failedAgain(scene.data, 'Ada', 9);

      const delayed = await refused(withFd(), PASSPHRASE);

      expect(delayed).toMatchObject({ code: 'SIGN_IN_DELAYED', exit: 4, retry: 'safe' });
      expect(operatorAudit(scene.data).slice(1)).toEqual(
        Array.from({ length: 4 }, () => 'operator_attempt_failed PASSPHRASE_WRONG'),
      );
    });

    it.each<readonly [string, readonly string[], string | Buffer | undefined, string]>([
      ['no terminal to type the passphrase on', [], undefined, 'PASSPHRASE_UNREADABLE'],
      ['a descriptor that is not open', ['--passphrase-fd', '97'], undefined, 'PASSPHRASE_UNREADABLE'],
      ['a descriptor without a passphrase', ['--passphrase-fd', '3'], '\n', 'PASSPHRASE_UNREADABLE'],
      [
        'a passphrase that is no text',
        ['--passphrase-fd', '3'],
        Buffer.from([0x73, 0xff, 0x73]),
        'PASSPHRASE_UNREADABLE',
      ],
      ['a descriptor that is no number', ['--passphrase-fd', 'three'], undefined, 'BAD_USAGE'],
      ['a passphrase file', ['--passphrase-file', 'ada.pass'], undefined, 'BAD_USAGE'],
      ['a keystore beside the operator', ['--keystore', 'ada.json'], undefined, 'BAD_USAGE'],
    ])('is refused, with %s', async (_what, more, passphrase, code) => {
      expect(await refused([...by('Ada'), ...more], passphrase)).toMatchObject({ code, exit: 2 });
      expect(operatorAudit(scene.data)).toEqual(['operator_created']);
    });

    it.each([0, 5])(
      'is given a passphrase on descriptor %i also by the command that people start',
      async (descriptor) => {
        const line = [...by('Ada'), '--passphrase-fd', String(descriptor)];
        const run = await terminalProcess(line, { passphrase: WRONG, descriptor, entry: COMMAND });

        expect([run.code, errorOf(run).code]).toEqual([2, 'PASSPHRASE_WRONG']);
      },
    );

    it('is listed, by who can be named, and previews by name without signing in', async () => {
      const listed = await terminal(['operators', '--json', '--data', scene.data]);
      const { lostWallet } = wim();
      const preview = await terminal(
        [
          'preview',
          '--json',
          '--network',
          scene.desk.network.files.network,
          '--wallet',
          lostWallet ?? '',
        ].concat(['--operator', 'Ada', '--data', scene.data]),
      );

      const [ada] = JSON.parse(listed.stdout);
      expect(ada).toEqual({
        id: expect.stringMatching(/^O-/u),
        name: 'Ada',
        signIn: 'passphrase',
        code: false,
        key: 'keystore',
        address: practiceAddress('operator'),
      });
      expect(documentOf(preview)).toMatchObject({
        preview: { operator: { address: practiceAddress('operator'), identityManager: true } },
      });
      expect(operatorAudit(scene.data)).toEqual(['operator_created']);
    });
  });

  it('who is not named, or not there, is told as such', async () => {
    expect(await refused(unsignedArgs(scene.desk, wim(), scene.data))).toMatchObject({
      code: 'BAD_USAGE',
      exit: 2,
    });
    expect(await refused(withFd('Nobody'), PASSPHRASE)).toMatchObject({ code: 'OPERATOR_UNKNOWN', exit: 2 });
    const listed = await terminal(['operators', '--data', scene.data]);
    expect(listed.stdout).toMatch(/Nobody was set up/u);
  });

  it('without the right on chain is blocked, and nothing is asked to be confirmed', async () => {
    await setUp(scene.data, draftOf('Ned', 'operator-without-role'));
    const run = await withoutEffect(scene.desk, scene.data, () =>
      terminalProcess(withFd('Ned'), { passphrase: PASSPHRASE }),
    );

    expect(run.code).toBe(4);
    expect(run.stderr).toContain('no identity manager');
    expect(operatorAudit(scene.data)).toEqual([
      'operator_created',
      'operator_signed_in passphrase',
      'operator_signed_out',
    ]);
  });

  it('whose key is not a public one is held to policy, also on a network that calls itself practice', async () => {
    const privateKey = Buffer.from(Wallet.createRandom().privateKey.slice(2), 'hex');
    await setUp(scene.data, draftOf('Ada', 'operator', { credential: { kind: 'keystore', privateKey } }));

    expect(await refused(withFd(), PASSPHRASE)).toMatchObject({ code: 'VAULT_NEEDS_KEYCHAIN', exit: 4 });
    writePolicy(scene.data, { allowVaultWithoutKeychain: true, requireTotp: true });
    expect(await refused(withFd(), PASSPHRASE)).toMatchObject({ code: 'SIGN_IN_FORBIDDEN', exit: 4 });
    rmSync(path.join(scene.data, 'policy.json'));
  });

  it('does a part of a plan that another began, proven anew', async () => {
    await setUp(scene.data, draftOf('Ida', 'identity-manager'));
    await setUp(scene.data, draftOf('Cuno', 'custodian'));
    const begin = [
      ...unsignedArgs(scene.desk, luca(), scene.data),
      '--operator',
      'Ida',
      '--passphrase-fd',
      '3',
    ];
    const begun = await terminalProcess([...begin, '--custodian', practiceAddress('custodian')], {
      passphrase: PASSPHRASE,
    });
    const { recoveryId, status, lostWallet } = documentOf(begun);
    expect(status).toBe('waiting');

    const line = ['resume', String(recoveryId), '--json', '--operator', 'Cuno', '--passphrase-fd', '3'];
    const confirm = `RECOVER ${String(lostWallet).slice(-6)}`;
    const done = await terminalProcess([...line, '--confirm', confirm, '--data', scene.data], {
      passphrase: PASSPHRASE,
    });

    expect(documentOf(done), done.stderr).toMatchObject({ status: 'completed' });
    expect(operatorAudit(scene.data).slice(-3)).toEqual([
      'operator_signed_in passphrase',
      'operator_proved passphrase',
      'operator_signed_out',
    ]);
  });

  it('opens the file of a keystore by the same descriptor', async () => {
    const { keystore } = scene.desk.network.files.operator;
    const line = [...unsignedArgs(scene.desk, wim(), scene.data), '--keystore', keystore];
    const run = await terminalProcess([...line, '--passphrase-fd', '3'], {
      passphrase: 'practice-passphrase',
    });

    expect(run.code, run.stderr).toBe(0);
  });

  it('whose record is damaged cannot sign in, and holds up nobody else: neither by a keystore nor by name', async () => {
    const { id } = await setUp(scene.data, draftOf('Dan', 'identity-manager'));
    await setUp(scene.data, draftOf('Ada', 'operator'));
    const database = new Database(path.join(scene.data, 'desk.sqlite'));
    database.prepare(`UPDATE operator SET credential = 'none' WHERE id = ?`).run(id);
    database.close();

    expect(await refused(withFd('Dan'), PASSPHRASE)).toMatchObject({ code: 'VAULT_CORRUPT', exit: 5 });
    const [named, byFile] = [withFd('Ada'), scene.desk.recoverArgs(luca(), scene.data)];
    expect((await terminalProcess(named, { passphrase: PASSPHRASE })).code).toBe(0);
    const run = await terminal(byFile);
    expect(run.code, run.stderr).toBe(0);
  });
});
