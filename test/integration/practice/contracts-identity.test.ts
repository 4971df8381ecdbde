import { describe, expect, test } from 'vitest';
import { AbiCoder, ZeroAddress, keccak256, solidityPackedKeccak256 } from 'ethers';
import { issueClaims, registerTopics, topicId, trustIssuer } from '../../../electron/practice/claims.ts';
import type { TestCall } from '../../support/practice-deploy.ts';
import {
  admin,
  adminAddress,
  chain,
  errorSelector,
  factory,
  keyOf,
  newPerson,
  recoverIdentity,
  registry,
  setup,
  stranger,
  system,
} from '../../support/practice-scene.ts';

describe('createIdentity', () => {
  test('anyone may create it, at the address foretold, with the wallet as the only management key', async () => {
    const wallet = await chain.newWallet();
    const foretold = await chain.read(
      factory('calculateWalletIdentityAddress', wallet.address, wallet.address),
    );
    expect(await chain.read(factory('getIdentity', wallet.address))).toBe(ZeroAddress);

    const receipt = await chain.transact(stranger, factory('createIdentity', wallet.address, []));

    const created = chain.events(receipt, 'IdentityFactory', 'IdentityCreated');
    expect(created).toEqual([[stranger.address, foretold, wallet.address]]);
    expect(await chain.read(factory('getIdentity', wallet.address))).toBe(foretold);
    const keys = { contract: 'Identity', at: String(foretold), method: 'getKeysByPurpose', args: [1] };
    expect(await chain.read(keys)).toEqual([keyOf(wallet.address)]);
  });

  test('a second one for the same wallet is refused, whoever made the first', async () => {
    const wallet = await chain.newWallet();
    await chain.transact(stranger, factory('createIdentity', wallet.address, []));

    const again = factory('createIdentity', wallet.address, []);

    expect(await chain.revertOf(admin, again)).toBe(`WalletAlreadyLinked(${wallet.address})`);
    expect((await chain.revertDataOf(admin, again)).slice(0, 10)).toBe(errorSelector('WalletAlreadyLinked'));
  });

  test('the zero address is refused', async () => {
    const revert = await chain.revertOf(stranger, factory('createIdentity', ZeroAddress, []));
    expect(revert).toBe('ZeroAddressNotAllowed()');
  });

  test.each([
    ['the key of another account', () => keyOf(adminAddress), 'SenderLacksManagementKey()'],
    ['the key of the wallet itself', keyOf, 'SenderLacksManagementKey()'],
    [
      'the packed hash of the wallet',
      (wallet: string) => solidityPackedKeccak256(['address'], [wallet]),
      'WalletInManagementKeys()',
    ],
  ])('a list with %s reverts', async (_what, key, expected) => {
    const { address } = await chain.newWallet();
    expect(await chain.revertOf(admin, factory('createIdentity', address, [key(address)]))).toBe(expected);
  });
});

describe('an identity', () => {
  test('gives, shows and takes keys at the word of a management key alone', async () => {
    const { lost, oldIdentity } = await newPerson();
    const on = { contract: 'Identity', at: oldIdentity };
    const key = keyOf(stranger.address);
    const add = { ...on, method: 'addKey', args: [key, 2, 1] };
    expect(await chain.revertOf(stranger, add)).toBe('SenderLacksManagementKey()');

    await chain.transact(lost, add);
    const has = (purpose: number): TestCall => ({ ...on, method: 'keyHasPurpose', args: [key, purpose] });
    expect(await chain.read(has(2))).toBe(true);
    expect(await chain.read(has(1))).toBe(false);
    expect(await chain.read({ ...on, method: 'getKey', args: [key] })).toEqual([2n]);

    await chain.transact(lost, { ...on, method: 'removeKey', args: [key, 2] });
    expect(await chain.read(has(2))).toBe(false);
    expect(await chain.read({ ...on, method: 'getKeysByPurpose', args: [2] })).toEqual([]);
  });
});

describe('claims', () => {
  test('a required claim decides who may receive, and is not copied to the new identity', async () => {
    const topic = topicId('knowYourCustomer');
    const person = await newPerson();
    const { lost, replacement, oldIdentity, newIdentity } = person;
    await registerTopics(setup, system, [{ name: 'knowYourCustomer', signature: 'string claim' }]);
    const issuerWallet = await chain.newWallet();
    const asIssuer = { signer: issuerWallet, artifacts: chain.artifacts };
    const issuer = await trustIssuer(setup, system, { wallet: issuerWallet.address, topics: [topic] });
    const needed = [[0, topic]];
    expect(await chain.read(registry('isVerified', lost.address, needed))).toBe(false);

    await issueClaims(asIssuer, [{ issuer, subject: oldIdentity, topic, data: '0x6b7963' }]);
    expect(await chain.read(registry('isVerified', lost.address, needed))).toBe(true);
    await recoverIdentity(person);

    const claims = { contract: 'Identity', method: 'getClaimIdsByTopic', args: [topic] };
    expect(await chain.read({ ...claims, at: oldIdentity })).toHaveLength(1);
    expect(await chain.read({ ...claims, at: newIdentity })).toEqual([]);
    expect(await chain.read(registry('isVerified', replacement.address, needed))).toBe(false);
    await issueClaims(asIssuer, [{ issuer, subject: newIdentity, topic, data: '0x6b7963' }]);
    expect(await chain.read(registry('isVerified', replacement.address, needed))).toBe(true);
  });

  test('nobody else can add, forge or remove a claim', async () => {
    const topic = topicId('collateral');
    const { lost, oldIdentity } = await newPerson();
    const issuerWallet = await chain.newWallet();
    const issuer = await trustIssuer(setup, system, { wallet: issuerWallet.address, topics: [topic] });
    const asIssuer = { signer: issuerWallet, artifacts: chain.artifacts };
    await issueClaims(asIssuer, [{ issuer, subject: oldIdentity, topic, data: '0x01' }]);
    const on = { contract: 'Identity', at: oldIdentity };
    const forged = await stranger.signMessage('forged');
    const claimId = keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'uint256'], [issuer, topic]));

    const add = { ...on, method: 'addClaim', args: [topic, 1, issuer, forged, '0x01', ''] };
    expect(await chain.revertOf(stranger, add)).toBe('SenderLacksClaimSignerKey()');
    expect(await chain.revertOf(lost, add)).toBe('InvalidClaim()');
    const remove = { ...on, method: 'removeClaim', args: [claimId] };
    expect(await chain.revertOf(stranger, remove)).toBe('SenderLacksClaimSignerKey()');
    await chain.transact(lost, remove);
    const ids = { ...on, method: 'getClaimIdsByTopic', args: [topic] };
    expect(await chain.read(ids)).toEqual([]);
  });
});
