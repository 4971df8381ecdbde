import { describe, expect, test } from 'vitest';
import { ZeroAddress } from 'ethers';
import {
  admin,
  adminAddress,
  balanceOf,
  belgium,
  chain,
  factory,
  forcedRecover,
  holder,
  newCase,
  newPerson,
  onToken,
  recoverIdentity,
  registry,
  stranger,
  system,
  units,
  type Person,
} from '../../support/practice-scene.ts';

describe('recoverIdentity', () => {
  test('marks and unregisters the lost wallet, registers the new one, keeps the country, links them', async () => {
    const person = await newPerson();
    const { lost, replacement, oldIdentity, newIdentity } = person;
    expect(await chain.read(registry('getRecoveredWallet', lost.address))).toBe(ZeroAddress);

    const receipt = await recoverIdentity(person);

    expect(chain.events(receipt, 'IdentityRegistry', 'IdentityRecovered')).toEqual([
      [adminAddress, lost.address, replacement.address, newIdentity, oldIdentity],
    ]);
    const ofRegistry = receipt.logs.filter(({ address }) => address === system.identityRegistry);
    expect(ofRegistry).toHaveLength(2);
    expect(chain.events(receipt, 'IdentityRegistry', 'WalletRecoveryLinked')).toContainEqual([
      adminAddress,
      lost.address,
      replacement.address,
    ]);
    expect(await chain.read(registry('isWalletLost', lost.address))).toBe(true);
    expect(await chain.read(registry('contains', lost.address))).toBe(false);
    expect(await chain.read(registry('contains', replacement.address))).toBe(true);
    expect(await chain.read(registry('identity', replacement.address))).toBe(newIdentity);
    expect(await chain.read(registry('investorCountry', replacement.address))).toBe(BigInt(belgium));
    expect(await chain.read(registry('getRecoveredWallet', lost.address))).toBe(replacement.address);
  });

  test('the factory still answers the old identity of the lost wallet', async () => {
    const person = await newPerson();
    await recoverIdentity(person);
    expect(await chain.read(factory('getIdentity', person.lost.address))).toBe(person.oldIdentity);
  });

  test('identity and country of an unregistered wallet revert', async () => {
    const person = await newPerson();
    await recoverIdentity(person);
    const { address } = person.lost;

    expect(await chain.revertOf(admin, registry('identity', address))).toBe(
      `IdentityDoesNotExist(${address})`,
    );
    expect((await chain.revertDataOf(admin, registry('identity', address))).slice(0, 10)).toBe('0xae5d11c6');
    expect(await chain.revertOf(admin, registry('investorCountry', address))).not.toBe('none');
  });

  test('a new wallet that is registered with that identity already is accepted', async () => {
    const person = await newPerson();
    const { lost, replacement, newIdentity } = person;
    await chain.transact(admin, registry('registerIdentity', replacement.address, newIdentity, 250));

    await recoverIdentity(person);

    expect(await chain.read(registry('getRecoveredWallet', lost.address))).toBe(replacement.address);
    expect(await chain.read(registry('investorCountry', replacement.address))).toBe(250n);
  });

  test('zero addresses are refused', async () => {
    const { lost, replacement, newIdentity } = await newPerson();
    const attempt = (...args: unknown[]): Promise<string> =>
      chain.revertOf(admin, registry('recoverIdentity', ...args));

    expect(await attempt(ZeroAddress, replacement.address, newIdentity)).toBe('InvalidUserAddress()');
    expect(await attempt(lost.address, ZeroAddress, newIdentity)).toBe('InvalidUserAddress()');
    expect(await attempt(lost.address, replacement.address, ZeroAddress)).toBe('InvalidIdentityAddress()');
  });

  test('a lost wallet that is not registered is refused, and so is a repeat', async () => {
    const person = await newPerson();
    const { lost, replacement, newIdentity } = person;
    const unknown = registry('recoverIdentity', stranger.address, replacement.address, newIdentity);
    expect(await chain.revertOf(admin, unknown)).toBe(`IdentityNotRegistered(${stranger.address})`);

    await recoverIdentity(person);

    const again = registry('recoverIdentity', lost.address, replacement.address, newIdentity);
    expect(await chain.revertOf(admin, again)).toBe(`IdentityNotRegistered(${lost.address})`);
  });

  test('a new wallet that has another identity is refused', async () => {
    const { lost, newIdentity } = await newPerson();
    const call = registry('recoverIdentity', lost.address, holder.address, newIdentity);
    expect(await chain.revertOf(admin, call)).toBe(`IdentityAlreadyRegistered(${holder.address})`);
  });

  test('a wallet once marked lost is refused, as the lost one and as the new one', async () => {
    const first = await newPerson();
    const second = await newPerson();
    await recoverIdentity(first);
    const { lost, oldIdentity } = first;

    const asNew = registry('recoverIdentity', second.lost.address, lost.address, oldIdentity);
    expect(await chain.revertOf(admin, asNew)).toBe(`WalletAlreadyMarkedAsLost(${lost.address})`);

    await chain.transact(admin, registry('registerIdentity', lost.address, oldIdentity, belgium));
    const asLost = registry('recoverIdentity', lost.address, second.replacement.address, second.newIdentity);
    expect(await chain.revertOf(admin, asLost)).toBe(`WalletAlreadyMarkedAsLost(${lost.address})`);
  });

  test.each([
    ['any address', () => stranger.address],
    ['the old identity of the lost wallet', ({ oldIdentity }: Person) => oldIdentity],
  ])('does not ask whose identity it is given: %s will do', async (_what, choose) => {
    const person = await newPerson();
    const chosen = choose(person);

    await recoverIdentity({ ...person, newIdentity: chosen });

    expect(await chain.read(registry('identity', person.replacement.address))).toBe(chosen);
  });

  test('given the lost wallet as the new one it succeeds and bricks that wallet for ever', async () => {
    const { lost, replacement, oldIdentity, newIdentity } = await newPerson();

    await chain.transact(admin, registry('recoverIdentity', lost.address, lost.address, oldIdentity));

    expect(await chain.read(registry('contains', lost.address))).toBe(false);
    expect(await chain.read(registry('isWalletLost', lost.address))).toBe(true);
    expect(await chain.read(registry('getRecoveredWallet', lost.address))).toBe(lost.address);
    const again = registry('recoverIdentity', lost.address, replacement.address, newIdentity);
    expect(await chain.revertOf(admin, again)).toBe(`IdentityNotRegistered(${lost.address})`);
    await chain.transact(admin, registry('registerIdentity', lost.address, oldIdentity, belgium));
    expect(await chain.revertOf(admin, again)).toBe(`WalletAlreadyMarkedAsLost(${lost.address})`);
    expect(await chain.read(registry('isVerified', lost.address, []))).toBe(false);
  });

  test('registering the lost wallet again erases its link, and tokens not yet recovered are stuck', async () => {
    const person = await newCase();
    const { lost, oldIdentity, token } = person;
    await recoverIdentity(person);

    await chain.transact(admin, registry('registerIdentity', lost.address, oldIdentity, belgium));

    expect(await chain.read(registry('isWalletLost', lost.address))).toBe(true);
    expect(await chain.read(registry('getRecoveredWallet', lost.address))).toBe(ZeroAddress);
    expect(await chain.revertOf(admin, forcedRecover(token, person))).toBe('InvalidLostWallet()');
  });

  test('does not cut the lost wallet off: it moves its whole balance, and nothing is left to recover', async () => {
    const person = await newCase();
    const { lost, token } = person;
    await recoverIdentity(person);

    await chain.transact(lost, onToken(token, 'transfer', holder.address, units));

    expect(await balanceOf(token, holder)).toBe(units);
    expect(await chain.revertOf(admin, forcedRecover(token, person))).toBe('NoTokensToRecover()');
  });

  test('a freeze stops the lost wallet, also while the token is paused', async () => {
    const person = await newCase();
    const { lost, token } = person;
    await recoverIdentity(person);
    await chain.transact(admin, onToken(token, 'pause'));

    const receipt = await chain.transact(admin, onToken(token, 'setAddressFrozen', lost.address, true));

    const frozen = chain.events(receipt, 'SecurityToken', 'AddressFrozen');
    expect(frozen).toEqual([[adminAddress, lost.address, true]]);
    await chain.transact(admin, onToken(token, 'unpause'));
    const transfer = onToken(token, 'transfer', holder.address, 1);
    expect(await chain.revertOf(lost, transfer)).toBe('SenderAddressFrozen()');
  });
});
