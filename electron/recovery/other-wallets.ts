/** The person's wallets beside the one that the case is opened for: found on chain, and what was said of each. */
import type { Address } from '../../shared/address.ts';
import type { OtherWallet } from '../../shared/preview.ts';
import type { ChainView, RecoverySystem, WalletRecord } from '../protocols/recovery-protocol.ts';
import { custodianOf } from './preview-request.ts';
import type { PreviewRequest, WalletSaying } from './preview-request.ts';

/** A wallet that is registered with the person's identity and not said to be lost. */
export interface OtherFacts {
  readonly record: WalletRecord;
  readonly contract: boolean;
  /** Symbols of the system's tokens that it holds anything of. */
  readonly holds: readonly string[];
  readonly says: OtherWallet['says'];
}

export interface Found {
  /** Those said to be lost too. */
  readonly lost: readonly {
    readonly record: WalletRecord;
    readonly saying: Extract<WalletSaying, { says: 'lost' }>;
  }[];
  readonly others: readonly OtherFacts[];
  /** Wallets of which something was said, and that are not registered with the person's identity. */
  readonly strangers: readonly Address[];
}

async function otherFacts(
  system: RecoverySystem,
  view: ChainView,
  request: PreviewRequest,
  record: WalletRecord,
  listed: readonly Address[],
): Promise<OtherFacts> {
  const { reader } = view;
  const said = request.others?.find(({ wallet }) => wallet === record.wallet)?.says;
  const found = await system.findTokens(view, record.wallet, listed);
  const signers = { operator: request.operator, custodian: custodianOf(request) };
  const [tokens, code] = await Promise.all([
    system.tokens(reader, found.tokens, record.wallet, signers),
    reader.code(record.wallet),
  ]);
  return {
    record,
    contract: code !== '0x',
    holds: tokens.flatMap(({ balance, symbol }) => (balance > 0n ? [symbol] : [])),
    says: said === undefined || said === 'lost' ? 'undecided' : said,
  };
}

/** The identity that the person's first replacement has, or gets; null where none is chosen yet. */
async function identityAfter(
  system: RecoverySystem,
  view: ChainView,
  { replacement }: PreviewRequest,
): Promise<Address | null> {
  if (replacement === null) return null;
  const [own] = await system.wallets(view.reader, [replacement.address]);
  return own?.identity ?? (await system.predictIdentity(view.reader, replacement.address)).address;
}

/** Of wallets that are marked as lost those that an earlier run has linked: their replacement has that identity. */
async function linkedBefore(
  system: RecoverySystem,
  view: ChainView,
  identity: Address | null,
  records: readonly WalletRecord[],
): Promise<readonly Address[]> {
  const linked = records.flatMap(({ markedLost, linkedTo }) => (markedLost ? (linkedTo ?? []) : []));
  if (identity === null || linked.length === 0) return [];
  const theirs = await system.wallets(view.reader, linked);
  const ofPerson = new Set(theirs.flatMap((record) => (record.identity === identity ? [record.wallet] : [])));
  return records.flatMap(({ wallet, linkedTo }) =>
    linkedTo !== null && ofPerson.has(linkedTo) ? [wallet] : [],
  );
}

/**
 * Finds the wallets registered with the person's identity, beside the lost one.
 * @param known wallets of the person in the directory, of which no log need tell.
 */
export async function findOthers(
  system: RecoverySystem,
  view: ChainView,
  request: PreviewRequest,
  primary: WalletRecord,
  identity: Address | null,
  known: readonly Address[],
  listed: readonly Address[],
): Promise<Found> {
  const sayings = (request.others ?? []).filter(({ wallet }) => wallet !== primary.wallet);
  const asked = [...new Set([...known, ...sayings.map(({ wallet }) => wallet)])];
  const [registered, once] =
    identity === null
      ? [[], []]
      : await Promise.all([
          system.registeredWith(view, identity, asked),
          system.onceRegisteredWith(view, identity),
        ]);
  const wallets = registered.filter((wallet) => wallet !== primary.wallet);
  // What is said to be lost may be marked and linked by now: a plan that goes on with it adopts that.
  const saidLost = sayings.flatMap((saying) => (saying.says === 'lost' ? [saying] : []));
  const records = await system.wallets(view.reader, [
    ...new Set([...wallets, ...sayings.map(({ wallet }) => wallet), ...once]),
  ]);
  const after = await identityAfter(system, view, request);
  const linked = await linkedBefore(
    system,
    view,
    after,
    records.filter(({ wallet }) => !wallets.includes(wallet) && wallet !== primary.wallet),
  );
  const ofPerson = ({ wallet, markedLost }: WalletRecord): boolean =>
    wallets.includes(wallet) ||
    linked.includes(wallet) ||
    (markedLost && identity !== null && known.includes(wallet));
  const lost = records.flatMap((record) => {
    const saying = saidLost.find(({ wallet }) => wallet === record.wallet);
    return saying === undefined || !ofPerson(record) ? [] : [{ record, saying }];
  });
  const gone = new Set(lost.map(({ record }) => record.wallet));
  // One that is said to move may have been moved by an earlier run.
  const moved = new Set(sayings.flatMap(({ wallet, says }) => (says === 'moves' ? [wallet] : [])));
  const isMoved = ({ wallet, identity: now }: WalletRecord): boolean =>
    moved.has(wallet) && now !== null && now === after;
  // A link that stands may have registered the replacement with this very identity: it is what the wallet goes to.
  const replacements = new Set(
    [primary, ...lost.map(({ record }) => record)].map((one) => (one.markedLost ? one.linkedTo : null)),
  );
  const left = records.filter(
    (record) =>
      !gone.has(record.wallet) &&
      !replacements.has(record.wallet) &&
      (wallets.includes(record.wallet) || isMoved(record)),
  );
  const factsOf = (record: WalletRecord) => otherFacts(system, view, request, record, listed);
  // An earlier run linked it and went no further: passed over, what it holds would stay there.
  const halfDone = records.filter(({ wallet }) => linked.includes(wallet) && !gone.has(wallet));
  const unsaid = (await Promise.all(halfDone.map(factsOf))).filter(({ holds }) => holds.length > 0);
  return {
    lost,
    others: [...(await Promise.all(left.map(factsOf))), ...unsaid],
    strangers: sayings.flatMap(({ wallet }) =>
      gone.has(wallet) || left.some((record) => record.wallet === wallet) ? [] : [wallet],
    ),
  };
}

/** How many recoveries back earlier lost wallets are looked for. */
const MOST_HOPS = 8;

/** Wallets that were lost before, whose replacement is among those that are lost now, the earliest first. */
export async function earlierLost(
  system: RecoverySystem,
  view: ChainView,
  wallets: readonly Address[],
): Promise<readonly WalletRecord[]> {
  const found = new Map<Address, WalletRecord>();
  let next = wallets;
  for (let hop = 0; hop < MOST_HOPS && next.length > 0; hop += 1) {
    const before = (await Promise.all(next.map((wallet) => system.recoveredTo(view, wallet)))).flat();
    const fresh = before.filter((wallet) => !found.has(wallet) && !wallets.includes(wallet));
    const records = await system.wallets(view.reader, fresh);
    for (const record of records) found.set(record.wallet, record);
    next = fresh;
  }
  return [...found.values()].toReversed();
}
