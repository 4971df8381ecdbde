import { AbiCoder, keccak256 } from 'ethers';
import { describe, expect, it } from 'vitest';
import { otherWalletRole, practiceAddress } from '../../../electron/practice/practice-keys.ts';
import { BLOCKER_CODES } from '../../../shared/preview.ts';
import type { Preview } from '../../../shared/preview.ts';
import {
  codesOf,
  errorOf,
  previewArgs,
  previewOf,
  profileFile,
  withoutEffect,
  writePolicy,
} from '../../support/command-line.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { terminal } from '../../support/terminal.ts';

describe('blockers', () => {
  const scene = deskScene();
  const seen = new Map<string, string>();

  const wallet = (id: string): string => scene.desk.person(id).lostWallet ?? '';

  /** The preview of a run that is blocked, with nothing sent and nothing opened. */
  async function blocked(argv: readonly string[]): Promise<Preview> {
    const run = await withoutEffect(scene.desk, scene.data, () => terminal(argv));
    expect(run.code).toBe(4);
    const { preview } = previewOf(run);
    for (const { code, message, remedy } of preview.blockers) {
      seen.set(`${code} ${message}`, remedy);
      expect(run.stderr).not.toContain('INTERNAL');
    }
    return preview;
  }

  /** As after an upgrade that forgot something: the storage takes no more from the registry. */
  async function unbindRegistry(): Promise<void> {
    const { identityRegistry, identityRegistryStorage: storage } = scene.desk.network.seed.contracts;
    for (let slot = 0; slot < 16; slot += 1) {
      const place = keccak256(
        AbiCoder.defaultAbiCoder().encode(['address', 'uint256'], [identityRegistry, slot]),
      );
      if (BigInt(await scene.desk.provider.getStorage(storage, place)) === 1n)
        await scene.desk.provider.send('anvil_setStorageAt', [storage, place, `0x${'0'.repeat(64)}`]);
    }
  }

  /** Both as a preview and as a recovery that must not begin. */
  async function blockedEither(id: string, ...more: readonly string[]): Promise<Preview> {
    await blocked(scene.desk.recoverArgs(scene.desk.person(id), scene.data, ...more));
    return blocked(previewArgs(scene.desk, scene.data, '--wallet', wallet(id), ...more));
  }

  it('WALLET_NOT_REGISTERED: the wallet has no identity here', async () => {
    const preview = await blockedEither('petra-lindqvist');

    expect(codesOf(preview.blockers)).toEqual(['WALLET_NOT_REGISTERED']);
  });

  it('WALLET_ALREADY_LOST: it is linked to a wallet that was not chosen', async () => {
    const preview = await blockedEither('odile-marchand');

    expect(codesOf(preview.blockers)).toEqual(['WALLET_ALREADY_LOST']);
    expect(preview.blockers[0]?.message).toContain(scene.desk.person('odile-marchand').linkedTo);
  });

  it('WALLET_ALREADY_LOST stands no more when the linked wallet itself is chosen: the plan adopts it', async () => {
    const linked = practiceAddress(otherWalletRole('henrik-solberg'));
    const run = await terminal(
      previewArgs(scene.desk, scene.data, '--wallet', wallet('henrik-solberg'), '--replacement', linked),
    );

    expect(run.code).toBe(0);
    const { preview } = previewOf(run);
    expect(preview).toMatchObject({ adopts: true, blockers: [], replacement: { kind: 'adopted' } });
  });

  it('WALLET_ALREADY_LOST: the mark stands and its link was erased', async () => {
    const preview = await blockedEither('gerda-nowak');

    expect(preview.lost).toMatchObject({ markedLost: true, linkedTo: null });
    expect(codesOf(preview.blockers)).toEqual(['WALLET_ALREADY_LOST']);
  });

  it('IDENTITY_MANAGER_ROLE_MISSING: the operator has no such role', async () => {
    const { keystore, passphrase } = scene.desk.network.files.operatorWithoutRole;
    const preview = await blocked(
      scene.desk.recoverArgs(
        scene.desk.person('jonas-weir'),
        scene.data,
        '--keystore',
        keystore,
        '--passphrase-file',
        passphrase,
      ),
    );

    expect(codesOf(preview.blockers)).toEqual(['IDENTITY_MANAGER_ROLE_MISSING']);
  });

  it('PARTICIPANT_HAS_NO_WALLET: the record names none', async () => {
    const { participants } = scene.desk.network.files;
    const preview = await blocked(
      previewArgs(scene.desk, scene.data, '--participants', participants, '--participant', 'samir-haddad'),
    );

    expect(codesOf(preview.blockers)).toEqual(['PARTICIPANT_HAS_NO_WALLET']);
    expect(preview.lostWallet).toBeNull();
  });

  it('WALLET_NOT_OF_PARTICIPANT: the wallet is another’s', async () => {
    const { participants } = scene.desk.network.files;
    const preview = await blocked(
      previewArgs(
        scene.desk,
        scene.data,
        '--participants',
        participants,
        '--participant',
        'jonas-weir',
        '--wallet',
        wallet('bruno-alves'),
      ),
    );

    expect(codesOf(preview.blockers)).toEqual(['WALLET_NOT_OF_PARTICIPANT']);
  });

  it('OPERATOR_IS_PARTICIPANT: nobody recovers themselves', async () => {
    const preview = await blockedEither('ines-barragan');

    expect(codesOf(preview.blockers)).toContain('OPERATOR_IS_PARTICIPANT');
  });

  it('RECOVERY_IN_PROGRESS: a first recovery was cut off past the point of no return', async () => {
    const stop = new AbortController();
    const first = await terminal(scene.desk.recoverArgs(scene.desk.person('jonas-weir'), scene.data), {
      signal: stop.signal,
      checkpoint: (name) => {
        if (name === 'signed:recover_identity') stop.abort();
      },
    });
    const { recoveryId, status } = JSON.parse(first.stdout);
    expect(['stopped', 'waiting']).toContain(status);

    const second = await terminal(scene.desk.recoverArgs(scene.desk.person('jonas-weir'), scene.data));

    expect(second.code).toBe(4);
    const { preview } = previewOf(second);
    expect(codesOf(preview.blockers)).toContain('RECOVERY_IN_PROGRESS');
    const inTheWay = preview.blockers.find((blocker) => blocker.code === 'RECOVERY_IN_PROGRESS');
    expect(inTheWay?.remedy).toContain(`resume ${recoveryId}`);
    seen.set('RECOVERY_IN_PROGRESS', inTheWay?.remedy ?? '');
    expect(JSON.parse((await terminal(['list', '--json', '--data', scene.data])).stdout)).toHaveLength(1);
  });

  it('OPERATOR_CANNOT_PAY: the operator has not a wei, and is told how much is missing', async () => {
    const { keystore, passphrase } = scene.desk.network.files.operatorWithoutFunds;
    const preview = await blocked(
      scene.desk.recoverArgs(
        scene.desk.person('jonas-weir'),
        scene.data,
        '--keystore',
        keystore,
        '--passphrase-file',
        passphrase,
      ),
    );

    expect(codesOf(preview.blockers)).toEqual(['OPERATOR_CANNOT_PAY']);
    expect(preview.blockers[0]?.remedy).toContain(`${preview.cost.estimate} wei`);
  });

  it('OPERATOR_CANNOT_PAY: one wei less than the cost is too little, the cost is enough', async () => {
    const args = previewArgs(scene.desk, scene.data, '--wallet', wallet('jonas-weir'));
    const setBalance = (wei: bigint): Promise<unknown> =>
      scene.desk.provider.send('anvil_setBalance', [practiceAddress('operator'), `0x${wei.toString(16)}`]);
    const estimate = BigInt(previewOf(await terminal(args)).preview.cost.estimate);

    await setBalance(estimate);
    const enough = await terminal(args);
    await setBalance(estimate - 1n);
    const short = await terminal(args);

    expect(enough.code).toBe(0);
    expect(codesOf(previewOf(short).preview.blockers)).toEqual(['OPERATOR_CANNOT_PAY']);
  });

  it('COST_OVER_POLICY: policy allows less than it costs', async () => {
    writePolicy(scene.data, { highestCostWei: '1' });

    const preview = await blockedEither('jonas-weir');

    expect(codesOf(preview.blockers)).toEqual(['COST_OVER_POLICY']);
  });

  it('RECOVERY_SIMULATION_REVERTS: tried out, the registry refuses', async () => {
    await unbindRegistry();

    const preview = await blockedEither('jonas-weir');

    expect(codesOf(preview.blockers)).toEqual(['RECOVERY_SIMULATION_REVERTS']);
    expect(preview.blockers[0]?.message).toContain('Tried out');
  });

  describe('REPLACEMENT_UNUSABLE', () => {
    async function why(replacement: string, ...more: readonly string[]): Promise<string> {
      const preview = await blocked(
        previewArgs(
          scene.desk,
          scene.data,
          '--wallet',
          wallet('jonas-weir'),
          '--replacement',
          replacement,
          ...more,
        ),
      );
      expect(new Set(codesOf(preview.blockers))).toEqual(new Set(['REPLACEMENT_UNUSABLE']));
      return preview.blockers.map((blocker) => blocker.message).join('; ');
    }
    const withPeople = (): readonly string[] => ['--participants', scene.desk.network.files.participants];

    it('the lost wallet itself', async () => {
      expect(await why(wallet('jonas-weir'))).toContain('the lost wallet itself');
    });

    it('the operator’s own wallet', async () => {
      expect(await why(practiceAddress('operator'))).toContain("operator's wallet");
    });

    it('another participant’s wallet, by the participants file', async () => {
      expect(await why(wallet('petra-lindqvist'), ...withPeople())).toContain('Petra Lindqvist');
    });

    it('another participant’s wallet, by the registry', async () => {
      expect(await why(wallet('bruno-alves'))).toContain('registered already');
    });

    it('a token on the lost wallet', async () => {
      expect(await why(scene.acts.token('EURQ').address)).toContain('a token');
    });

    it('a token of the system that the lost wallet never held', async () => {
      expect(await why(scene.acts.token('LUMC').address)).toContain('a token');
    });

    it('a contract of the system', async () => {
      const { identityRegistry, system } = scene.desk.network.seed.contracts;
      expect(await why(identityRegistry)).toContain('contract of the identity system');
      expect(await why(system)).toContain('contract of the identity system');
    });

    it('the old identity of the person', async () => {
      expect(await why(scene.desk.person('jonas-weir').oldIdentity ?? '')).toContain(
        'contract of the identity system',
      );
    });

    it('a wallet that was marked as lost', async () => {
      expect(await why(wallet('gerda-nowak'))).toContain('marked as lost');
    });

    it('a wallet that is frozen on a token to be recovered', async () => {
      expect(await why(practiceAddress('frozen-replacement'))).toContain('lift that freeze');
    });

    it('a wallet with frozen tokens of its own', async () => {
      const preview = await blocked(
        previewArgs(
          scene.desk,
          scene.data,
          '--wallet',
          wallet('nils-brandt'),
          '--replacement',
          practiceAddress('part-frozen-replacement'),
        ),
      );
      const whys = preview.blockers.map((blocker) => blocker.message).join('; ');
      expect(whys).toContain('overwrite their amount');
      expect(whys).toContain('registered already');
    });

    it('an address that policy reserves', async () => {
      writePolicy(scene.data, { reservedAddresses: [practiceAddress('replacement')] });
      expect(await why(practiceAddress('replacement'))).toContain('policy reserves');
    });

    it('an identity manager’s wallet', async () => {
      expect(await why(practiceAddress('operator-without-funds'))).toContain('identity manager role');
    });

    it('the zero address', async () => {
      expect(await why(`0x${'0'.repeat(40)}`)).toContain('zero address');
    });

    it('a wallet whose identity somebody else manages too', async () => {
      const { identityFactory } = scene.desk.network.seed.contracts;
      const replacement = practiceAddress('replacement');
      await scene.acts.act('replacement', 'IdentityFactory', identityFactory, 'createIdentity', [
        replacement,
        [],
      ]);
      const { replacement: read } = previewOf(
        await terminal(
          previewArgs(scene.desk, scene.data, '--wallet', wallet('jonas-weir'), '--replacement', replacement),
        ),
      ).preview;
      await scene.acts.act('replacement', 'Identity', read?.identity ?? '', 'addKey', [
        `0x${'11'.repeat(32)}`,
        1,
        1,
      ]);

      expect(await why(replacement)).toContain('other management keys');
    });

    it('an operator of an earlier recovery on this desk', async () => {
      const { keystore, passphrase } = scene.desk.network.files.operatorWithoutFunds;
      const other = practiceAddress('operator-without-funds');
      const { accessManager } = scene.desk.network.seed.contracts;
      await scene.desk.provider.send('anvil_setBalance', [other, '0x56bc75e2d63100000']);
      const first = await terminal(
        scene.desk.recoverArgs(
          scene.desk.person('wim-de-groot'),
          scene.data,
          '--keystore',
          keystore,
          '--passphrase-file',
          passphrase,
        ),
      );
      expect(first.code).toBe(0);
      await scene.acts.act('platform-admin', 'AccessManager', accessManager, 'revokeRole', [
        '0x6f4ec491520a619d027305ac474684693a3aa2bc30b42428035171ecb53bb4ad',
        other,
      ]);

      const run = await terminal(
        previewArgs(scene.desk, scene.data, '--wallet', wallet('jonas-weir'), '--replacement', other),
      );

      expect(run.code).toBe(4);
      expect(
        previewOf(run)
          .preview.blockers.map((blocker) => blocker.message)
          .join(),
      ).toContain("operator's wallet");
    });
  });

  describe('of the network', () => {
    async function refused(over: Readonly<Record<string, unknown>>): Promise<string> {
      const network = profileFile(scene.desk, over);
      const run = await withoutEffect(scene.desk, scene.data, () =>
        terminal(scene.desk.recoverArgs(scene.desk.person('jonas-weir'), scene.data, '--network', network)),
      );
      expect(run.code).toBe(4);
      const error = errorOf(run);
      seen.set(`${error.code} ${error.message}`, error.remedy);
      return error.code;
    }

    it('CHAIN_ID_MISMATCH: the endpoint serves another chain', async () => {
      expect(await refused({ chainId: 1 })).toBe('CHAIN_ID_MISMATCH');
    });

    it.each([
      ['an account without a contract', () => practiceAddress('replacement')],
      ['a contract that is no system', () => scene.desk.network.seed.contracts.identityRegistry],
      ['a token', () => scene.desk.network.seed.plainToken],
      ['a token of the system', () => scene.acts.token('EURQ').address],
    ] as const)('SYSTEM_NOT_FOUND: the profile names %s', async (_what, system) => {
      expect(await refused({ system: system() })).toBe('SYSTEM_NOT_FOUND');
    });
  });

  it('WALLET_UNDECIDED: nothing was said of the other wallets of the person', async () => {
    const preview = await blockedEither('freya-lindholm');

    expect(codesOf(preview.blockers)).toEqual(['WALLET_UNDECIDED']);
    for (const { wallet } of scene.desk.person('freya-lindholm').further) {
      expect(preview.blockers[0]?.message).toContain(wallet);
    }
  });

  it('never tell anybody to move balances by hand', () => {
    const codes = new Set([...seen.keys()].map((key) => key.split(' ')[0]));
    expect(BLOCKER_CODES.filter((code) => !codes.has(code))).toEqual([]);
    for (const [what, remedy] of seen) {
      expect(remedy, what).not.toMatch(/by hand|move .*(balance|token)|transfer/i);
      expect(remedy, what).toMatch(/\w{3,}.*[.!]$/);
    }
  });
});
