import { AbiCoder, getCreate2Address, id, keccak256 } from 'ethers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { topicId } from '../../../electron/practice/claims.ts';
import { SEVERAL_WALLETS_PERSON } from '../../../electron/practice/people.ts';
import type { ChainView } from '../../../electron/protocols/recovery-protocol.ts';
import { smartAbi } from '../../../electron/protocols/smart/abi.ts';
import { keyOf } from '../../../electron/protocols/smart/claim-issuers.ts';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { HeldRight } from '../../../shared/preview.ts';
import { openSmartScene } from '../../support/smart-scene.ts';
import type { SmartScene } from '../../support/smart-scene.ts';

const ADMIN = 'platform-admin';
/** Anybody: funded by the test, without a right. */
const STRANGER = 'accomplice';

/** What a minimal proxy (ERC-1167) is created with. */
const cloneOf = (implementation: string): string =>
  `0x3d602d80600a3d3981f3363d3d373d3d3d363d73${implementation.slice(2).toLowerCase()}5af43d82803e903d91602b57fd5bf3`;

describe('the rights of a lost wallet', () => {
  let scene: SmartScene;
  let lost: Address;
  let oldIdentity: Address;
  let euroManager: Address;
  let issuer: Address;
  let issuerKey: HeldRight;
  let euroRole: HeldRight;

  beforeAll(async () => {
    scene = await openSmartScene();
    ({ lostWallet: lost, oldIdentity } = scene.person(SEVERAL_WALLETS_PERSON));
    euroManager = scene.acts.token('EURQ').accessManager;
    ({ issuer } = scene.desk.network.seed);
    euroRole = { kind: 'token_role', on: euroManager, onName: 'EURQ', right: 'SUPPLY_MANAGEMENT_ROLE' };
    issuerKey = {
      kind: 'claim_issuer_key',
      on: issuer,
      onName: 'trusted claim issuer',
      right: 'claim signer',
    };
  });
  beforeEach(() => scene.desk.reset());
  afterAll(() => scene.close());

  const tokens = (): readonly Address[] => scene.desk.network.seed.tokens.map(({ address }) => address);

  async function rights(
    wallet = lost,
    except: Address | null = oldIdentity,
    view?: ChainView,
  ): Promise<readonly HeldRight[]> {
    return scene.system.rightsOf(view ?? (await scene.view()), wallet, tokens(), except);
  }

  const onManager = (role: string, at: Address, method: string, ...args: readonly unknown[]): Promise<void> =>
    scene.acts.act(role, 'AccessManager', at, method, args);
  const onIdentity = (
    role: string,
    at: Address,
    method: string,
    ...args: readonly unknown[]
  ): Promise<void> => scene.acts.act(role, 'Identity', at, method, args);

  it('are a role on a token and the key of an issuer, and not the key of the identity that is abandoned', async () => {
    expect(await rights()).toEqual([euroRole, issuerKey]);
  });

  it('are the key of its own identity too, where that is not abandoned', async () => {
    expect(await rights(lost, null)).toEqual(
      expect.arrayContaining([
        { kind: 'identity_key', on: oldIdentity, onName: 'identity', right: 'management' },
      ]),
    );
  });

  it('are none of a wallet that was never given any', async () => {
    expect(await rights(scene.further(SEVERAL_WALLETS_PERSON, 'healthy').wallet)).toEqual([]);
  });

  it('are not what was renounced or taken away since', async () => {
    await onManager('lost:freya-lindholm', euroManager, 'renounceRole', id('SUPPLY_MANAGEMENT_ROLE'), lost);
    expect(await rights()).toEqual([issuerKey]);

    await onIdentity('issuer', issuer, 'removeKey', keyOf(lost), 3);

    expect(await rights()).toEqual([]);
  });

  it('are told once, however often they were given', async () => {
    const role = id('SUPPLY_MANAGEMENT_ROLE');
    await onManager('custodian-admin', euroManager, 'revokeRole', role, lost);
    await onManager('custodian-admin', euroManager, 'grantRole', role, lost);

    expect(await rights()).toEqual([euroRole, issuerKey]);
  });

  it('are roles of the system by their names, and by their id where no name is known', async () => {
    const { accessManager } = scene.desk.network.seed.contracts;
    const unheard = id('KEEPER_OF_THE_LAMP');
    const granted = [id('IDENTITY_MANAGER_ROLE'), `0x${'0'.repeat(64)}`, unheard];
    for (const role of granted) await onManager(ADMIN, accessManager, 'grantRole', role, lost);

    const system = (await rights()).filter(({ kind }) => kind === 'system_role');

    expect(system).toEqual(
      ['IDENTITY_MANAGER_ROLE', 'DEFAULT_ADMIN_ROLE', unheard].map((right) => ({
        kind: 'system_role',
        on: accessManager,
        onName: 'the system',
        right,
      })),
    );
  });

  it('are roles that another contract of the system gives itself, as earlier versions do', async () => {
    const { accessManager, identityRegistry } = scene.desk.network.seed.contracts;
    const role = id('IDENTITY_MANAGER_ROLE');
    await onManager(ADMIN, accessManager, 'grantRole', role, lost);
    const view = await scene.view();
    const scan: ChainView['scan'] = async (name, filter) => {
      const logs = await view.scan(name, filter);
      return logs.map((log) => (log.address === accessManager ? { ...log, address: identityRegistry } : log));
    };

    expect(await rights(lost, oldIdentity, { ...view, scan })).toEqual(
      expect.arrayContaining([
        { kind: 'system_role', on: identityRegistry, onName: 'the system', right: 'IDENTITY_MANAGER_ROLE' },
      ]),
    );
  });

  it('are not what a contract that is none of the system’s says', async () => {
    const manager = toAddress(await scene.acts.deploy(STRANGER, 'AccessManager'));
    await onManager(STRANGER, manager, 'initialize', lost, [{ role: id('CUSTODIAN_ROLE'), account: lost }]);
    const { trustedIssuersRegistry } = scene.desk.network.seed.contracts;
    const implementation = await scene.acts.deploy(STRANGER, 'Identity');
    const factory = await scene.acts.deploy(STRANGER, 'IdentityFactory', [
      implementation,
      trustedIssuersRegistry,
    ]);
    await scene.acts.act(STRANGER, 'IdentityFactory', factory, 'createIdentity', [lost, []]);

    expect(await rights()).toEqual([euroRole, issuerKey]);
  });

  it('are keys of another person’s identity, with all their purposes in words', async () => {
    const { oldIdentity: other } = scene.person('jonas-weir');
    for (const purpose of [3, 2, 7])
      await onIdentity('lost:jonas-weir', other, 'addKey', keyOf(lost), purpose, 1);

    expect((await rights()).filter(({ kind }) => kind === 'identity_key')).toEqual([
      { kind: 'identity_key', on: other, onName: 'identity', right: 'action, claim signer, purpose 7' },
    ]);
  });

  it('are keys of the identity that the factory made for a contract', async () => {
    const account = scene.further(SEVERAL_WALLETS_PERSON, 'lost').wallet;
    const { identityFactory } = scene.desk.network.seed.contracts;
    await scene.acts.act(STRANGER, 'IdentityFactory', identityFactory, 'createContractIdentity', [account]);

    expect(await rights(account)).toMatchObject([{ kind: 'identity_key', right: 'management' }]);
  });

  it('are keys of the identity that it is registered with, whoever made that', async () => {
    const { wallet, role } = scene.further(SEVERAL_WALLETS_PERSON, 'healthy');
    const implementation = await scene.acts.deploy(STRANGER, 'Identity');
    const { trustedIssuersRegistry } = scene.desk.network.seed.contracts;
    const factory = await scene.acts.deploy(STRANGER, 'IdentityFactory', [
      implementation,
      trustedIssuersRegistry,
    ]);
    const made = getCreate2Address(
      factory,
      keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'address'], [wallet, wallet])),
      keccak256(cloneOf(implementation)),
    );
    await scene.acts.act(role, 'IdentityFactory', factory, 'createIdentity', [wallet, []]);
    expect(await rights(wallet)).toEqual([]);

    await scene.registry('updateIdentity', wallet, made);

    expect(await rights(wallet)).toEqual([
      { kind: 'identity_key', on: made, onName: 'identity', right: 'management' },
    ]);
  });

  it('are keys of the abandoned identity where claims of that are trusted', async () => {
    const { trustedIssuersRegistry } = scene.desk.network.seed.contracts;
    const trust = [oldIdentity, [topicId('knowYourCustomer')]];
    await scene.acts.act(ADMIN, 'TrustedIssuersRegistry', trustedIssuersRegistry, 'addTrustedIssuer', trust);

    expect(await rights()).toEqual(
      expect.arrayContaining([{ ...issuerKey, on: oldIdentity, right: 'management' }]),
    );
  });

  it('are keys of an identity, no issuer’s, once nobody trusts it any more', async () => {
    const { trustedIssuersRegistry } = scene.desk.network.seed.contracts;
    await scene.acts.act(ADMIN, 'TrustedIssuersRegistry', trustedIssuersRegistry, 'removeTrustedIssuer', [
      issuer,
    ]);

    expect(await rights()).toEqual([euroRole, { ...issuerKey, kind: 'identity_key', onName: 'identity' }]);
  });

  it('are those of an issuer that a registry names for a topic, where it does not say so of one alone', async () => {
    const view = await scene.view();
    const selector = smartAbi.getFunction('isTrustedIssuer')?.selector ?? '';
    const silent: ChainView['reader'] = {
      ...view.reader,
      calls: async (list, from) => {
        const answers = await view.reader.calls(list, from);
        return answers.map((answer, index) =>
          list[index]?.data.startsWith(selector) === true
            ? { ok: false, revert: '0x', message: 'no such function' }
            : answer,
        );
      },
    };

    expect(await rights(lost, oldIdentity, { ...view, reader: silent })).toEqual([euroRole, issuerKey]);
  });

  it('are told although a listed token does not answer', async () => {
    const view = await scene.view();
    const { plainToken } = scene.desk.network.seed;

    const told = await scene.system.rightsOf(view, lost, [plainToken, ...tokens()], oldIdentity);

    expect(told).toEqual([euroRole, issuerKey]);
  });

  it('are not passed over where the chain itself does not answer', async () => {
    const view = await scene.view();
    const scan = (): Promise<never> => Promise.reject(new Error('no answer'));

    await expect(rights(lost, oldIdentity, { ...view, scan })).rejects.toThrow('no answer');
  });
});
