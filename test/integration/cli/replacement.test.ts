import { Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { practiceAddress, practiceKey } from '../../../electron/practice/practice-keys.ts';
import type { ChallengeDocument } from '../../../electron/recovery/control-challenge.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { codesOf, documentOf, errorOf, withoutEffect, writePolicy } from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { terminal } from '../../support/terminal.ts';
import type { TerminalRun } from '../../support/terminal.ts';

describe('the replacement wallet', () => {
  const scene = deskScene();

  const holder = practiceAddress('replacement');
  const wallet = (id: string): string => scene.desk.person(id).lostWallet ?? '';

  interface Challenged {
    readonly typedData: ChallengeDocument;
    readonly expires: string;
  }

  async function challenge(id: string, replacement: string, into: string = scene.data): Promise<Challenged> {
    const run = await terminal([
      'challenge',
      '--json',
      '--network',
      scene.desk.network.files.network,
      '--wallet',
      wallet(id),
      '--replacement',
      replacement,
      '--data',
      into,
    ]);
    expect(run.code).toBe(0);
    const { typedData, expires } = documentOf(run);
    return { typedData: typedData as ChallengeDocument, expires: String(expires) };
  }

  function sign(role: string, { typedData }: Challenged): Promise<string> {
    const { EIP712Domain: _domain, ...types } = typedData.types;
    const members = Object.fromEntries(Object.entries(types).map(([name, list]) => [name, [...list]]));
    return new Wallet(practiceKey(role)).signTypedData(typedData.domain, members, typedData.message);
  }

  function recover(id: string, ...more: readonly string[]): Promise<TerminalRun> {
    return terminal(scene.desk.recoverArgs(scene.desk.person(id), scene.data, ...more));
  }

  /** The code that a recovery is refused with, before anything was sent or opened. */
  async function refusal(id: string, ...more: readonly string[]): Promise<string> {
    const run = await withoutEffect(scene.desk, scene.data, () => recover(id, ...more));
    const error = errorOf(run);
    expect([run.code, error.code]).toEqual([2, error.code]);
    return error.code;
  }

  describe('with a proof of control', () => {
    it('is taken when its holder signed the challenge', async () => {
      const proof = await sign('replacement', await challenge('jonas-weir', holder));

      const run = await recover('jonas-weir', '--replacement', holder, '--proof', proof);

      expect(run.code).toBe(0);
      const result: RecoveryResult = JSON.parse(run.stdout);
      expect(result).toMatchObject({ status: 'completed', replacementWallet: holder });
      expect(codesOf(result.followUps)).not.toContain('HAND_OVER_WALLET');
    });

    it('is refused when another address signed', async () => {
      const proof = await sign('second-replacement', await challenge('jonas-weir', holder));

      expect(await refusal('jonas-weir', '--replacement', holder, '--proof', proof)).toBe('PROOF_INVALID');
    });

    it('is refused when the signature was tampered with', async () => {
      const proof = await sign('replacement', await challenge('jonas-weir', holder));
      const tampered = `${proof.slice(0, 20)}${proof[20] === 'a' ? 'b' : 'a'}${proof.slice(21)}`;

      expect(await refusal('jonas-weir', '--replacement', holder, '--proof', tampered)).toBe('PROOF_INVALID');
      expect(await refusal('jonas-weir', '--replacement', holder, '--proof', 'no hex')).toBe('PROOF_INVALID');
      expect(await refusal('jonas-weir', '--replacement', holder, '--proof', '0x')).toBe('PROOF_INVALID');
    });

    it('is refused when the challenge was for another lost wallet', async () => {
      const proof = await sign('replacement', await challenge('bruno-alves', holder));

      expect(await refusal('jonas-weir', '--replacement', holder, '--proof', proof)).toBe('PROOF_INVALID');
      // Nor does a challenge that was made for this wallet too make it right.
      await challenge('jonas-weir', holder);
      expect(await refusal('jonas-weir', '--replacement', holder, '--proof', proof)).toBe('PROOF_INVALID');
    });

    it('is refused when no challenge was made on this desk', async () => {
      const proof = await sign('replacement', await challenge('jonas-weir', holder, scene.desk.freshData()));

      expect(await refusal('jonas-weir', '--replacement', holder, '--proof', proof)).toBe('PROOF_INVALID');
    });

    it('is taken from another desk’s challenge when its end is given', async () => {
      const made = await challenge('jonas-weir', holder, scene.desk.freshData());
      const proof = await sign('replacement', made);
      const given = ['--replacement', holder, '--proof', proof, '--proof-expires'];

      expect(await refusal('jonas-weir', ...given, '2031-01-01T00:00:00Z')).toBe('PROOF_INVALID');
      expect((await recover('jonas-weir', ...given, made.expires)).code).toBe(0);
    });

    it('is refused when the time to prove it is over', async () => {
      const made = await challenge('jonas-weir', holder);
      const past = Math.floor(Date.parse('2020-01-01T00:00:00Z') / 1000);
      const { typedData } = made;
      const expired = { ...typedData, message: { ...typedData.message, expires: past } };
      const proof = await sign('replacement', { ...made, typedData: expired });

      expect(
        await refusal(
          'jonas-weir',
          '--replacement',
          holder,
          '--proof',
          proof,
          '--proof-expires',
          '2020-01-01T00:00:00Z',
        ),
      ).toBe('PROOF_EXPIRED');
    });

    it('has as long as policy says', async () => {
      writePolicy(scene.data, { challengeHours: 1 });
      const before = Date.now();

      const { expires } = await challenge('jonas-weir', holder);

      expect(Date.parse(expires) - before).toBeGreaterThan(3_590_000);
      expect(Date.parse(expires) - Date.now()).toBeLessThanOrEqual(3_600_000);
    });

    it('is taken of a contract wallet that accepts the signature of its owner, and of nobody else', async () => {
      const contract = scene.desk.network.seed.contractWallet;
      const made = await challenge('jonas-weir', contract);
      const others = await sign('replacement', made);
      const owners = await sign('contract-wallet-owner', made);

      expect(await refusal('jonas-weir', '--replacement', contract, '--proof', others)).toBe('PROOF_INVALID');
      const run = await recover('jonas-weir', '--replacement', contract, '--proof', owners);

      expect(run.code).toBe(0);
      expect(JSON.parse(run.stdout)).toMatchObject({ status: 'completed', replacementWallet: contract });
    });

    it('of a token is never taken: it answers to no signature', async () => {
      const token = scene.desk.network.seed.tokens[0]?.address ?? '';
      const proof = await sign('replacement', await challenge('jonas-weir', token));

      expect(await refusal('jonas-weir', '--replacement', token, '--proof', proof)).toBe('PROOF_INVALID');
    });
  });

  describe('without a proof', () => {
    it('is refused', async () => {
      expect(await refusal('jonas-weir', '--replacement', holder)).toBe('PROOF_MISSING');
    });

    it('is refused on a call-back unless policy takes one', async () => {
      expect(await refusal('jonas-weir', '--replacement', holder, '--call-back')).toBe('CALL_BACK_FORBIDDEN');
    });

    it('is taken on a call-back where policy takes one, and reviewers are warned', async () => {
      writePolicy(scene.data, { replacementByCallBack: true });

      const run = await recover('jonas-weir', '--replacement', holder, '--call-back');

      expect(run.code).toBe(0);
      expect(run.stderr).toContain('REPLACEMENT_BY_CALL_BACK');
    });
  });

  describe('made by the desk', () => {
    it('is refused where policy forbids it', async () => {
      writePolicy(scene.data, { generatedReplacement: false });
      const run = await withoutEffect(scene.desk, scene.data, () => recover('jonas-weir'));

      expect([run.code, errorOf(run).code]).toEqual([4, 'BLOCKED']);
    });

    it('is handed over afterwards', async () => {
      const run = await recover('wim-de-groot');

      expect(codesOf((JSON.parse(run.stdout) as RecoveryResult).followUps)).toContain('HAND_OVER_WALLET');
    });
  });

  it.each([
    ['a proof without the address that it is for', ['--proof', '0x00']],
    ['a call-back without the address that it is for', ['--call-back']],
    ['an expiry without a proof', ['--proof-expires', '2031-01-01T00:00:00Z']],
    [
      'a holder’s address and a wallet of the desk',
      ['--replacement', holder, '--replacement-passphrase-file', 'x'],
    ],
    [
      'an expiry that is no time',
      ['--replacement', holder, '--proof', '0x00', '--proof-expires', 'tomorrow'],
    ],
  ])('is not guessed from %s', async (_what, options) => {
    expect(await refusal('jonas-weir', ...options)).toBe('BAD_USAGE');
  });
});
