import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Contract } from 'ethers';
import { createIdentities } from '../../../electron/practice/deploy.ts';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../../electron/practice/practice-seed.ts';
import type { OtherSource } from '../../../electron/recovery/prepare.ts';
import type { Address } from '../../../shared/address.ts';
import { walletsOf } from '../../../shared/plan.ts';
import { lostPreviews } from '../../../shared/preview.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { openStages } from '../../support/recovery-stages.ts';
import type { RecoveryStages } from '../../support/recovery-stages.ts';

const REGISTRY = [
  'function identity(address) view returns (address)',
  'function contains(address) view returns (bool)',
  'function isWalletLost(address) view returns (bool)',
  'function getRecoveredWallet(address) view returns (address)',
  'function investorCountry(address) view returns (uint16)',
];
const TOKEN = [
  'function balanceOf(address) view returns (uint256)',
  'function getFrozenTokens(address) view returns (uint256)',
  'function isFrozen(address) view returns (bool)',
];

describe('a person with several wallets', () => {
  const scene = deskScene();
  let stages: RecoveryStages;

  beforeEach(async () => {
    stages = await openStages(scene.desk, scene.data);
  });
  afterEach(() => stages.close());

  const registry = () =>
    new Contract(scene.desk.network.seed.contracts.identityRegistry, REGISTRY, scene.desk.provider);
  const ask = (method: string, ...args: readonly unknown[]): Promise<unknown> =>
    registry().getFunction(method)(...args);
  const onToken = (symbol: string, method: string, wallet: Address): Promise<unknown> =>
    new Contract(scene.acts.token(symbol).address, TOKEN, scene.desk.provider).getFunction(method)(wallet);

  const freya = (): SeededPerson => scene.desk.person('freya-lindholm');
  const further = (person: SeededPerson, says: string): Address => {
    const found = person.further?.find((wallet) => wallet.says === says);
    if (found === undefined) throw new Error(`${person.id} has no such wallet`);
    return found.wallet;
  };
  const [first, second] = [practiceAddress('replacement'), practiceAddress('second-replacement')];
  const given = (address: Address): Extract<OtherSource, { says: 'lost' }>['source'] => ({
    kind: 'chosen',
    chosen: { address, kind: 'given', control: 'proof' },
  });
  const bothLost = (source = given(second)): readonly OtherSource[] => [
    { wallet: further(freya(), 'lost'), says: 'lost', source },
    { wallet: further(freya(), 'healthy'), says: 'moves' },
  ];

  it('is not planned for before something was said of each', async () => {
    const prepared = await stages.prepare(freya());

    expect(prepared.kind).toBe('blocked');
    if (prepared.kind !== 'blocked') return;
    expect(prepared.preview.blockers.map(({ code }) => code)).toEqual(['WALLET_UNDECIDED']);
    expect(prepared.preview.others).toEqual([
      expect.objectContaining({ contract: true, holds: ['EURQ', 'CHFQ'], says: 'undecided' }),
      expect.objectContaining({ contract: false, holds: ['USDQ'], says: 'undecided' }),
    ]);
    expect(stages.records.journal.list()).toEqual([]);
  });

  it('has nothing said of a wallet that is somebody else’s', async () => {
    const wallet = scene.desk.person('jonas-weir').lostWallet ?? first;

    const prepared = await stages.prepare(freya(), {
      others: [...bothLost(), { wallet, says: 'lost', source: given(practiceAddress('anybody')) }],
    });

    expect(prepared.kind === 'blocked' && prepared.preview.blockers.map(({ code }) => code)).toEqual([
      'WALLET_NOT_OF_PARTICIPANT',
    ]);
  });

  it('is not given one replacement for two', async () => {
    const prepared = await stages.prepare(freya(), { others: bothLost(given(first)) });

    expect(prepared.kind === 'blocked' && prepared.preview.blockers.map(({ code }) => code)).toEqual([
      'REPLACEMENT_UNUSABLE',
      'REPLACEMENT_UNUSABLE',
    ]);
  });

  it.each(['lost', 'compromised'] as const)('is recovered in one go (%s)', async (reason) => {
    const planned = await stages.plan(freya(), { others: bothLost(), reason });
    const { id } = await stages.begin(planned);
    const result = await stages.run(id);

    expect(result).toMatchObject({ status: 'completed', tokens: { total: 5, recovered: 5, failed: 0 } });
    const [lost, account, healthy] = [
      freya().lostWallet,
      further(freya(), 'lost'),
      further(freya(), 'healthy'),
    ];
    const identity = result.replacementIdentity;
    expect(result.wallets).toEqual([
      { lost, replacement: first, identity },
      { lost: account, replacement: second, identity },
    ]);
    expect(result.healthy).toEqual([{ wallet: healthy, identity, outcome: 'moved' }]);
    for (const wallet of [first, second, healthy]) {
      expect(await ask('identity', wallet)).toBe(identity);
      expect(await ask('investorCountry', wallet)).toBe(246n);
    }
    expect(await ask('getRecoveredWallet', lost)).toBe(first);
    expect(await ask('getRecoveredWallet', account)).toBe(second);
    for (const wallet of [lost, account]) {
      expect(await ask('isWalletLost', wallet)).toBe(true);
      expect(await ask('contains', wallet)).toBe(false);
    }
    const units = (symbol: string, whole: bigint): bigint =>
      whole * 10n ** BigInt(scene.acts.token(symbol).decimals);
    expect(await onToken('QUAY', 'balanceOf', first)).toBe(units('QUAY', 500n));
    expect(await onToken('QUAY', 'getFrozenTokens', first)).toBe(units('QUAY', 150n));
    expect(await onToken('EURQ', 'balanceOf', first)).toBe(units('EURQ', 3_000n));
    expect(await onToken('EURQ', 'balanceOf', second)).toBe(units('EURQ', 900n));
    expect(await onToken('CHFQ', 'balanceOf', second)).toBe(units('CHFQ', 250n));
    expect(await onToken('USDQ', 'balanceOf', healthy)).toBe(units('USDQ', 40n));
    for (const wallet of [first, second]) expect(await onToken('EURQ', 'isFrozen', wallet)).toBe(false);
    expect(result.followUps.map(({ code }) => code)).toContain('REVOKE_ROLE');
    expect(result.phases.find(({ name }) => name === 'verify')?.status).toBe('done');
  });

  it('gets a smart account of the factory for a lost one, owned by the first replacement', async () => {
    const planned = await stages.plan(freya(), { others: bothLost({ kind: 'account' }) });
    const { id } = await stages.begin(planned);
    const result = await stages.run(id);

    expect(result.status).toBe('completed');
    const made = result.wallets[1]?.replacement ?? '';
    const owner = new Contract(made, ['function owner() view returns (address)'], scene.desk.provider);
    expect(await owner.getFunction('owner')()).toBe(first);
    expect(await ask('identity', made)).toBe(result.replacementIdentity);
  });

  it('keeps a healthy wallet where it is when that is what was said', async () => {
    const [account, healthy] = [further(freya(), 'lost'), further(freya(), 'healthy')];
    const planned = await stages.plan(freya(), {
      others: [
        { wallet: account, says: 'lost', source: given(second) },
        { wallet: healthy, says: 'stays' },
      ],
    });
    const { id } = await stages.begin(planned);
    const result = await stages.run(id);

    expect(result.status).toBe('completed');
    expect(result.healthy).toEqual([{ wallet: healthy, identity: freya().oldIdentity, outcome: 'stays' }]);
    expect(await ask('identity', healthy)).toBe(freya().oldIdentity);
    expect(result.followUps.map(({ code }) => code)).toContain('HEALTHY_WALLET_STAYS');
  });

  it('has one recovery open at a time, whichever of the wallets is named', async () => {
    const planned = await stages.plan(freya(), { others: bothLost() });
    await stages.begin(planned);

    const again = await stages.prepare({ ...freya(), lostWallet: further(freya(), 'lost') });

    expect(again.kind === 'blocked' && again.preview.blockers.map(({ code }) => code)).toContain(
      'RECOVERY_IN_PROGRESS',
    );
  });

  it('brings what was left on a wallet lost before along to where the second one goes', async () => {
    const ravi = scene.desk.person('ravi-menon');
    const before = further(ravi, 'lost_before');

    const planned = await stages.plan(ravi);

    expect(lostPreviews(planned.built.preview).map(({ lostWallet }) => lostWallet)).toEqual([
      ravi.lostWallet,
      before,
    ]);
    expect(walletsOf(planned.plan).map(({ adopts }) => adopts)).toEqual([false, true]);
    const { id } = await stages.begin(planned);
    const result = await stages.run(id);
    expect(result).toMatchObject({ status: 'completed', tokens: { failed: 0 } });
    const units = 1_300n * 10n ** BigInt(scene.acts.token('TESD').decimals);
    expect(await onToken('TESD', 'balanceOf', first)).toBe(units);
    expect(await onToken('TESD', 'balanceOf', before)).toBe(0n);
  });

  it('has its wallets shown also where one that shared an identity is linked already, and no journal tells', async () => {
    const planned = await stages.plan(freya(), { others: bothLost() });
    const { id } = await stages.begin(planned);
    await stages.run(id);
    const third = practiceAddress('third-replacement');
    const { identityFactory, identityRegistry } = scene.desk.network.seed.contracts;
    const { acts } = scene;
    await acts.act('platform-admin', 'IdentityFactory', identityFactory, 'createIdentity', [third, []]);
    const identity: unknown = await new Contract(
      identityFactory,
      ['function getIdentity(address) view returns (address)'],
      scene.desk.provider,
    ).getFunction('getIdentity')(third);
    await acts.act('platform-admin', 'IdentityRegistry', identityRegistry, 'recoverIdentity', [
      second,
      third,
      identity,
    ]);

    const prepared = await stages.prepare({ ...freya(), lostWallet: second }, { replacement: third });

    expect(prepared.kind).toBe('blocked');
    if (prepared.kind !== 'blocked') return;
    expect(prepared.preview.blockers.map(({ code }) => code)).toEqual(['WALLET_UNDECIDED']);
    expect(prepared.preview.others?.map(({ wallet }) => wallet).toSorted()).toEqual(
      [first, further(freya(), 'healthy')].toSorted(),
    );
    expect(prepared.preview.oldIdentity).toBe(planned.plan.replacement.identity);
  });

  it.each([
    ['the old identity', true],
    ['the replacement’s own', false],
  ] as const)(
    'is warned of a standing link that names %s as it should be looked at',
    async (_what, foreign) => {
      const jonas = scene.desk.person('jonas-weir');
      const { contracts } = scene.desk.network.seed;
      const system = { ...contracts, tokenFactories: {} };
      const [own] = await createIdentities(await scene.acts.setupOf('platform-admin'), system, [first]);
      await scene.acts.act(
        'platform-admin',
        'IdentityRegistry',
        contracts.identityRegistry,
        'recoverIdentity',
        [jonas.lostWallet, first, foreign ? jonas.oldIdentity : own],
      );

      const { built } = await stages.plan(jonas);

      const codes = built.preview.warnings.map(({ code }) => code);
      expect(codes).toContain('ADOPTS_STANDING_LINK');
      expect(codes.includes('ADOPTED_IDENTITY_MANAGED')).toBe(foreign);
    },
  );
});
