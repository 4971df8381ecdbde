/** Keys that a wallet has on identities of a SMART system and on the claim issuers that it trusts (ERC-734). */
import { id } from 'ethers';
import type { Address } from '../../../shared/address.ts';
import { toAddress } from '../../../shared/address.ts';
import type { HeldRight } from '../../../shared/preview.ts';
import type { Hex } from '../../../shared/values.ts';
import type { ChainView } from '../recovery-protocol.ts';
import { addressTopic, boolAnswer, call, eventTopic } from './abi.ts';
import { keyOf, trustedAmong } from './claim-issuers.ts';
import type { SmartParts } from './parts.ts';
import { walletRecords } from './wallets.ts';

const PURPOSES: Readonly<Record<string, string>> = {
  '1': 'management',
  '2': 'action',
  '3': 'claim signer',
  '4': 'encryption',
};

/** Contracts asked about in one scan: nodes take no list of any length. */
const PER_SCAN = 100;

/** Those that the system's identity factory made, for a wallet or for a contract. */
async function madeByFactory(
  view: ChainView,
  parts: SmartParts,
  contracts: readonly Address[],
): Promise<ReadonlySet<Address>> {
  const made = new Set<Address>();
  for (let start = 0; start < contracts.length; start += PER_SCAN) {
    const some = contracts.slice(start, start + PER_SCAN).map(addressTopic);
    const logs = await view.scan(`identities-made:${id(some.join())}`, {
      address: parts.identityFactory,
      topics: [[eventTopic('IdentityCreated'), eventTopic('ContractIdentityCreated')], null, some],
    });
    for (const { topics } of logs) made.add(toAddress(`0x${(topics[2] ?? '').slice(-40)}`));
  }
  return made;
}

type Counted = Pick<HeldRight, 'kind' | 'onName'>;

/** Of the contracts those whose keys count, with what they are. */
async function counted(
  view: ChainView,
  parts: SmartParts,
  wallet: Address,
  contracts: readonly Address[],
): Promise<ReadonlyMap<Address, Counted>> {
  const [issuers, made, records] = await Promise.all([
    trustedAmong(view.reader, parts, contracts),
    madeByFactory(view, parts, contracts),
    walletRecords(view.reader, parts, [wallet]),
  ]);
  const own = new Set(records.flatMap(({ identity, factoryIdentity }) => [identity, factoryIdentity]));
  return new Map(
    contracts.flatMap((contract): readonly (readonly [Address, Counted])[] => {
      if (issuers.has(contract))
        return [[contract, { kind: 'claim_issuer_key', onName: 'trusted claim issuer' }]];
      return made.has(contract) || own.has(contract)
        ? [[contract, { kind: 'identity_key', onName: 'identity' }]]
        : [];
    }),
  );
}

/**
 * The logs say only whom to ask, for anybody can emit them: what counts is what an identity or issuer of the system says of
 * the key at the view's block. A management key serves every purpose.
 * @param except an identity that is left out, unless it is a trusted issuer too.
 */
export async function heldKeys(
  view: ChainView,
  parts: SmartParts,
  wallet: Address,
  except: Address | null,
): Promise<readonly HeldRight[]> {
  const key = keyOf(wallet) as Hex;
  const added = await view.scan(`keys-of:${wallet}`, { topics: [eventTopic('KeyAdded'), key] });
  if (added.length === 0) return [];
  const contracts = await counted(view, parts, wallet, [...new Set(added.map(({ address }) => address))]);
  const asked = new Map(
    added.flatMap(({ address: on, topics: [, , topic] }) => {
      const what = contracts.get(on);
      if (what === undefined || topic === undefined) return [];
      if (on === except && what.kind !== 'claim_issuer_key') return [];
      return [[`${on}:${topic}`, { ...what, on, purpose: BigInt(topic) }] as const];
    }),
  );
  const keys = [...asked.values()];
  const answers = await view.reader.calls(
    keys.map(({ on, purpose }) => call(on, 'keyHasPurpose', [key, purpose])),
  );
  const held = keys.filter((_, index) => boolAnswer('keyHasPurpose', answers[index]) === true);
  return [...new Set(held.map(({ on }) => on))].map((on) => {
    const purposes = held
      .filter((one) => one.on === on)
      .toSorted((a, b) => (a.purpose < b.purpose ? -1 : 1))
      .map(({ purpose }) => PURPOSES[purpose.toString()] ?? `purpose ${purpose}`);
    const { kind, onName } = contracts.get(on) ?? { kind: 'identity_key', onName: 'identity' };
    return { kind, on, onName, right: purposes.join(', ') };
  });
}
