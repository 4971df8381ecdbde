import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Contract } from 'ethers';
import { practiceAddress } from '../../electron/practice/practice-keys.ts';
import type { OtherSource } from '../../electron/recovery/prepare.ts';
import type { Address } from '../../shared/address.ts';
import { faultScene } from '../support/fault-scene.ts';
import { openStages } from '../support/recovery-stages.ts';
import type { RecoveryStages } from '../support/recovery-stages.ts';

const REGISTRY = [
  'function identity(address) view returns (address)',
  'function isWalletLost(address) view returns (bool)',
  'function getRecoveredWallet(address) view returns (address)',
];

describe('of several wallets one that the chain does not let be linked', () => {
  const scene = faultScene();
  let stages: RecoveryStages;
  let interfere: () => Promise<unknown> = () => Promise.resolve();

  const [first, second] = [practiceAddress('replacement'), practiceAddress('second-replacement')];
  const freya = () => scene.desk.person('freya-lindholm');
  const wallet = (says: string): Address => {
    const found = freya().further?.find((one) => one.says === says);
    if (found === undefined) throw new Error('there is no such wallet');
    return found.wallet;
  };
  const others = (): readonly OtherSource[] => [
    {
      wallet: wallet('lost'),
      says: 'lost',
      source: { kind: 'chosen', chosen: { address: second, kind: 'given', control: 'proof' } },
    },
    { wallet: wallet('healthy'), says: 'moves' },
  ];
  const registry = (): string => scene.desk.network.seed.contracts.identityRegistry;
  const byAdmin = (method: string, ...args: readonly unknown[]): Promise<unknown> =>
    scene.acts.act('platform-admin', 'IdentityRegistry', registry(), method, args);
  const ask = (method: string, of: Address): Promise<unknown> =>
    new Contract(registry(), REGISTRY, scene.desk.provider).getFunction(method)(of);

  const open = (moment: string): Promise<RecoveryStages> =>
    openStages(scene.desk, scene.data, {
      profileFile: scene.stage.profile(),
      checkpoint: scene.stage.when(moment, () => interfere()),
    });

  beforeEach(async () => {
    stages = await open('signed:recover_identity');
  });
  afterEach(() => stages.close());

  /** The recovery, in whose middle somebody takes a wallet out of the registry: right before both links are sent. */
  async function without(gone: Address) {
    interfere = () => byAdmin('deleteIdentity', gone);
    const planned = await stages.plan(freya(), { others: others() });
    const { id } = await stages.begin(planned);
    return { id, result: await stages.run(id) };
  }

  it.each([
    ['the second', () => wallet('lost'), 3, 2],
    ['the first', () => freya().lostWallet ?? first, 2, 3],
  ] as const)('does not keep the other from being recovered: %s', async (_which, gone, recovered, failed) => {
    const { id, result } = await without(gone());

    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { total: 5, recovered, failed },
    });
    expect(new Set(result.tokens.failures.map(({ lostWallet }) => lostWallet))).toEqual(new Set([gone()]));
    expect(result.followUps.find(({ code }) => code === 'WALLET_NOT_RECOVERED')?.message).toContain(gone());
    expect(result.wallets.flatMap(({ lost, linked }) => (linked === false ? [lost] : []))).toEqual([gone()]);
    expect(await ask('isWalletLost', gone())).toBe(false);
    expect(await ask('identity', wallet('healthy'))).toBe(result.replacementIdentity);

    // Put back as it was, it is linked by a retry, and its tokens follow.
    await byAdmin('registerIdentity', gone(), freya().oldIdentity, 246);
    const retried = await stages.resume(id);

    expect(retried).toMatchObject({ status: 'completed', tokens: { total: 5, recovered: 5, failed: 0 } });
    const to = gone() === wallet('lost') ? second : first;
    expect(await ask('getRecoveredWallet', gone())).toBe(to);
    expect(await ask('identity', to)).toBe(result.replacementIdentity);
  });

  it('that was recovered to somebody else’s wallet stays so, and the other is recovered', async () => {
    const elsewhere = practiceAddress('frozen-replacement');
    interfere = () => byAdmin('recoverIdentity', wallet('lost'), elsewhere, freya().oldIdentity);
    const planned = await stages.plan(freya(), { others: others() });
    const { id } = await stages.begin(planned);

    const result = await stages.run(id);

    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { total: 5, recovered: 3, failed: 2 },
    });
    expect(new Set(result.tokens.failures.map(({ reason }) => reason))).toEqual(
      new Set(['RECOVERED_ELSEWHERE']),
    );
    expect(await ask('getRecoveredWallet', wallet('lost'))).toBe(elsewhere);
  });

  it('that is linked beside one whose link stood before does not keep that one from being recovered', async () => {
    const { identityFactory } = scene.desk.network.seed.contracts;
    const factory = new Contract(
      identityFactory,
      ['function calculateWalletIdentityAddress(address, address) view returns (address)'],
      scene.desk.provider,
    );
    const identity: string = await factory.getFunction('calculateWalletIdentityAddress')(first, first);
    await scene.acts.act('platform-admin', 'IdentityFactory', identityFactory, 'createIdentity', [first, []]);
    await byAdmin('recoverIdentity', freya().lostWallet, first, identity);

    const { result } = await without(wallet('lost'));

    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { total: 5, recovered: 3, failed: 2 },
    });
    expect(new Set(result.tokens.failures.map(({ lostWallet }) => lostWallet))).toEqual(
      new Set([wallet('lost')]),
    );
  });

  it('holds nothing up either where the lost wallets are frozen by then', async () => {
    await stages.close();
    stages = await open('ended:contain');
    interfere = () => byAdmin('deleteIdentity', wallet('lost'));
    const planned = await stages.plan(freya(), { others: others(), reason: 'compromised' });
    const { id } = await stages.begin(planned);

    const result = await stages.run(id);

    expect(result).toMatchObject({
      status: 'completed_with_token_failures',
      tokens: { total: 5, recovered: 3, failed: 2 },
    });
    expect(result.followUps.find(({ code }) => code === 'WALLET_NOT_RECOVERED')?.message).toContain(
      wallet('lost'),
    );
    await byAdmin('registerIdentity', wallet('lost'), freya().oldIdentity, 246);
    expect(await stages.resume(id)).toMatchObject({ status: 'completed', tokens: { recovered: 5 } });
  });

  it('is not brought what a wallet lost before holds', async () => {
    const ravi = scene.desk.person('ravi-menon');
    const [lost, before] = [ravi.lostWallet ?? first, ravi.further[0]?.wallet ?? first];
    const beside = practiceAddress('beside');
    await byAdmin('registerIdentity', beside, await ask('identity', lost), 356);
    interfere = () => byAdmin('deleteIdentity', lost);
    const planned = await stages.plan(ravi, {
      others: [
        {
          wallet: beside,
          says: 'lost',
          source: { kind: 'chosen', chosen: { address: second, kind: 'given', control: 'proof' } },
        },
      ],
    });
    const { id } = await stages.begin(planned);

    const result = await stages.run(id);

    expect(result.status).toBe('completed_with_token_failures');
    expect(result.tokens).toMatchObject({ recovered: 0, failed: result.tokens.total });
    const held = new Contract(
      scene.acts.token('TESD').address,
      ['function balanceOf(address) view returns (uint256)'],
      scene.desk.provider,
    ).getFunction('balanceOf');
    expect([await held(before), await held(lost)]).toEqual([130_000n, 0n]);
  });
});
