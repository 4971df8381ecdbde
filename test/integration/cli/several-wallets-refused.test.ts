import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import {
  codesOf,
  errorOf,
  previewArgs,
  previewOf,
  profileFile,
  withoutEffect,
} from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { severalWalletsTerminal } from '../../support/several-wallets-terminal.ts';
import { terminal } from '../../support/terminal.ts';
import type { TerminalRun } from '../../support/terminal.ts';

const FREYA = 'freya-lindholm';
const NEW = practiceAddress('replacement');

describe('a person with several wallets, in the terminal', () => {
  const scene = deskScene();
  const { freya, allSaid, refused, blockers } = severalWalletsTerminal(scene);

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
