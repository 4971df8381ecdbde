/** A SMART system's tokens: finding those a wallet touched, and how wallets stand on them. */
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import { plainText } from '../../../shared/plain-text.ts';
import { toAddress } from '../../../shared/address.ts';
import type { CallResult, LogEntry, PinnedReader } from '../../chain/types.ts';
import type {
  ChainView,
  ForeignHolding,
  FoundTokens,
  Holding,
  SignersAsked,
  TokenFacts,
} from '../recovery-protocol.ts';
import {
  CUSTODIAN_ROLE,
  addressAnswer,
  addressTopic,
  bigintAnswer,
  boolAnswer,
  call,
  eventTopic,
  smartAbi,
  textAnswer,
} from './abi.ts';
import type { SmartParts } from './parts.ts';

/** Longest token name or symbol taken from a chain: the text is anybody's. */
const LONGEST_TEXT = 64;

function shown(text: string | null): string {
  return plainText(text ?? '', LONGEST_TEXT);
}

function topicAddress(entry: LogEntry, index: number): Address | null {
  const topic = entry.topics[index];
  return topic === undefined ? null : toAddress(`0x${topic.slice(-40)}`);
}

interface CreatedTokens {
  readonly factories: readonly Address[];
  /** Each token with the factory that made it. */
  readonly byToken: ReadonlyMap<Address, Address>;
}

/** Tokens that a registered factory of this system created: anybody else can emit the same event. */
async function createdTokens(view: ChainView, parts: SmartParts): Promise<CreatedTokens> {
  const registrations = await view.scan('factories', {
    address: parts.tokenFactoryRegistry,
    topics: [eventTopic('TokenFactoryRegistered')],
  });
  const factories = registrations.flatMap((entry) => {
    const parsed = smartAbi.parseLog({ topics: [...entry.topics], data: entry.data });
    const proxy: unknown = parsed?.args['proxyAddress'];
    return typeof proxy === 'string' ? [toAddress(proxy)] : [];
  });
  if (factories.length === 0) return { factories, byToken: new Map() };
  const created = await view.scan('created', {
    address: factories,
    topics: [eventTopic('TokenAssetCreated')],
  });
  const pairs = created.flatMap((entry) => {
    const token = topicAddress(entry, 2);
    return token === null ? [] : [[token, entry.address] as const];
  });
  return { factories, byToken: new Map(pairs) };
}

/**
 * Every token of the system that ever paid the wallet, and the ERC-20s that did and are none of the system's.
 * `listed` (of the profile or the operator) are taken when their `identityRegistry()` is ours.
 */
export async function findTokens(
  view: ChainView,
  parts: SmartParts,
  wallet: Address,
  listed: readonly Address[],
): Promise<FoundTokens> {
  const { factories, byToken: created } = await createdTokens(view, parts);
  const received = await view.scan(`received:${wallet}`, {
    topics: [eventTopic('Transfer'), null, addressTopic(wallet)],
  });
  const candidates = [...new Set([...received.map((entry) => entry.address), ...listed])];
  const ours = new Set(await ownTokens(view, parts, { candidates, created, listed }));
  return {
    tokens: candidates.filter((token) => ours.has(token)),
    foreign: candidates.filter((token) => !ours.has(token)),
    contracts: [...factories, ...created.keys()],
  };
}

/** Every token of the system: those that its factories created, and those listed. */
export async function systemTokens(
  view: ChainView,
  parts: SmartParts,
  listed: readonly Address[],
): Promise<readonly Address[]> {
  const { byToken: created } = await createdTokens(view, parts);
  return ownTokens(view, parts, {
    candidates: [...new Set([...created.keys(), ...listed])],
    created,
    listed,
  });
}

interface Candidates {
  readonly candidates: readonly Address[];
  readonly created: ReadonlyMap<Address, Address>;
  readonly listed: readonly Address[];
}

/** Of the candidates those that belong to the system. */
async function ownTokens(
  view: ChainView,
  parts: SmartParts,
  { candidates, created, listed }: Candidates,
): Promise<readonly Address[]> {
  const answers = await view.reader.calls(
    candidates.flatMap((token) => {
      const factory = created.get(token) ?? parts.tokenFactoryRegistry;
      return [call(token, 'identityRegistry'), call(factory, 'isFactoryToken', [token])];
    }),
  );
  const ours = (token: Address, index: number): boolean => {
    if (addressAnswer('identityRegistry', answers[index * 2]) !== parts.identityRegistry) return false;
    if (listed.includes(token)) return true;
    // isFactoryToken exists only in newer factories: no answer leaves the creation event to speak.
    return created.has(token) && boolAnswer('isFactoryToken', answers[index * 2 + 1]) !== false;
  };
  return candidates.filter((token, index) => ours(token, index));
}

type Read = readonly [name: string, args: readonly unknown[]];

async function readEach(
  reader: PinnedReader,
  tokens: readonly Address[],
  reads: readonly Read[],
): Promise<readonly (readonly CallResult[])[]> {
  const answers = await reader.calls(
    tokens.flatMap((token) => reads.map(([name, args]) => call(token, name, args))),
  );
  return tokens.map((_, index) => answers.slice(index * reads.length, (index + 1) * reads.length));
}

/** What is not answered is not zero: `readable` says whether these figures mean anything. */
function holdingOf(
  balance: CallResult | undefined,
  frozen: CallResult | undefined,
  addressFrozen: CallResult | undefined,
): Omit<Holding, 'token'> {
  const read = {
    balance: bigintAnswer('balanceOf', balance),
    frozen: bigintAnswer('getFrozenTokens', frozen),
    addressFrozen: boolAnswer('isFrozen', addressFrozen),
  };
  return {
    readable: read.balance !== null && read.frozen !== null && read.addressFrozen !== null,
    balance: read.balance ?? 0n,
    frozen: read.frozen ?? 0n,
    addressFrozen: read.addressFrozen ?? false,
  };
}

/** Of each token, in order, those that hold its custodian right: it tells itself, or names the manager that does. */
async function custodiansOf(
  reader: PinnedReader,
  tokens: readonly Address[],
  asked: readonly Address[],
): Promise<readonly (readonly Address[])[]> {
  const rows = await readEach(reader, tokens, [
    ...asked.map((account): Read => ['hasRole', [CUSTODIAN_ROLE, account]]),
    ['accessManager', []],
  ]);
  const managers = rows.map((row) => addressAnswer('accessManager', row.at(-1)));
  const asks = rows.flatMap((row, index) => {
    const manager = managers[index] ?? null;
    return asked.flatMap((account, which) =>
      manager !== null && boolAnswer('hasRole', row[which]) === null ? [{ index, account, manager }] : [],
    );
  });
  const answers = await reader.calls(
    asks.map(({ manager, account }) => call(manager, 'hasRole', [CUSTODIAN_ROLE, account])),
  );
  return rows.map((row, index) =>
    asked.filter((account, which) => {
      const direct = boolAnswer('hasRole', row[which]);
      const byManager = asks.findIndex((ask) => ask.index === index && ask.account === account);
      return (direct ?? boolAnswer('hasRole', answers[byManager])) === true;
    }),
  );
}

/** Facts of each token for the lost wallet and who may sign, in order. A part that a token lacks reads as nothing. */
export async function tokenFacts(
  reader: PinnedReader,
  tokens: readonly Address[],
  lost: Address,
  { operator, custodian }: SignersAsked,
): Promise<readonly TokenFacts[]> {
  const asked = custodian === null ? [operator] : [custodian, operator];
  const reads: readonly Read[] = [
    ['name', []],
    ['symbol', []],
    ['decimals', []],
    ['balanceOf', [lost]],
    ['getFrozenTokens', [lost]],
    ['isFrozen', [lost]],
    ['paused', []],
  ];
  const [rows, holders] = await Promise.all([
    readEach(reader, tokens, reads),
    custodiansOf(reader, tokens, asked),
  ]);
  return tokens.map((address, index) => {
    const [name, symbol, decimals, balance, frozen, addressFrozen, paused] = rows[index] ?? [];
    const custodians = holders[index] ?? [];
    return {
      address,
      name: shown(textAnswer('name', name)),
      symbol: shown(textAnswer('symbol', symbol)),
      decimals: Number(bigintAnswer('decimals', decimals) ?? 0n),
      ...holdingOf(balance, frozen, addressFrozen),
      paused: boolAnswer('paused', paused) ?? false,
      custodians,
      signer: custodians[0] ?? operator,
      custodianRight: custodians.length > 0,
    };
  });
}

/** How one wallet stands on each token, in order. */
export async function holdings(
  reader: PinnedReader,
  tokens: readonly Address[],
  wallet: Address,
): Promise<readonly Holding[]> {
  const rows = await readEach(reader, tokens, [
    ['balanceOf', [wallet]],
    ['getFrozenTokens', [wallet]],
    ['isFrozen', [wallet]],
  ]);
  return tokens.map((token, index) => {
    const [balance, frozen, addressFrozen] = rows[index] ?? [];
    return { token, ...holdingOf(balance, frozen, addressFrozen) };
  });
}

/** Contracts outside the system that are looked at, the newest: anybody can make up any number of them. */
const MOST_FOREIGN = 200;

/** One contract by itself: what it does when asked must not keep anything else from being read. */
async function foreignHolding(
  reader: PinnedReader,
  address: Address,
  wallet: Address,
): Promise<readonly ForeignHolding[]> {
  try {
    const [row] = await readEach(
      reader,
      [address],
      [
        ['symbol', []],
        ['decimals', []],
        ['balanceOf', [wallet]],
      ],
    );
    const [symbol, decimals, balance] = row ?? [];
    const held = bigintAnswer('balanceOf', balance) ?? 0n;
    if (held === 0n) return [];
    const units = Number(bigintAnswer('decimals', decimals) ?? 0n);
    return [{ address, symbol: shown(textAnswer('symbol', symbol)), decimals: units, balance: held }];
  } catch (error) {
    const own =
      error instanceof DeskError && (error.code === 'RPC_ERROR' || error.code === 'ENDPOINT_GARBAGE');
    if (!own) throw error;
    return [];
  }
}

/** What the wallet holds of contracts outside the system; those with no balance, or none that is told, are left out. */
export async function foreignHoldings(
  reader: PinnedReader,
  contracts: readonly Address[],
  wallet: Address,
): Promise<readonly ForeignHolding[]> {
  const asked = contracts.slice(-MOST_FOREIGN);
  const held = await Promise.all(asked.map((address) => foreignHolding(reader, address, wallet)));
  return held.flat();
}
