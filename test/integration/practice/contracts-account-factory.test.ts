import { describe, expect, test } from 'vitest';
import { ZeroAddress } from 'ethers';
import { deployContract } from '../../../electron/practice/deploy.ts';
import type { TestCall } from '../../support/practice-deploy.ts';
import { admin, chain, setup, stranger } from '../../support/practice-scene.ts';

const at = await deployContract(setup, 'AccountFactory');

const onFactory = (method: string, ...args: unknown[]): TestCall => ({
  contract: 'AccountFactory',
  at,
  method,
  args,
});
const accountOf = async (owner: string, salt = 0n): Promise<string> =>
  String(await chain.read(onFactory('getAddress', owner, salt)));
const ownerOf = (account: string): Promise<unknown> =>
  chain.read({ contract: 'ContractWallet', at: account, method: 'owner', args: [] });

describe('createAccount', () => {
  test('anyone may have it made, at the address foretold, for the owner named', async () => {
    const owner = await chain.newWallet();
    const foretold = await accountOf(owner.address);
    expect(await chain.provider.getCode(foretold)).toBe('0x');

    await chain.transact(stranger, onFactory('createAccount', owner.address, 0n));

    expect(await ownerOf(foretold)).toBe(owner.address);
    expect(await accountOf(owner.address)).toBe(foretold);
  });

  test('answers the one that is there, and leaves it as it is', async () => {
    const owner = await chain.newWallet();
    const create = onFactory('createAccount', owner.address, 0n);
    await chain.transact(stranger, create);

    await chain.transact(admin, create);

    const account = await accountOf(owner.address);
    expect(await chain.read(create)).toBe(account);
    expect(await ownerOf(account)).toBe(owner.address);
  });

  test('another owner or another salt is another account', async () => {
    const [one, other] = [await chain.newWallet(), await chain.newWallet()];

    const accounts = [
      await accountOf(one.address),
      await accountOf(one.address, 1n),
      await accountOf(other.address),
    ];

    expect(new Set(accounts).size).toBe(3);
  });

  test('the zero address owns none', async () => {
    expect(await chain.revertOf(stranger, onFactory('createAccount', ZeroAddress, 0n))).toBe(
      'ZeroAddressNotAllowed()',
    );
  });
});
