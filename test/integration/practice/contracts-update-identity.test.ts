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
  newCase,
  newPerson,
  onToken,
  recoverIdentity,
  registry,
  roleId,
  setup,
  stranger,
  system,
  units,
} from '../../support/practice-scene.ts';
import { createIdentities } from '../../../electron/practice/deploy.ts';

describe('updateIdentity', () => {
  test('registers the wallet with another identity, and keeps its country', async () => {
    const { lost: wallet, oldIdentity, newIdentity } = await newPerson();

    const receipt = await chain.transact(admin, registry('updateIdentity', wallet.address, newIdentity));

    expect(chain.events(receipt, 'IdentityRegistry', 'IdentityUpdated')).toEqual([
      [adminAddress, oldIdentity, newIdentity],
    ]);
    expect(chain.events(receipt, 'IdentityRegistryStorage', 'IdentityModified')).toEqual([
      [wallet.address, oldIdentity, newIdentity],
    ]);
    expect(await chain.read(registry('identity', wallet.address))).toBe(newIdentity);
    expect(await chain.read(registry('investorCountry', wallet.address))).toBe(BigInt(belgium));
    expect(await chain.read(factory('getIdentity', wallet.address))).toBe(oldIdentity);
  });

  test('needs the identity manager role', async () => {
    const { lost: wallet, newIdentity } = await newPerson();
    const call = registry('updateIdentity', wallet.address, newIdentity);

    expect(await chain.revertOf(stranger, call)).toBe(
      `AccessControlUnauthorizedAccount(${stranger.address}, ${roleId('IDENTITY_MANAGER_ROLE')})`,
    );
  });

  test('an unregistered wallet is refused, before the zero identity is', async () => {
    const { lost: wallet, replacement } = await newPerson();

    expect(await chain.revertOf(admin, registry('updateIdentity', replacement.address, ZeroAddress))).toBe(
      `IdentityNotRegistered(${replacement.address})`,
    );
    expect(await chain.revertOf(admin, registry('updateIdentity', wallet.address, ZeroAddress))).toBe(
      'InvalidIdentityAddress()',
    );
  });

  test('a recovered wallet is refused: it is not registered any more', async () => {
    const person = await newPerson();
    await recoverIdentity(person);
    const call = registry('updateIdentity', person.lost.address, person.newIdentity);

    expect(await chain.revertOf(admin, call)).toBe(`IdentityNotRegistered(${person.lost.address})`);
  });
});

describe('a wallet that was itself a replacement, recovered in turn', () => {
  test('leaves the earlier link as it is: tokens follow hop by hop, and no other way', async () => {
    const person = await newCase();
    const { lost, replacement, token } = person;
    const last = await chain.newWallet();
    const [lastIdentity] = await createIdentities(setup, system, [last.address]);
    if (lastIdentity === undefined) throw new Error('No identity.');
    await recoverIdentity(person);
    await recoverIdentity({ ...person, lost: replacement, replacement: last, newIdentity: lastIdentity });
    expect(await chain.read(registry('getRecoveredWallet', lost.address))).toBe(replacement.address);
    expect(await chain.read(registry('contains', replacement.address))).toBe(false);
    expect(
      await chain.revertOf(admin, onToken(token, 'forcedRecoverTokens', lost.address, last.address)),
    ).toBe('InvalidLostWallet()');

    await chain.transact(admin, forcedRecover(token, person));
    expect(await balanceOf(token, replacement)).toBe(units);
    await chain.transact(admin, onToken(token, 'forcedRecoverTokens', replacement.address, last.address));

    expect(await balanceOf(token, lost)).toBe(0n);
    expect(await balanceOf(token, replacement)).toBe(0n);
    expect(await balanceOf(token, last)).toBe(units);
  });

  test('carries frozen tokens and a freeze of the first wallet to the last', async () => {
    const person = await newCase();
    const { lost, replacement, token } = person;
    const last = await chain.newWallet();
    const [lastIdentity] = await createIdentities(setup, system, [last.address]);
    if (lastIdentity === undefined) throw new Error('No identity.');
    await chain.transact(admin, onToken(token, 'freezePartialTokens', lost.address, 30n));
    await chain.transact(admin, onToken(token, 'setAddressFrozen', lost.address, true));
    await recoverIdentity(person);
    await recoverIdentity({ ...person, lost: replacement, replacement: last, newIdentity: lastIdentity });

    await chain.transact(admin, forcedRecover(token, person));
    await chain.transact(admin, onToken(token, 'forcedRecoverTokens', replacement.address, last.address));

    expect(await balanceOf(token, last)).toBe(units);
    expect(await chain.read(onToken(token, 'getFrozenTokens', last.address))).toBe(30n);
    expect(await chain.read(onToken(token, 'isFrozen', last.address))).toBe(true);
    expect(await chain.read(onToken(token, 'isFrozen', replacement.address))).toBe(false);
  });
});
