/** Reads every wallet of the person that a recovery is about, and puts its steps in order. */
import type { Address } from '../../shared/address.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { ChainView, RecoverySystem, WalletRecord } from '../protocols/recovery-protocol.ts';
import { oldIdentityOf, readLost } from './lost-facts.ts';
import type { LostAsked, LostFacts } from './lost-facts.ts';
import type { ReadContext } from './needs.ts';
import { earlierLost, findOthers } from './other-wallets.ts';
import type { OtherFacts } from './other-wallets.ts';
import type { ChosenReplacement, PreviewRequest, Subject } from './preview-request.ts';

export interface WalletFacts {
  readonly lost: LostFacts | null;
  readonly further: readonly LostFacts[];
  readonly others: readonly OtherFacts[];
  /** Wallets of which something was said, and that are none of the person's. */
  readonly strangers: readonly Address[];
  readonly steps: readonly PlanStep[];
}

export const NO_WALLETS: WalletFacts = { lost: null, further: [], others: [], strangers: [], steps: [] };

/** The order in which the steps are sent: nothing is linked before all is prepared, and tokens follow the links at once. */
const ORDER: readonly PlanStep['role'][] = [
  'contain',
  'prepare',
  'fund',
  'relink',
  'token',
  'move',
  'release',
];

/** @param wallets the wallets' steps, earlier hops first. */
export function inOrder(wallets: readonly (readonly PlanStep[])[]): readonly PlanStep[] {
  return wallets.flat().toSorted((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
}

/** The replacement of a wallet that was lost before is the one that its link names. */
function standing({ linkedTo }: WalletRecord): ChosenReplacement | null {
  return linkedTo === null ? null : { address: linkedTo, kind: 'given', control: 'standing' };
}

/** Tokens that a wallet which was lost before holds, or is brought itself: they reach its replacement in the same plan. */
function passedOn({ tokens, brought }: LostFacts): readonly Address[] {
  return tokens.flatMap(({ address, balance }) => (balance > 0n || brought.has(address) ? [address] : []));
}

/** Whether a wallet that was lost before has anything left to bring, or is part of a plan that is checked again. */
function brings(lost: LostFacts, request: PreviewRequest): boolean {
  return passedOn(lost).length > 0 || request.scope?.has(lost.wallet) === true;
}

/** With the identity that a lost wallet had: the registry does not hold it any more. */
async function withLostFrom(
  system: RecoverySystem,
  view: ChainView,
  record: WalletRecord,
): Promise<WalletRecord> {
  if (!record.markedLost || record.registered) return record;
  return { ...record, lostFrom: await system.lostFrom(view, record.wallet) };
}

export async function readWallets(
  context: ReadContext,
  system: RecoverySystem,
  view: ChainView,
  request: PreviewRequest,
  { participant }: Subject,
  named: WalletRecord,
): Promise<WalletFacts> {
  const primary = await withLostFrom(system, view, named);
  const listed = context.profile.tokens ?? [];
  const identity = oldIdentityOf(primary);
  const known = participant.wallets.map(({ address }) => address);
  const {
    lost: saidLost,
    others,
    strangers,
  } = await findOthers(system, view, request, primary, identity, known, listed);
  const tokensOf = (wallet: Address): readonly Address[] =>
    request.scope?.get(wallet) ?? (wallet === primary.wallet ? request.tokens : []);
  const base: Omit<LostAsked, 'record' | 'chosen' | 'tokens'> = {
    sharedIdentity: null,
    accountOwner: null,
    moves: [],
    uncontained: new Set(),
    brought: new Set(),
    abandoned: others.some(({ says }) => says === 'stays') ? null : identity,
  };
  const lostNow = [primary, ...saidLost.map(({ record }) => record)];
  const earlier: LostFacts[] = [];
  /** Its replacement may not be frozen where it brings a balance that is not: recovery would lift that (CHAIN A). */
  const broughtTo = (wallet: Address): ReadonlySet<Address> =>
    new Set(earlier.flatMap((one) => (one.record.linkedTo === wallet ? passedOn(one) : [])));
  for (const before of await earlierLost(
    system,
    view,
    lostNow.map(({ wallet }) => wallet),
  )) {
    const record = await withLostFrom(system, view, before);
    const asked: LostAsked = {
      ...base,
      record,
      chosen: standing(record),
      tokens: [...tokensOf(record.wallet), ...broughtTo(record.wallet)],
      brought: broughtTo(record.wallet),
      sharedIdentity:
        (await system.wallets(view.reader, record.linkedTo === null ? [] : [record.linkedTo]))[0]?.identity ??
        identity,
      abandoned: oldIdentityOf(record),
      // What is frozen on the way arrives frozen, and only what this desk set itself may be lifted at the end.
      uncontained: 'all',
    };
    const read = await readLost(context, system, view, request, asked);
    if (brings(read, request)) earlier.push(read);
  }
  const moves = others.flatMap(({ says, record }) => (says === 'moves' ? [record.wallet] : []));
  const first = await readLost(context, system, view, request, {
    ...base,
    record: primary,
    chosen: request.replacement,
    tokens: [...tokensOf(primary.wallet), ...broughtTo(primary.wallet)],
    moves,
    uncontained: broughtTo(primary.wallet),
    brought: broughtTo(primary.wallet),
  });
  const further: LostFacts[] = [];
  for (const { record: found, saying } of saidLost) {
    const record = await withLostFrom(system, view, found);
    const chosen = saying.replacement;
    further.push(
      await readLost(context, system, view, request, {
        ...base,
        record,
        chosen,
        tokens: [...tokensOf(record.wallet), ...broughtTo(record.wallet)],
        sharedIdentity: first.identity,
        accountOwner: chosen?.kind === 'account' ? (request.replacement?.address ?? null) : null,
        uncontained: broughtTo(record.wallet),
        brought: broughtTo(record.wallet),
      }),
    );
  }
  return {
    lost: first,
    further: [...further, ...earlier],
    others,
    strangers,
    steps: inOrder([...earlier, first, ...further].map(({ steps }) => steps)),
  };
}
