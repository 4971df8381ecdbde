import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Contract } from 'ethers';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import type { SeededPerson } from '../../../electron/practice/practice-seed.ts';
import type { Address } from '../../../shared/address.ts';
import { lostPreviews } from '../../../shared/preview.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { openStages } from '../../support/recovery-stages.ts';
import type { RecoveryStages } from '../../support/recovery-stages.ts';

const FACTORY = ['function calculateWalletIdentityAddress(address, address) view returns (address)'];
const BALANCE = ['function balanceOf(address) view returns (uint256)'];

describe('a wallet whose replacement was lost too', () => {
  const scene = deskScene();
  let stages: RecoveryStages;

  beforeEach(async () => {
    stages = await openStages(scene.desk, scene.data);
  });
  afterEach(() => stages.close());

  const kept = practiceAddress('replacement');
  const ravi = (): SeededPerson => scene.desk.person('ravi-menon');
  const now = (): Address => {
    const { lostWallet } = ravi();
    if (lostWallet === null) throw new Error('he has no wallet');
    return lostWallet;
  };
  const before = (): Address => {
    const found = ravi().further.find(({ says }) => says === 'lost_before');
    if (found === undefined) throw new Error('he lost no wallet before');
    return found.wallet;
  };
  const units = (whole: bigint): bigint => whole * 10n ** BigInt(scene.acts.token('TESD').decimals);
  const held = (wallet: Address): Promise<unknown> =>
    new Contract(scene.acts.token('TESD').address, BALANCE, scene.desk.provider).getFunction('balanceOf')(
      wallet,
    );

  /** Somebody else, or a desk whose journal is gone, links a lost wallet and goes no further. */
  async function link(lost: Address, to: Address): Promise<void> {
    const { identityFactory, identityRegistry } = scene.desk.network.seed.contracts;
    const identity: string = await new Contract(identityFactory, FACTORY, scene.desk.provider).getFunction(
      'calculateWalletIdentityAddress',
    )(to, to);
    const { acts } = scene;
    await acts.act('platform-admin', 'IdentityFactory', identityFactory, 'createIdentity', [to, []]);
    await acts.act('platform-admin', 'IdentityRegistry', identityRegistry, 'recoverIdentity', [
      lost,
      to,
      identity,
    ]);
  }

  it('brings what it holds all the way where a third was lost, also through wallets that hold nothing of it', async () => {
    const third = practiceAddress('second-replacement');
    await link(now(), third);

    const planned = await stages.plan({ ...ravi(), lostWallet: third });
    expect(lostPreviews(planned.built.preview).map(({ lostWallet }) => lostWallet)).toEqual([
      third,
      before(),
      now(),
    ]);
    const { id } = await stages.begin(planned);
    const result = await stages.run(id);

    expect(result).toMatchObject({ status: 'completed', tokens: { failed: 0 } });
    expect(await held(kept)).toBe(units(1_300n));
  });

  it('goes along where a desk whose journal is gone has linked the second one already', async () => {
    await link(now(), kept);

    const planned = await stages.plan(ravi());
    const { id } = await stages.begin(planned);
    const result = await stages.run(id);

    expect(result).toMatchObject({ status: 'completed', tokens: { failed: 0 } });
    expect(await held(kept)).toBe(units(1_300n));
  });

  it('does not leave on the second what a retry brings there', async () => {
    const token = scene.acts.token('TESD').address;
    const { acts } = scene;
    await acts.act('platform-admin', 'SecurityToken', token, 'mint', [now(), units(5n)]);
    await acts.act('custodian-admin', 'SecurityToken', token, 'freezePartialTokens', [now(), units(2n)]);
    const planned = await stages.plan(ravi(), { holdReference: 'HOLD-1' });
    const { id } = await stages.begin(planned);
    const first = await stages.run(id);
    expect(first).toMatchObject({ status: 'completed_with_token_failures', tokens: { failed: 1 } });
    expect(await held(before())).toBe(units(1_300n));

    await acts.act('custodian-admin', 'SecurityToken', token, 'unfreezePartialTokens', [kept, units(2n)]);
    const result = await stages.resume(id);

    expect(await held(now())).toBe(0n);
    expect(await held(kept)).toBe(units(1_305n));
    expect(result).toMatchObject({ status: 'completed', tokens: { failed: 0 } });
  });
});
