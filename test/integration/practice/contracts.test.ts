import { describe, expect, test } from 'vitest';
import { AbiCoder, MaxUint256, ZeroAddress, hashMessage, id } from 'ethers';
import {
  createTokens,
  deployContract,
  grantRoles,
  mintTokens,
  type CreatedToken,
} from '../../../electron/practice/deploy.ts';
import { smartEvents, smartInterfaces } from '../../support/chain-facts.ts';
import type { TestCall } from '../../support/practice-deploy.ts';
import {
  admin,
  adminAddress,
  chain,
  holder,
  newCase,
  newPerson,
  newToken,
  onToken,
  registry,
  roleId,
  setup,
  stranger,
  system,
} from '../../support/practice-scene.ts';

describe('finding everything from the system address', () => {
  test('the system answers the address of each of its parts', async () => {
    const parts = [
      'identityRegistry',
      'identityFactory',
      'identityRegistryStorage',
      'tokenFactoryRegistry',
      'trustedIssuersRegistry',
      'topicSchemeRegistry',
      'accessManager',
    ] as const;
    for (const part of parts) {
      const call = { contract: 'System', at: system.system, method: part, args: [] };
      expect(await chain.read(call)).toBe(system[part]);
    }
  });

  test('a factory is found by the hash of its type, and by the event of its registration', async () => {
    const at = system.tokenFactoryRegistry;
    const call = { contract: 'TokenFactoryRegistry', at, method: 'tokenFactory', args: [id('bond')] };
    const topic = id(
      'TokenFactoryRegistered(address,string,bytes32,address,address,address,bytes4[],uint256)',
    );

    const logs = await chain.provider.getLogs({ address: at, topics: [topic], fromBlock: 0 });

    expect(await chain.read(call)).toBe(system.tokenFactories['bond']);
    expect(logs).toHaveLength(3);
  });

  test('one query by topic finds every token, which its factory and its registry confirm', async () => {
    const token = await newToken({ factory: 'fund' });
    const topic = smartEvents[0]?.topic0 ?? '';

    const logs = await chain.provider.getLogs({ topics: [topic], fromBlock: 0 });
    const found = logs.filter(({ topics }) => topics[2]?.endsWith(token.token.slice(2).toLowerCase()));

    expect(found.map(({ address }) => address)).toEqual([system.tokenFactories['fund']]);
    const asked = { contract: 'TokenFactory', method: 'isFactoryToken', args: [token.token] };
    expect(await chain.read({ ...asked, at: system.tokenFactories['fund'] ?? '' })).toBe(true);
    expect(await chain.read({ ...asked, at: system.tokenFactories['bond'] ?? '' })).toBe(false);
    expect(await chain.read(onToken(token, 'identityRegistry'))).toBe(system.identityRegistry);
    expect(await chain.read(onToken(token, 'onchainID'))).toBe(token.identity);
    expect(await chain.read(onToken(token, 'accessManager'))).toBe(token.accessManager);
  });

  test('a token is found by the transfers to a wallet', async () => {
    const { lost, token } = await newCase();
    const padded = AbiCoder.defaultAbiCoder().encode(['address'], [lost.address]);

    const logs = await chain.provider.getLogs({
      topics: [id('Transfer(address,address,uint256)'), null, padded],
      fromBlock: 0,
    });

    expect(logs.map(({ address }) => address)).toEqual([token.token]);
  });

  test.each(smartInterfaces)('$contract answers true to $name and false to an unknown id', async (fact) => {
    const places = { System: system.system, IdentityFactory: system.identityFactory };
    const at = fact.contract === 'SecurityToken' ? (await newToken()).token : places[fact.contract];
    const ask = (value: string): TestCall => ({
      contract: fact.contract,
      at,
      method: 'supportsInterface',
      args: [value],
    });

    expect(await chain.read(ask(fact.id))).toBe(true);
    expect(await chain.read(ask('0x01ffc9a7'))).toBe(true);
    expect(await chain.read(ask('0xffffffff'))).toBe(false);
  });

  test('a token keeps its name, symbol, decimals, and nobody can initialise it again', async () => {
    const token = await newToken({ name: 'Fonds Noord', symbol: 'FN', decimals: 2 });

    expect(await chain.read(onToken(token, 'name'))).toBe('Fonds Noord');
    expect(await chain.read(onToken(token, 'symbol'))).toBe('FN');
    expect(await chain.read(onToken(token, 'decimals'))).toBe(2n);
    const again = onToken(token, 'initialize', '', '', 0, stranger.address, ZeroAddress, ZeroAddress, []);
    expect(await chain.revertOf(stranger, again)).toBe('InvalidInitialization()');
  });
});

describe('roles', () => {
  test('the system and each token say who holds a role', async () => {
    const token = await newToken({ grants: [{ role: 'CUSTODIAN_ROLE', account: stranger.address }] });
    const managed = { contract: 'AccessManager', method: 'hasRole' };
    const manager = [roleId('IDENTITY_MANAGER_ROLE'), adminAddress];
    const custodian = [roleId('CUSTODIAN_ROLE'), stranger.address];

    expect(await chain.read({ ...managed, at: system.accessManager, args: manager })).toBe(true);
    expect(await chain.read({ ...managed, at: token.accessManager, args: custodian })).toBe(true);
    expect(await chain.read(onToken(token, 'hasRole', ...custodian))).toBe(true);
    expect(await chain.read(onToken(token, 'hasRole', roleId('CUSTODIAN_ROLE'), adminAddress))).toBe(false);
  });

  test('a role can be granted later', async () => {
    const token = await newToken();
    await grantRoles(setup, token.accessManager, [{ role: 'EMERGENCY_ROLE', account: stranger.address }]);
    const asked = onToken(token, 'hasRole', roleId('EMERGENCY_ROLE'), stranger.address);
    expect(await chain.read(asked)).toBe(true);
  });

  test('a call without the system role reverts with the account and the role', async () => {
    const { lost, replacement, newIdentity } = await newPerson();
    const call = registry('recoverIdentity', lost.address, replacement.address, newIdentity);

    expect((await chain.revertDataOf(stranger, call)).slice(0, 10)).toBe('0xe2517d3f');
    expect(await chain.revertOf(stranger, call)).toBe(
      `AccessControlUnauthorizedAccount(${stranger.address}, ${roleId('IDENTITY_MANAGER_ROLE')})`,
    );
  });

  test.each([
    ['forcedTransfer', 'CUSTODIAN_ROLE', [ZeroAddress, ZeroAddress, 1]],
    ['setAddressFrozen', 'CUSTODIAN_ROLE', [ZeroAddress, true]],
    ['freezePartialTokens', 'CUSTODIAN_ROLE', [ZeroAddress, 1]],
    ['unfreezePartialTokens', 'CUSTODIAN_ROLE', [ZeroAddress, 1]],
    ['pause', 'EMERGENCY_ROLE', []],
    ['unpause', 'EMERGENCY_ROLE', []],
  ])('%s without %s reverts with the account and the role', async (method, role, args) => {
    const token = await newToken();
    expect(await chain.revertOf(stranger, onToken(token, method, ...args))).toBe(
      `AccessControlUnauthorizedAccount(${stranger.address}, ${roleId(role)})`,
    );
  });
});

describe('what is not of the system', () => {
  test('a plain token moves freely and knows no recovery', async () => {
    const at = await deployContract(setup, 'PlainToken', ['Loose coin', 'LOOSE']);
    const plain = { contract: 'PlainToken', at };
    await chain.transact(admin, { ...plain, method: 'mint', args: [stranger.address, 5] });
    await chain.transact(stranger, { ...plain, method: 'transfer', args: [adminAddress, 2] });
    expect(await chain.read({ ...plain, method: 'balanceOf', args: [stranger.address] })).toBe(3n);
    const token: CreatedToken = { token: at, identity: ZeroAddress, accessManager: ZeroAddress };
    expect(await chain.revertDataOf(admin, onToken(token, 'paused'))).toBe('0x');
  });

  test("a contract wallet takes its owner's signature as its own, and nobody else's", async () => {
    const at = await deployContract(setup, 'ContractWallet', [stranger.address]);
    const valid = (signature: string): TestCall => ({
      contract: 'ContractWallet',
      at,
      method: 'isValidSignature',
      args: [hashMessage('mine'), signature],
    });

    expect(await chain.read(valid(await stranger.signMessage('mine')))).toBe('0x1626ba7e');
    expect(await chain.read(valid(await holder.signMessage('mine')))).toBe('0xffffffff');
    expect(await chain.read(valid('0x'))).toBe('0xffffffff');
  });

  test('a contract wallet acts for its owner only', async () => {
    const at = await deployContract(setup, 'ContractWallet', [stranger.address]);
    const plain = await deployContract(setup, 'PlainToken', ['Loose coin', 'LOOSE']);
    const call = { contract: 'ContractWallet', at, method: 'execute', args: [plain, 0, '0x18160ddd'] };
    expect(await chain.revertOf(stranger, call)).toBe('none');
    expect(await chain.revertOf(admin, call)).toBe(`CallerIsNotOwner(${adminAddress})`);
  });
});

describe('many tokens', () => {
  test('two hundred tokens are created and minted in a few seconds', async () => {
    const orders = Array.from({ length: 200 }, (_, index) => ({
      factory: 'equity',
      name: `Practice share ${index}`,
      symbol: `PS${index}`,
      decimals: 18,
      admin: adminAddress,
      grants: [{ role: 'SUPPLY_MANAGEMENT_ROLE', account: adminAddress }],
    }));

    const created = await createTokens(setup, system, orders);
    await mintTokens(
      setup,
      created.map(({ token }) => ({ token, to: holder.address, amount: MaxUint256 / 2n })),
    );

    expect(new Set(created.map(({ token }) => token)).size).toBe(200);
    const last = created.at(-1);
    expect(last && (await chain.read(onToken(last, 'symbol')))).toBe('PS199');
  }, 60_000);
});
