import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { ZeroAddress } from 'ethers';
import { describe, expect, it } from 'vitest';
import { keystoreAddress } from '../../../electron/operator/keystore-address.ts';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import { PRACTICE_ROLES, practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { claimsRecheckSchema, claimsReportSchema } from '../../../shared/claims.ts';
import type { ClaimIssue, ClaimsRecheck, ClaimsReport } from '../../../shared/claims.ts';
import { recoveryResultSchema } from '../../../shared/outcome.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { claims, issueAs } from '../../support/claims-desk.ts';
import {
  codesOf,
  documentOf,
  errorOf,
  previewArgs,
  previewOf,
  profileFile,
  withoutEffect,
  writePolicy,
} from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { severalWallets, walletFacts } from '../../support/several-wallets.ts';
import { terminal } from '../../support/terminal.ts';
import type { TerminalRun } from '../../support/terminal.ts';

const FREYA = 'freya-lindholm';
const KYC = 'knowYourCustomer';
const [NEW, SECOND_NEW] = [practiceAddress('replacement'), practiceAddress('second-replacement')];
const FINLAND = 246n;

describe('a person with several wallets, in the terminal', () => {
  const scene = deskScene();

  const freya = () => severalWallets(scene.desk);
  const facts = () => walletFacts(scene.desk, scene.acts);

  /** A lost key and a lost smart account, which gets one of the factory's; the third wallet is healthy, and moves. */
  function allSaid(): readonly string[] {
    const { account, healthy } = freya();
    return ['--also-lost', `${account.wallet}=account`, '--moves', healthy.wallet];
  }

  async function proven(role = 'replacement'): Promise<readonly string[]> {
    const { replacement, proof } = await scene.desk.proofBy(role, freya().person, scene.data);
    return ['--replacement', replacement, '--proof', proof];
  }

  /** Of a further lost wallet, the holder's address with its proof. */
  async function provenFor(wallet: string, role = 'second-replacement'): Promise<readonly string[]> {
    const { person } = freya();
    const made = await scene.desk.proofBy(role, person, scene.data, '--also-lost', wallet);
    return ['--also-lost', `${wallet}=${made.replacement}`, '--proof-for', `${wallet}=${made.proof}`];
  }

  function recover(...more: readonly string[]): Promise<TerminalRun> {
    return terminal(scene.desk.recoverArgs(freya().person, scene.data, ...more));
  }

  function resultOf(run: TerminalRun): RecoveryResult {
    expect(run.code, run.stderr).toBe(0);
    return recoveryResultSchema.parse(documentOf(run));
  }

  /** How many rows the data folder has of what a plan leaves behind, and how many keystores. */
  function stored(): Readonly<Record<string, number>> {
    const file = path.join(scene.data, 'desk.sqlite');
    if (!existsSync(file)) return NOTHING;
    const database = new Database(file, { readonly: true });
    const count = (table: string): number =>
      Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const folder = path.join(scene.data, 'wallets');
    try {
      return {
        cases: count('recoveryCase'),
        previews: count('preview'),
        plans: count('plan'),
        wallets: count('generatedWallet'),
        keystores: existsSync(folder) ? readdirSync(folder).length : 0,
      };
    } finally {
      database.close();
    }
  }

  const NOTHING = { cases: 0, previews: 0, plans: 0, wallets: 0, keystores: 0 };

  /** Refused or blocked, with nothing sent, opened, made or stored. */
  async function refused(...more: readonly string[]): Promise<TerminalRun> {
    const run = await withoutEffect(scene.desk, scene.data, () => recover(...more));
    expect(stored()).toEqual(NOTHING);
    return run;
  }

  async function blockers(...more: readonly string[]): Promise<readonly string[]> {
    const run = await refused(...more);
    expect(run.code).toBe(4);
    return codesOf(previewOf(run).preview.blockers);
  }

  it('is recovered in one go, and then holds and transfers with every wallet again', async () => {
    const { lost, account, healthy, person } = freya();
    const { standing, holding, units, ownerOf, transfer } = facts();
    const accomplice = practiceAddress(PRACTICE_ROLES.accomplice);

    const result = resultOf(await recover(...(await proven()), ...allSaid()));

    const identity = result.replacementIdentity;
    const made = result.wallets[1]?.replacement ?? '';
    expect(result).toMatchObject({
      status: 'completed',
      lostWallet: lost,
      replacementWallet: NEW,
      wallets: [
        { lost, replacement: NEW, identity },
        { lost: account.wallet, replacement: made, identity },
      ],
      healthy: [{ wallet: healthy.wallet, identity, outcome: 'moved' }],
      tokens: { total: 5, recovered: 5, failed: 0, failures: [] },
    });
    expect(result.phases.find(({ name }) => name === 'verify')?.status).toBe('done');
    expect(await ownerOf(made)).toBe(NEW);
    const inHands = {
      registered: true,
      identity,
      country: FINLAND,
      markedLost: false,
      linkedTo: ZeroAddress,
    };
    for (const wallet of [NEW, made, healthy.wallet]) expect(await standing(wallet)).toEqual(inHands);
    const gone = { registered: false, identity: null, country: null, markedLost: true };
    expect(await standing(lost)).toEqual({ ...gone, linkedTo: NEW });
    expect(await standing(account.wallet)).toEqual({ ...gone, linkedTo: made });
    const whole = async (symbol: string, wallet: string, amount: bigint, frozen = 0n): Promise<void> =>
      expect(await holding(symbol, wallet), `${symbol} of ${wallet}`).toEqual({
        balance: units(symbol, amount),
        frozen: units(symbol, frozen),
        addressFrozen: false,
      });
    await whole('ALDE', NEW, 120n);
    await whole('QUAY', NEW, 500n, 150n);
    await whole('EURQ', NEW, 3_000n);
    await whole('EURQ', made, 900n);
    await whole('CHFQ', made, 250n);
    await whole('USDQ', healthy.wallet, 40n);
    for (const symbol of ['ALDE', 'QUAY', 'EURQ']) await whole(symbol, lost, 0n);
    for (const symbol of ['EURQ', 'CHFQ']) await whole(symbol, account.wallet, 0n);

    const of = { data: scene.data, id: result.recoveryId };
    const missing = claimsReportSchema.parse((await claims<ClaimsReport>(of, 'list')).document);
    expect(missing.tokens.map(({ symbol }) => symbol).toSorted()).toEqual([
      'ALDE',
      'CHFQ',
      'EURQ',
      'QUAY',
      'USDQ',
    ]);
    expect(missing.missing.map(({ topicName, tokens }) => [topicName, tokens])).toEqual([
      [KYC, ['ALDE', 'QUAY']],
      ['antiMoneyLaundering', []],
    ]);
    const before = await claims<ClaimsRecheck>(of, 'recheck');
    expect([before.code, before.document.green]).toEqual([5, false]);

    const issued = await claims<ClaimIssue>(
      of,
      'issue',
      issueAs(scene.desk.network.files.issuer, { identity }),
    );

    expect(issued.code, issued.stderr).toBe(0);
    const after = await claims<ClaimsRecheck>(of, 'recheck');
    const recheck = claimsRecheckSchema.parse(after.document);
    expect([after.code, recheck.green]).toEqual([0, true]);
    expect(recheck.tokens.map(({ symbol, hold, transfer: can }) => [symbol, hold, can])).toEqual([
      ['ALDE', 'yes', 'yes'],
      ['QUAY', 'yes', 'yes'],
      ['EURQ', 'yes', 'yes'],
    ]);
    expect(
      recheck.further?.map((wallet) => [
        wallet.wallet,
        wallet.kind,
        wallet.identity,
        wallet.tokens.map(({ symbol, transfer: can }) => `${symbol} ${can}`),
        wallet.reasons,
      ]),
    ).toEqual([
      [made, 'replacement', identity, ['EURQ yes', 'CHFQ yes'], []],
      [healthy.wallet, 'healthy', identity, ['USDQ yes'], []],
    ]);
    expect(await transfer('ALDE', 'replacement', accomplice)).toBe(1);
    expect(await transfer('CHFQ', 'replacement', accomplice, made)).toBe(1);
    expect(await transfer('USDQ', healthy.role, accomplice)).toBe(1);
    expect(person.oldIdentity).not.toBe(identity);
  });

  it('is told each wallet by `list`, `status`, and the texts on the way', async () => {
    const { lost, account, healthy } = freya();

    const run = await recover(...(await proven()), ...allSaid());

    const { recoveryId, wallets } = resultOf(run);
    const made = wallets[1]?.replacement ?? '';
    for (const words of [
      `Lost too          ${account.wallet}`,
      `Replacement       ${made}, a smart account`,
    ]) {
      expect(run.stderr).toContain(words);
    }
    expect(run.stderr).toContain(`Healthy wallet    ${healthy.wallet}, moves to the identity`);
    expect(run.stderr).toMatch(/token 5 of 5 {2}CHFQ {2}recovered/);
    const status = await terminal(['status', recoveryId, '--data', scene.data]);
    for (const wallet of [lost, account.wallet, NEW, made, healthy.wallet]) {
      expect(status.stdout).toContain(wallet);
    }
    const list = JSON.parse((await terminal(['list', '--json', '--data', scene.data])).stdout);
    expect(list).toMatchObject([{ id: recoveryId, lostWallet: lost, further: [account.wallet] }]);
    const text = await terminal(['list', '--data', scene.data]);
    expect(text.stdout).toContain(account.wallet);
  });

  it('is not planned for before something was said of each: nothing is made or stored', async () => {
    const { account, healthy } = freya();

    expect(await blockers()).toEqual(['WALLET_UNDECIDED']);
    expect(await blockers('--also-lost', account.wallet)).toEqual(['WALLET_UNDECIDED']);
    expect(await blockers('--moves', healthy.wallet)).toEqual(['WALLET_UNDECIDED']);
  });

  it('has nothing said of a wallet that is somebody else’s: nothing is made or stored', async () => {
    const wallet = scene.desk.person('bruno-alves').lostWallet ?? '';

    for (const said of ['--also-lost', '--moves', '--stays']) {
      expect(await blockers(...allSaid(), said, wallet)).toEqual(['WALLET_NOT_OF_PARTICIPANT']);
    }
  });

  it('gets no smart account where the profile names no factory, or one that does not answer', async () => {
    const at = (walletFactory: string | undefined): readonly string[] => [
      '--network',
      profileFile(scene.desk, { walletFactory }),
    ];
    for (const factory of [undefined, practiceAddress('nobody'), scene.desk.network.seed.plainToken]) {
      const run = await refused(...allSaid(), ...at(factory));

      expect([run.code, errorOf(run).code]).toEqual([2, 'WALLET_FACTORY_MISSING']);
    }
    const { account, healthy } = freya();
    const args = ['--also-lost', `${account.wallet}=account`, '--moves', healthy.wallet, ...at(undefined)];
    for (const chosen of [[], ['--replacement', NEW]]) {
      const looked = await terminal(
        previewArgs(scene.desk, scene.data, '--wallet', freya().lost, ...args, ...chosen),
      );
      expect([looked.code, errorOf(looked).code]).toEqual([2, 'WALLET_FACTORY_MISSING']);
    }
  });

  it('keeps a healthy wallet where it is when that was said, and no claim of it is asked to be revoked', async () => {
    const { account, healthy, person } = freya();

    const run = await recover(
      ...(await proven()),
      '--also-lost',
      `${account.wallet}=account`,
      '--stays',
      healthy.wallet,
    );

    const result = resultOf(run);
    expect(result.healthy).toEqual([
      { wallet: healthy.wallet, identity: person.oldIdentity, outcome: 'stays' },
    ]);
    expect(codesOf(result.followUps)).toContain('HEALTHY_WALLET_STAYS');
    expect((await facts().standing(healthy.wallet)).identity).toBe(person.oldIdentity);
    const of = { data: scene.data, id: result.recoveryId };
    const { document } = await claims<ClaimsReport>(of, 'list');
    expect(document.requests).toEqual([expect.objectContaining({ revoke: 0 })]);
    expect(document.unknown.join(' ')).toContain(healthy.wallet);
    const { document: recheck } = await claims<ClaimsRecheck>(of, 'recheck');
    expect(recheck.further?.map(({ kind }) => kind)).toEqual(['replacement']);
  });

  it('was lost a wallet before: what is left on it goes on to where the second one goes', async () => {
    const ravi = scene.desk.person('ravi-menon');
    const [before, second] = [ravi.further[0]?.wallet ?? '', ravi.lostWallet ?? ''];
    const { replacement, proof } = await scene.desk.proofBy('replacement', ravi, scene.data);
    const { standing, holding, units } = facts();

    const run = await terminal(
      scene.desk.recoverArgs(ravi, scene.data, '--replacement', replacement, '--proof', proof),
    );

    const result = resultOf(run);
    expect(result.wallets.map(({ lost, replacement: to }) => [lost, to])).toEqual([
      [second, NEW],
      [before, second],
    ]);
    expect(result.tokens).toEqual({ total: 4, recovered: 4, failed: 0, failures: [] });
    expect(run.stderr).toContain(`Lost before       ${before}`);
    expect(run.stderr).toContain(`EARLIER_LOST_WALLET: ${before} was lost before, and still holds TESD.`);
    expect(await standing(second)).toMatchObject({ registered: false, markedLost: true, linkedTo: NEW });
    expect(await standing(before)).toMatchObject({ registered: false, markedLost: true, linkedTo: second });
    expect((await holding('TESD', NEW)).balance).toBe(units('TESD', 1_300n));
    expect((await holding('NGB28', NEW)).balance).toBe(units('NGB28', 14n));
    expect(await holding('ORRN', NEW)).toMatchObject({
      balance: units('ORRN', 610n),
      frozen: units('ORRN', 60n),
    });
    for (const wallet of [before, second]) expect((await holding('TESD', wallet)).balance).toBe(0n);
    const recheck = await claims<ClaimsRecheck>({ data: scene.data, id: result.recoveryId }, 'recheck');
    expect(recheck.document.further).toBeUndefined();
    expect(recheck.document.tokens.map(({ symbol }) => symbol).toSorted()).toEqual(['NGB28', 'ORRN', 'TESD']);
  });

  describe('has for each further lost wallet a replacement of its own', () => {
    const moves = (): readonly string[] => ['--moves', freya().healthy.wallet];

    it('given by the holder, who signed the challenge for that very wallet', async () => {
      const { account } = freya();

      const run = await recover(...(await proven()), ...(await provenFor(account.wallet)), ...moves());

      expect(resultOf(run).wallets.map(({ replacement }) => replacement)).toEqual([NEW, SECOND_NEW]);
    });

    it('not given on the challenge for another wallet, or without one, or by somebody else', async () => {
      const { account, person } = freya();
      const own = await proven();
      const also = ['--also-lost', `${account.wallet}=${SECOND_NEW}`];
      const ofCase = await scene.desk.proofBy('second-replacement', person, scene.data);
      const [, , , others = ''] = await provenFor(account.wallet, 'replacement');
      const codeOf = async (...more: readonly string[]): Promise<string> => {
        const run = await refused(...own, ...also, ...moves(), ...more);
        expect(run.code).toBe(2);
        return errorOf(run).code;
      };

      expect(await codeOf()).toBe('PROOF_MISSING');
      expect(await codeOf('--proof-for', `${account.wallet}=${ofCase.proof}`)).toBe('PROOF_INVALID');
      expect(await codeOf('--proof-for', others)).toBe('PROOF_INVALID');
      expect(await codeOf('--call-back-for', account.wallet)).toBe('CALL_BACK_FORBIDDEN');
    });

    it('given on a call-back where policy takes one, and reviewers are warned', async () => {
      writePolicy(scene.data, { replacementByCallBack: true });
      const { account } = freya();

      const run = await recover(
        ...(await proven()),
        '--also-lost',
        `${account.wallet}=${SECOND_NEW}`,
        '--call-back-for',
        account.wallet,
        ...moves(),
      );

      expect(resultOf(run).status).toBe('completed');
      expect(run.stderr).toContain('REPLACEMENT_BY_CALL_BACK');
    });

    it('never the same for two', async () => {
      const { account } = freya();

      const codes = await blockers(
        ...(await proven()),
        ...(await provenFor(account.wallet, 'replacement')),
        ...moves(),
      );

      expect(new Set(codes)).toEqual(new Set(['REPLACEMENT_UNUSABLE']));
    });

    it('made by the desk, under the one passphrase that was given', async () => {
      const { account } = freya();
      const file = scene.desk.passphraseFile();

      const run = await recover(
        '--also-lost',
        account.wallet,
        ...moves(),
        '--replacement-passphrase-file',
        file,
      );

      const result = resultOf(run);
      const passphrase = Buffer.from(readFileSync(file, 'utf8').trimEnd());
      const folder = path.join(scene.data, 'wallets');
      const opened = await Promise.all(
        readdirSync(folder).map((name) => keystoreAddress(path.join(folder, name), passphrase)),
      );
      expect(opened.toSorted()).toEqual(result.wallets.map(({ replacement }) => replacement).toSorted());
      expect(new Set(opened).size).toBe(2);
      expect(run.stdout + run.stderr).not.toContain(passphrase.toString());
    });

    it('made by the desk beside an address of the holder', async () => {
      const { account } = freya();
      const file = scene.desk.passphraseFile();

      const run = await recover(
        ...(await proven()),
        '--also-lost',
        `${account.wallet}=generate`,
        '--replacement-passphrase-file',
        file,
        ...moves(),
      );

      expect(resultOf(run).replacementWallet).toBe(NEW);
      expect(stored()).toMatchObject({ wallets: 1, keystores: 1 });
    });

    it('from a keystore that a desk made before', async () => {
      const { account } = freya();
      const file = scene.desk.passphraseFile();
      const { address, json } = await keystoreCodec.create(Buffer.from(readFileSync(file, 'utf8').trimEnd()));
      const keystore = path.join(scene.desk.folder, `${path.basename(scene.data)}.keystore.json`);
      writeFileSync(keystore, json, { mode: 0o600 });
      const also = ['--also-lost', `${account.wallet}=keystore:${keystore}`];

      const without = await refused(...(await proven()), ...also, ...moves());
      const run = await recover(
        ...(await proven()),
        ...also,
        ...moves(),
        '--replacement-passphrase-file',
        file,
      );

      expect([without.code, errorOf(without).code]).toEqual([2, 'BAD_USAGE']);
      expect(resultOf(run).wallets[1]?.replacement).toBe(address);
    });
  });

  describe('is previewed', () => {
    const preview = (...more: readonly string[]): Promise<TerminalRun> =>
      terminal(previewArgs(scene.desk, scene.data, '--wallet', freya().lost, ...more));

    it('with every other wallet, what it holds, and what was said of it', async () => {
      const { account, healthy } = freya();

      const bare = previewOf(await preview()).preview;
      const said = previewOf(await preview('--stays', account.wallet, '--moves', healthy.wallet)).preview;

      expect(codesOf(bare.blockers)).toEqual(['WALLET_UNDECIDED']);
      expect(
        bare.others?.map(({ wallet, contract, holds, says }) => [wallet, contract, holds, says]),
      ).toEqual([
        [account.wallet, true, ['EURQ', 'CHFQ'], 'undecided'],
        [healthy.wallet, false, ['USDQ'], 'undecided'],
      ]);
      expect(new Map(said.others?.map(({ wallet, says }) => [wallet, says]))).toEqual(
        new Map([
          [account.wallet, 'stays'],
          [healthy.wallet, 'moves'],
        ]),
      );
      expect(said.blockers).toEqual([]);
    });

    it('with each further lost wallet, its tokens and its replacement as far as it is known', async () => {
      const { account, healthy } = freya();
      const said = ['--moves', healthy.wallet, '--also-lost'];

      const open = previewOf(await preview(...said, account.wallet)).preview;
      const full = previewOf(
        await preview(...said, `${account.wallet}=account`, '--replacement', NEW),
      ).preview;

      expect(open.further?.[0]).toMatchObject({ lostWallet: account.wallet, replacement: null });
      expect(full.further?.[0]?.replacement).toMatchObject({ kind: 'account', control: 'none' });
      expect(full.further?.[0]?.tokens.map(({ symbol }) => symbol)).toEqual(['EURQ', 'CHFQ']);
      expect(full.cost.transactions).toBe(open.cost.transactions + 1);
      expect(full.rights?.map(({ kind, right, onName }) => `${kind}: ${right} on ${onName}`)).toEqual([
        'token_role: SUPPLY_MANAGEMENT_ROLE on EURQ',
        'claim_issuer_key: claim signer on trusted claim issuer',
      ]);
      expect(codesOf(full.warnings)).toContain('ROLES_OF_LOST_WALLET');
    });

    it('into a file that `review` reads without a network, with the same words', async () => {
      const out = path.join(scene.data, 'preview.json');

      const shown = await terminal(
        previewArgs(scene.desk, scene.data, '--wallet', freya().lost, ...allSaid(), '--out', out).filter(
          (arg) => arg !== '--json',
        ),
      );
      const reviewed = await terminal(['review', out]);

      expect(shown.code).toBe(0);
      expect(reviewed.stdout).toBe(`${shown.stdout.trimEnd()}\nThe digest holds.\n`);
      expect(reviewed.stdout).toContain(`Lost too          ${freya().account.wallet}`);
      expect(reviewed.stdout).toContain(
        'Rights that no recovery takes away:\n  SUPPLY_MANAGEMENT_ROLE on EURQ',
      );
    });

    it('without opening a keystore', async () => {
      const run = await preview('--also-lost', `${freya().account.wallet}=keystore:file.json`);

      expect([run.code, errorOf(run).code]).toEqual([2, 'BAD_USAGE']);
    });
  });

  it.each<[string, () => readonly string[]]>([
    ['the lost wallet itself', () => [...allSaid(), '--moves', freya().lost]],
    ['the lost wallet as another', () => [...allSaid(), '--also-lost', `${freya().lost}=account`]],
    ['a wallet both lost and moving', () => [...allSaid(), '--also-lost', freya().healthy.wallet]],
    ['a wallet said twice', () => [...allSaid(), '--moves', freya().healthy.wallet]],
    [
      'words beside nothing that the desk makes',
      () => ['--replacement', NEW, '--proof', '0x01', ...allSaid(), '--replacement-words'],
    ],
  ])('is not recovered on the saying of %s', async (_what, said) => {
    const run = await refused(...said());

    expect([run.code, errorOf(run).code]).toEqual([2, 'BAD_USAGE']);
  });

  it('is not recovered on a saying of the lost wallet where only the person is named', async () => {
    const { files } = scene.desk.network;
    const args = [...scene.desk.recoverArgs(freya().person, scene.data)];
    args.splice(args.indexOf('--wallet'), 2);
    const by = ['--participant', FREYA, '--participants', files.participants];

    const run = await withoutEffect(scene.desk, scene.data, () =>
      terminal([...args, ...by, '--moves', freya().lost]),
    );

    expect([run.code, errorOf(run).code]).toEqual([2, 'BAD_USAGE']);
    const challenge = ['challenge', '--json', '--network', files.network, '--data', scene.data, ...by];
    const made = await terminal([...challenge, '--also-lost', freya().lost, '--replacement', NEW]);
    expect([made.code, errorOf(made).code]).toEqual([2, 'BAD_USAGE']);
  });
});
