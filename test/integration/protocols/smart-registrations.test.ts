import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEFT_BEHIND_PERSON, SEVERAL_WALLETS_PERSON } from '../../../electron/practice/people.ts';
import { otherWalletRole, practiceAddress } from '../../../electron/practice/practice-keys.ts';
import type { ChainView } from '../../../electron/protocols/recovery-protocol.ts';
import { eventTopic } from '../../../electron/protocols/smart/abi.ts';
import { smartProtocol } from '../../../electron/protocols/smart/smart-protocol.ts';
import type { Address } from '../../../shared/address.ts';
import { openSmartScene } from '../../support/smart-scene.ts';
import type { SmartScene } from '../../support/smart-scene.ts';

const replacement = practiceAddress('replacement');

let scene: SmartScene;
let lost: Address;
let account: Address;
let healthy: Address;
let identity: Address;
/** Of another person. */
let elsewhere: Address;

beforeAll(async () => {
  scene = await openSmartScene();
  ({ lostWallet: lost, oldIdentity: identity } = scene.person(SEVERAL_WALLETS_PERSON));
  account = scene.further(SEVERAL_WALLETS_PERSON, 'lost').wallet;
  healthy = scene.further(SEVERAL_WALLETS_PERSON, 'healthy').wallet;
  elsewhere = scene.person('jonas-weir').oldIdentity;
});
beforeEach(() => scene.desk.reset());
afterAll(() => scene.close());

describe('the wallets registered with an identity', () => {
  const registered = async (
    of: Address,
    known: readonly Address[] = [],
    view?: ChainView,
  ): Promise<ReadonlySet<Address>> =>
    new Set(await scene.system.registeredWith(view ?? (await scene.view()), of, known));

  it('are all that were stored with it', async () => {
    expect(await registered(identity)).toEqual(new Set([lost, account, healthy]));
  });

  it('are not those that were removed since', async () => {
    await scene.registry('deleteIdentity', healthy);

    expect(await registered(identity, [healthy])).toEqual(new Set([lost, account]));
  });

  it('are those that were moved to it, and not those that were moved away', async () => {
    await scene.registry('updateIdentity', healthy, elsewhere);

    expect(await registered(identity)).toEqual(new Set([lost, account]));
    expect(await registered(elsewhere)).toEqual(new Set([scene.person('jonas-weir').lostWallet, healthy]));
  });

  it('are not those that were recovered; their replacements are with the identity that they were recovered to', async () => {
    const created = await scene.system.predictIdentity(await scene.chain.pin(), replacement);
    await scene.registry('recoverIdentity', lost, replacement, created.address);

    expect(await registered(identity, [lost, replacement])).toEqual(new Set([account, healthy]));
    expect(await registered(created.address)).toEqual(new Set([replacement]));
  });

  it('are those known beforehand only where the registry says so', async () => {
    const view = { ...(await scene.view()), scan: async () => [] };
    const known = [lost, scene.person('jonas-weir').lostWallet, replacement];

    expect(await registered(identity, known, view)).toEqual(new Set([lost]));
  });

  /** The logs as a storage of an earlier version writes them: no country, and no wallet where one is moved. */
  async function earlierStorage(): Promise<ChainView> {
    const view = await scene.view();
    const [now, before] = ['address,address,uint16', 'address,address'].map((types) =>
      eventTopic(`IdentityStored(${types})`),
    );
    return {
      ...view,
      async scan(name, filter) {
        const logs = await view.scan(name, filter);
        return logs.flatMap((log) => {
          const [topic] = log.topics;
          if (topic === eventTopic('IdentityModified')) return [];
          if (topic !== now || before === undefined) return [log];
          const earlier = { ...log, topics: [before, ...log.topics.slice(1, 3)] };
          return [filter.topics[0]].flat().includes(before) ? [earlier] : [];
        });
      },
    };
  }

  it('are found by the identities that they came from, however often they were moved', async () => {
    const last = scene.person('dora-kessler');
    await scene.registry('updateIdentity', healthy, elsewhere);
    await scene.registry('updateIdentity', healthy, last.oldIdentity);

    const found = await registered(last.oldIdentity, [], await earlierStorage());

    expect(found).toEqual(new Set([last.lostWallet, healthy]));
  });

  it('are found where one was moved to another identity and back', async () => {
    await scene.registry('updateIdentity', healthy, elsewhere);
    await scene.registry('updateIdentity', healthy, identity);

    expect(await registered(identity, [], await earlierStorage())).toEqual(new Set([lost, account, healthy]));
  });
});

describe('the wallets recovered to a wallet', () => {
  const recovered = async (wallet: Address): Promise<readonly Address[]> =>
    scene.system.recoveredTo(await scene.view(), wallet);

  it.each(['aiko-tanaka', LEFT_BEHIND_PERSON])('are the one that %s lost first', async (person) => {
    expect(await recovered(scene.person(person).lostWallet)).toEqual([
      practiceAddress(otherWalletRole(person)),
    ]);
  });

  it('are still told once their replacement was recovered in turn', async () => {
    const { lostWallet, further } = scene.person(LEFT_BEHIND_PERSON);
    const { address } = await scene.system.predictIdentity(await scene.chain.pin(), replacement);
    await scene.registry('recoverIdentity', lostWallet, replacement, address);

    expect(await recovered(lostWallet)).toEqual([further[0]?.wallet]);
    expect(await recovered(replacement)).toEqual([lostWallet]);
  });

  it('are not those whose link was erased', async () => {
    const gerda = scene.person('gerda-nowak');
    const [record] = await scene.system.wallets(await scene.chain.pin(), [gerda.lostWallet]);
    expect(record).toMatchObject({ markedLost: true, linkedTo: null });

    expect(await recovered(practiceAddress(otherWalletRole('gerda-nowak')))).toEqual([]);
  });

  it('are none for a wallet that replaces nothing', async () => {
    expect(await recovered(healthy)).toEqual([]);
  });
});

describe('the smart account of an owner', () => {
  it('is where the wallet factory made it, or will make it', async () => {
    const owner = practiceAddress(scene.further(SEVERAL_WALLETS_PERSON, 'lost').role);
    const reader = await scene.chain.pin();
    expect(await scene.system.accountOf(reader, owner)).toBe(account);
    const foretold = await scene.system.accountOf(reader, replacement);

    const { walletFactory } = scene.desk.network.seed;
    await scene.acts.act('accomplice', 'AccountFactory', walletFactory, 'createAccount', [replacement, 0n]);

    const after = await scene.chain.pin();
    expect(await scene.system.accountOf(after, replacement)).toBe(foretold);
    expect(foretold === null ? '0x' : await after.code(foretold)).not.toBe('0x');
  });

  it('is none where the profile names no factory, or one that is none', async () => {
    const reader = await scene.chain.pin();
    const { walletFactory: _none, ...profile } = scene.desk.network.profile;
    const without = await smartProtocol.openSystem(reader, profile);
    const wrong = await smartProtocol.openSystem(reader, {
      ...profile,
      walletFactory: scene.desk.network.seed.plainToken,
    });

    expect(await without.accountOf(reader, replacement)).toBeNull();
    expect(await wrong.accountOf(reader, replacement)).toBeNull();
  });
});
