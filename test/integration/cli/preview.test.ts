import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import type { Preview } from '../../../shared/preview.ts';
import { codesOf, errorOf, previewArgs, previewOf, profileFile } from '../../support/command-line.ts';
import { METHOD_NOT_FOUND, startNodeProxy } from '../../support/node-proxy.ts';
import type { ProxyAnswer } from '../../support/node-proxy.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { terminal } from '../../support/terminal.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

describe('preview', () => {
  const scene = deskScene();

  const wallet = (id: string): string => scene.desk.person(id).lostWallet ?? '';

  async function previewed(id: string, ...more: readonly string[]): Promise<Preview> {
    const { participants } = scene.desk.network.files;
    const run = await terminal(
      previewArgs(scene.desk, scene.data, '--participants', participants, '--participant', id, ...more),
    );
    return previewOf(run).preview;
  }

  function outcomes(preview: Preview): Readonly<Record<string, string>> {
    return Object.fromEntries(
      preview.tokens.map(({ symbol, predicted }) => [
        symbol,
        predicted.outcome === 'fails' ? predicted.reason : predicted.outcome,
      ]),
    );
  }

  /** What became of each token, in the same words. */
  function ended(result: RecoveryResult): Readonly<Record<string, string>> {
    const symbols = new Map(scene.desk.network.seed.tokens.map((token) => [token.address, token.symbol]));
    const recovered = scene.desk
      .person('maren-holt')
      .holdings.map(({ token }) => [symbols.get(token) ?? '', 'recovers'] as const);
    const failed = result.tokens.failures.map(({ symbol, reason }) => [symbol, reason] as const);
    return Object.fromEntries([...recovered, ...failed]);
  }

  it('shows every fact of the person with twelve tokens as seeded', async () => {
    const person = scene.desk.person('maren-holt');

    const preview = await previewed(person.id);

    const tokens = new Map(preview.tokens.map((token) => [token.address, token]));
    expect(tokens.size).toBe(12);
    for (const holding of person.holdings) {
      const seeded = scene.acts.token(holding.symbol);
      expect(tokens.get(holding.token)).toMatchObject({
        symbol: seeded.symbol,
        name: seeded.name,
        decimals: seeded.decimals,
        balance: holding.amount,
        frozen: holding.frozen,
        addressFrozen: holding.addressFrozen,
        paused: seeded.condition === 'paused',
        custodianRight: seeded.condition !== 'operator_is_no_custodian',
        predicted:
          seeded.shows === null ? { outcome: 'recovers' } : { outcome: 'fails', reason: seeded.shows },
      });
    }
    expect(preview).toMatchObject({
      lostWallet: person.lostWallet,
      oldIdentity: person.oldIdentity,
      lost: { registered: true, country: person.country, markedLost: false, linkedTo: null },
      participant: { id: person.id, name: person.name, source: 'directory' },
      network: { practice: true, chainId: scene.desk.network.seed.chainId },
      operator: { address: practiceAddress('operator'), identityManager: true, foreignPending: 0 },
      blockers: [],
    });
    const { issuer, formerIssuer } = scene.desk.network.seed;
    expect(preview.claims.map(({ topicName, issuer: by, trusted }) => [topicName, by, trusted])).toEqual([
      ['knowYourCustomer', issuer, true],
      ['antiMoneyLaundering', issuer, true],
      ['accreditedInvestor', formerIssuer, false],
    ]);
    expect(preview.requiredTopics.toSorted()).toEqual(['antiMoneyLaundering', 'knowYourCustomer']);
    expect(preview.notRecoverable.nativeBalance).toBe('1500000000000000000');
    expect(preview.notRecoverable.tokens).toMatchObject([
      { address: scene.desk.network.seed.plainToken, symbol: 'HVST', balance: '123450' },
    ]);
    expect(codesOf(preview.warnings)).toEqual(
      expect.arrayContaining(person.shows.filter((code) => /POSSIBLE|EXPECTED|HERE|MOVE/.test(code))),
    );
  });

  it('predicts by simulation what then happens', async () => {
    const person = scene.desk.person('maren-holt');
    const predicted = await previewed(person.id);
    expect(predicted.tokens.every(({ predicted: how }) => 'by' in how && how.by === 'simulation')).toBe(true);

    const run = await terminal(scene.desk.recoverArgs(person, scene.data));

    expect(run.code).toBe(3);
    expect(ended(JSON.parse(run.stdout))).toEqual(outcomes(predicted));
  });

  it('predicts by flags on a node that cannot simulate, and says so', async () => {
    const proxy = await startNodeProxy(scene.desk.network.node.url, ({ method }) =>
      method === 'eth_simulateV1' ? METHOD_NOT_FOUND : 'pass',
    );
    try {
      const network = profileFile(scene.desk, { rpcUrls: [proxy.url] });
      const preview = await previewed('maren-holt', '--network', network);

      // A lock-up is no flag: only the contract itself knows of it.
      expect(outcomes(preview)).toMatchObject({
        HLB30: 'TOKEN_PAUSED',
        FENN: 'CUSTODIAN_PERMISSION_MISSING',
        MSTG: 'recovers',
      });
      expect(preview.tokens.every(({ predicted }) => 'by' in predicted && predicted.by === 'flags')).toBe(
        true,
      );
      expect(codesOf(preview.warnings)).toContain('NO_SIMULATION');
      expect(preview.cost.by).toBe('typical');
      expect(BigInt(preview.cost.estimate)).toBeGreaterThan(0n);
    } finally {
      await proxy.stop();
    }
  });

  it('does not call a network unable to simulate because a person cannot be recovered on it', async () => {
    for (const id of ['petra-lindqvist', 'odile-marchand'])
      expect(codesOf((await previewed(id)).warnings)).not.toContain('NO_SIMULATION');
  });

  it('takes a token of zero balance into scope when it is named, and predicts and meets its failure', async () => {
    const token = scene.acts.token('LUMC').address;
    const predicted = await previewed('jonas-weir', '--token', token);
    expect(outcomes(predicted)).toMatchObject({ LUMC: 'NO_RECOVERABLE_TOKENS', ALDE: 'recovers' });

    const run = await terminal(
      scene.desk.recoverArgs(scene.desk.person('jonas-weir'), scene.data, '--token', token),
    );

    const result: RecoveryResult = JSON.parse(run.stdout);
    expect(run.code).toBe(3);
    expect(result.tokens).toMatchObject({ total: 3, recovered: 2, failed: 1 });
    expect(result.tokens.failures).toMatchObject([{ token, reason: 'NO_RECOVERABLE_TOKENS' }]);
  });

  it('says when the claims of an identity cannot be read', async () => {
    expect(codesOf((await previewed('nils-brandt')).warnings)).toContain('CLAIMS_UNREADABLE');
  });

  it('warns of a thief where the case says compromised and the operator may not freeze', async () => {
    const preview = await previewed('maren-holt', '--reason', 'compromised');

    expect(preview.warnings.find((warning) => warning.code === 'LOST_WALLET_STILL_MOVES')?.message).toContain(
      'FENN',
    );
  });

  it('goes by the chain alone where there is no participants file', async () => {
    const run = await terminal(previewArgs(scene.desk, scene.data, '--wallet', wallet('jonas-weir')));
    const { preview } = previewOf(run);

    expect(preview.participant).toMatchObject({ name: null, source: 'chain' });
    expect(codesOf(preview.warnings)).toContain('NO_DIRECTORY');
  });

  it('takes an identity that somebody made for the replacement beforehand as it is: it is the same', async () => {
    const replacement = practiceAddress('replacement');
    const { identityFactory } = scene.desk.network.seed.contracts;
    const before = await previewed('jonas-weir', '--replacement', replacement);

    await scene.acts.act('accomplice', 'IdentityFactory', identityFactory, 'createIdentity', [
      replacement,
      [],
    ]);
    const after = await previewed('jonas-weir', '--replacement', replacement);

    expect(after.blockers).toEqual([]);
    expect(after.replacement).toMatchObject({ identity: before.replacement?.identity, identityExists: true });
    expect(outcomes(after)).toEqual({ ALDE: 'recovers', EURQ: 'recovers' });
    expect(after.cost.transactions).toBe(before.cost.transactions - 1);
  });

  describe('meets what anybody can send to a wallet', () => {
    /** A stranger's token, with some of it on the wallet. */
    async function foreignToken(symbol: string): Promise<string> {
      const plain = await scene.acts.deploy('accomplice', 'PlainToken', ['Spam', symbol]);
      await scene.acts.act('accomplice', 'PlainToken', plain, 'mint', [wallet('jonas-weir'), 5n]);
      return plain;
    }

    it('a token whose symbol breaks off in the middle of a character', async () => {
      const plain = await foreignToken(`${'x'.repeat(63)}😀😀`);
      const out = path.join(scene.data, 'preview.json');

      const preview = await previewed('jonas-weir', '--out', out);

      const [token] = preview.notRecoverable.tokens;
      expect(token).toMatchObject({ address: plain, symbol: expect.stringContaining('x'.repeat(60)) });
      expect(token?.symbol.isWellFormed()).toBe(true);
      expect((await terminal(['review', '--json', out])).code).toBe(0);
    });

    it('a token with line breaks and hidden characters in its symbol', async () => {
      await foreignToken('A\n\u202EB\u0007\u200B');
      const { participants } = scene.desk.network.files;
      const args = previewArgs(
        scene.desk,
        scene.data,
        '--participants',
        participants,
        '--participant',
        'jonas-weir',
      );

      const run = await terminal(args.filter((argument) => argument !== '--json'));

      expect(run.stdout).toContain('0.000000000000000005 AB');
    });

    it('a token that claims 255 decimals, also in words', async () => {
      const plain = await foreignToken('SPAM');
      // PUSH1 0xff PUSH0 MSTORE PUSH1 32 PUSH0 RETURN: 255 to whatever is asked.
      await scene.desk.provider.send('anvil_setCode', [plain, '0x60ff5f5260205ff3']);
      const args = previewArgs(scene.desk, scene.data, '--wallet', wallet('jonas-weir'));

      const run = await terminal(args.filter((argument) => argument !== '--json'));

      expect(run.stderr).not.toContain('INTERNAL');
      expect(run.code).toBe(0);
      expect(run.stdout).toContain(`0.${'0'.repeat(252)}255`);
    });
  });

  describe('is pinned to one block', () => {
    it('and a block mined during the reads does not mix in', async () => {
      const quay = scene.acts.token('QUAY').address;
      let mined = false;
      const proxy = await startNodeProxy(
        scene.desk.network.node.url,
        async ({ method }): Promise<ProxyAnswer> => {
          if (method === 'eth_call' && !mined) {
            mined = true;
            await scene.acts.act('platform-admin', 'SecurityToken', quay, 'pause', []);
          }
          return 'pass';
        },
      );
      const head = await scene.desk.provider.getBlockNumber();
      try {
        const preview = await previewed(
          'maren-holt',
          '--network',
          profileFile(scene.desk, { rpcUrls: [proxy.url] }),
        );

        expect(mined).toBe(true);
        expect(await scene.desk.provider.getBlockNumber()).toBe(head + 1);
        expect(preview.block.number).toBe(head);
        expect(preview.tokens.find((token) => token.symbol === 'QUAY')).toMatchObject({
          paused: false,
          predicted: { outcome: 'recovers', by: 'simulation' },
        });
      } finally {
        await proxy.stop();
      }
    });

    it('and a reorganisation during the reads is said, not mixed in', async () => {
      // On top of what other tests go back to.
      await scene.desk.provider.send('anvil_mine', ['0x3']);
      let reads = 0;
      const proxy = await startNodeProxy(
        scene.desk.network.node.url,
        async ({ method }): Promise<ProxyAnswer> => {
          if (method === 'eth_call' && (reads += 1) === 1)
            await scene.desk.provider.send('anvil_reorg', [2, []]);
          return 'pass';
        },
      );
      try {
        const run = await terminal(
          previewArgs(
            scene.desk,
            scene.data,
            '--wallet',
            wallet('jonas-weir'),
            '--network',
            profileFile(scene.desk, { rpcUrls: [proxy.url] }),
          ),
        );

        expect(run.code).toBe(1);
        expect(errorOf(run).code).toBe('BLOCK_CHANGED');
      } finally {
        await proxy.stop();
      }
    });
  });

  describe('written to a file', () => {
    async function written(): Promise<{ readonly file: string; readonly stdout: string }> {
      const file = path.join(scene.data, 'preview.json');
      const run = await terminal(
        previewArgs(
          scene.desk,
          scene.data,
          '--wallet',
          wallet('maren-holt'),
          '--out',
          file,
          '--ticket',
          'T-7',
        ),
      );
      expect(run.code).toBe(0);
      return { file, stdout: run.stdout };
    }

    it('shows the same in a process that has no network at all', async () => {
      const { file, stdout } = await written();
      const command = [process.execPath, path.join(ROOT, 'electron/cli/main.ts'), 'review', '--json', file];
      const alone = process.platform === 'linux' && process.getuid?.() === 0;
      const line = alone ? ['unshare', '-n', ...command] : command;

      const reviewed = spawnSync(line[0] ?? '', line.slice(1), {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] },
      });

      expect(reviewed.stderr).toBe('');
      expect(reviewed.status).toBe(0);
      expect(JSON.parse(reviewed.stdout)).toEqual({ ...JSON.parse(stdout), holds: true });
    });

    it('is refused with exit code 5 when one digit of it was altered', async () => {
      const { file } = await written();
      writeFileSync(file, readFileSync(file, 'utf8').replace('"balance":"250"', '"balance":"251"'));

      const run = await terminal(['review', '--json', file]);

      expect(run.code).toBe(5);
      expect(errorOf(run).code).toBe('PREVIEW_ALTERED');
    });

    it.each([
      ['of another version', '{"preview":{"version":9},"digest":"0x"}'],
      ['that is not JSON', 'not JSON'],
      ['that is empty', ''],
      ['that is far too large', ' '.repeat(33 * 1024 * 1024)],
    ])('is refused with exit code 5: a file %s', async (_what, text) => {
      const file = path.join(scene.data, 'preview.json');
      writeFileSync(file, text);

      const run = await terminal(['review', '--json', file]);

      expect(run.code).toBe(5);
      expect(errorOf(run).code).toBe('PREVIEW_INVALID');
    });

    it('is for its owner alone, and is bad input when it is not there or cannot be written', async () => {
      const missing = await terminal(['review', '--json', path.join(scene.data, 'none.json')]);
      const folder = await terminal(['review', '--json', scene.data]);
      const unwritable = await terminal(
        previewArgs(
          scene.desk,
          scene.data,
          '--wallet',
          wallet('jonas-weir'),
          '--out',
          path.join(scene.data, 'none', 'preview.json'),
        ),
      );

      expect([missing.code, folder.code, unwritable.code]).toEqual([2, 2, 2]);
      expect([errorOf(missing).code, errorOf(folder).code]).toEqual(['FILE_UNREADABLE', 'FILE_UNREADABLE']);
      expect(errorOf(unwritable).code).toBe('FILE_UNWRITABLE');
    });
  });
});
