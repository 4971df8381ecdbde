/** What is read of one lost wallet and its replacement, and the steps that its recovery takes. */
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { HeldRight } from '../../shared/preview.ts';
import type { Hex } from '../../shared/values.ts';
import type { PinnedReader } from '../chain/types.ts';
import type { ClaimFacts, TokenNeed } from '../protocols/claiming.ts';
import type {
  ChainView,
  ForeignHolding,
  Holding,
  IdentityPrediction,
  RecoverySystem,
  TokenFacts,
  WalletRecord,
} from '../protocols/recovery-protocol.ts';
import { ownerOf } from './directory-facts.ts';
import { byReplacement } from './holders-way.ts';
import type { ReadContext } from './needs.ts';
import { custodianOf } from './preview-request.ts';
import type { ChosenReplacement, PreviewRequest } from './preview-request.ts';
import { standInFor } from './stand-in.ts';
import type { FailureWords } from './token-failures.ts';

export interface ReplacementRead {
  readonly record: WalletRecord;
  readonly prediction: IdentityPrediction;
  readonly identityManager: boolean;
  /** Wei. */
  readonly nativeBalance: bigint;
  readonly holdings: readonly Holding[];
  readonly owner: Participant | null;
}

/** What was read of a lost wallet. */
export interface LostFacts {
  readonly wallet: Address;
  readonly record: WalletRecord;
  /** There is code at it: a smart account. */
  readonly contract: boolean;
  /** The chosen replacement is the one that a standing link names. */
  readonly adopts: boolean;
  readonly tokens: readonly TokenFacts[];
  /** Tokens of which an earlier recovery of the plan brings something to the wallet first. */
  readonly brought: ReadonlySet<Address>;
  /** Tokens that a half-done recovery to the same replacement has moved before. */
  readonly recovered: ReadonlySet<Address>;
  /** Tokens that somebody moved elsewhere since such a recovery made the link: nothing is left of them to recover. */
  readonly moved: ReadonlyMap<Address, FailureWords>;
  /** Names of preparing steps that stand already, such as an identity that exists. */
  readonly prepared: ReadonlySet<string>;
  /** Rights on chain that the lost wallet holds, and that no recovery takes away. */
  readonly rights: readonly HeldRight[];
  /** Contracts of the system that no wallet of a person can be, beyond its parts. */
  readonly contracts: readonly Address[];
  readonly foreign: readonly ForeignHolding[];
  readonly nativeBalance: bigint;
  readonly claims: ClaimFacts | null;
  /** What the tokens in scope ask of claims. */
  readonly needs: readonly TokenNeed[];
  /** The replacement as chosen for this wallet; of a link that stands, what it is linked to. */
  readonly chosen: ChosenReplacement | null;
  readonly replacement: ReplacementRead | null;
  /** The identity that the replacement gets, or has. */
  readonly identity: Address;
  readonly steps: readonly PlanStep[];
}

/**
 * The identity that the wallet is registered with; once it is lost, the one that it had then. That is not always the one
 * that the factory holds for it: wallets may share one, and be moved to another.
 */
export function oldIdentityOf(record: WalletRecord): Address | null {
  return record.identity ?? record.lostFrom ?? record.factoryIdentity;
}

/** A lost wallet to be read, and how it belongs to the others of the plan. */
export interface LostAsked {
  readonly record: WalletRecord;
  readonly chosen: ChosenReplacement | null;
  /** Tokens that are in scope whatever their balance. */
  readonly tokens: readonly Address[];
  /** The identity that the person gets by the first wallet; null for that one itself. */
  readonly sharedIdentity: Address | null;
  /** Who will own the replacement, where it is a smart account that the plan makes. */
  readonly accountOwner: Address | null;
  /** Healthy wallets that are moved to the identity together with this wallet. */
  readonly moves: readonly Address[];
  /** Tokens on which the lost wallet is not frozen first, though the case says compromised. */
  readonly uncontained: ReadonlySet<Address> | 'all';
  /** Tokens that an earlier recovery of the plan brings to the wallet. */
  readonly brought: ReadonlySet<Address>;
  /** The identity that nobody of the person is left with; null where a wallet stays with it. */
  readonly abandoned: Address | null;
}

async function readReplacement(
  context: ReadContext,
  system: RecoverySystem,
  reader: PinnedReader,
  wallet: Address,
  tokens: readonly Address[],
): Promise<ReplacementRead> {
  const [records, prediction, identityManager, nativeBalance, holdings, owner] = await Promise.all([
    system.wallets(reader, [wallet]),
    system.predictIdentity(reader, wallet),
    system.identityManager(reader, wallet),
    reader.balance(wallet),
    system.holdings(reader, tokens, wallet),
    ownerOf(context.people.directory(), wallet),
  ]);
  const record = records[0];
  if (record === undefined) throw new Error('the registry answered for fewer wallets');
  return { record, prediction, identityManager, nativeBalance, holdings, owner };
}

/** What became of tokens with nothing left on the lost wallet, since it was linked to this replacement. */
interface Emptied {
  /** Those that a recovery to this replacement moved. */
  readonly recovered: ReadonlySet<Address>;
  /** Those that somebody moved elsewhere, with the words for it. */
  readonly moved: ReadonlyMap<Address, FailureWords>;
}

const NOTHING_EMPTIED: Emptied = { recovered: new Set(), moved: new Map() };

/** Without a log of the link nobody is accused: what left before it was the holder's own affair. */
async function emptiedSince(
  view: ChainView,
  system: RecoverySystem,
  steps: readonly PlanStep[],
  link: { readonly lost: Address; readonly replacement: Address; readonly identity: Address },
): Promise<Emptied> {
  const linkedAt = await system.linkedAt(view, link.lost, link.replacement);
  const tokenSteps = steps.filter((step) => step.role === 'token');
  const asked = { ...link, since: linkedAt ?? 0, ours: new Set<Hex>() };
  const judged = await system.postconditions(view, tokenSteps, asked);
  const recovered = new Set<Address>();
  const moved = new Map<Address, FailureWords>();
  tokenSteps.forEach(({ token }, index) => {
    const verdict = judged[index];
    if (token === null || verdict === undefined) return;
    if (verdict.kind === 'done') recovered.add(token);
    if (verdict.kind !== 'impossible' || verdict.reason !== 'BALANCE_MOVED' || linkedAt === null) return;
    moved.set(token, { reason: verdict.reason, message: verdict.message, remedy: verdict.remedy });
  });
  return { recovered, moved };
}

/** Preparing steps whose work stands: anybody may have made the replacement's identity (CHAIN A). */
async function preparedBefore(
  view: ChainView,
  system: RecoverySystem,
  steps: readonly PlanStep[],
  link: { readonly lost: Address; readonly replacement: Address; readonly identity: Address },
): Promise<ReadonlySet<string>> {
  const preparing = steps.filter((step) => step.role === 'prepare');
  if (preparing.length === 0) return new Set();
  const judged = await system.postconditions(view, preparing, { ...link, since: 0, ours: new Set() });
  return new Set(preparing.flatMap((step, index) => (judged[index]?.kind === 'done' ? [step.name] : [])));
}

/** Reads a lost wallet. @throws DeskError of the network. */
export async function readLost(
  context: ReadContext,
  system: RecoverySystem,
  view: ChainView,
  request: PreviewRequest,
  asked: LostAsked,
): Promise<LostFacts> {
  const { reader } = view;
  const { record } = asked;
  const { wallet } = record;
  const chosen = asked.chosen?.address ?? null;
  const adopts = record.markedLost && chosen !== null && record.linkedTo === chosen;
  const listed = [...new Set([...(context.profile.tokens ?? []), ...asked.tokens])];
  const found = await system.findTokens(view, wallet, listed);
  const oldIdentity = oldIdentityOf(record);
  const [all, foreign, nativeBalance, code, replacement, claims] = await Promise.all([
    system.tokens(reader, found.tokens, wallet, {
      operator: request.operator,
      custodian: custodianOf(request),
    }),
    system.foreignHoldings(reader, found.foreign, wallet),
    reader.balance(wallet),
    reader.code(wallet),
    chosen === null ? null : readReplacement(context, system, reader, chosen, found.tokens),
    oldIdentity === null ? null : system.claims(view, oldIdentity),
  ]);
  const to = chosen ?? standInFor(wallet);
  const identity =
    asked.sharedIdentity ??
    (adopts ? replacement?.record.identity : replacement?.prediction.address) ??
    (await system.predictIdentity(reader, to)).address;
  const { uncontained } = asked;
  const contain = request.case.reason === 'compromised' && uncontained !== 'all';
  const stepsFor = (tokens: readonly TokenFacts[]): readonly PlanStep[] =>
    system.steps({
      lostWallet: wallet,
      replacement: to,
      identity,
      ownIdentity: asked.sharedIdentity === null,
      accountOwner: asked.accountOwner,
      moves: asked.moves,
      operator: request.operator,
      tokens,
      contained: contain ? tokens.flatMap(({ address }) => (uncontained.has(address) ? [] : [address])) : [],
      byReplacement: byReplacement(context, request, asked.chosen, tokens),
      linked: adopts,
    });
  const link = { lost: wallet, replacement: to, identity };
  // What is brought to it is not through with, whatever became of what it held itself.
  const emptied = all.filter(({ address, balance }) => balance === 0n && !asked.brought.has(address));
  const { recovered, moved } = adopts
    ? await emptiedSince(view, system, stepsFor(emptied), link)
    : NOTHING_EMPTIED;
  // What an earlier recovery brought over to a wallet that is lost in turn is on that one, and no part of this plan.
  const adoptsWhole = asked.chosen?.control !== 'standing';
  const tokens = all.filter(
    (token) =>
      !token.readable ||
      token.balance > 0n ||
      (adoptsWhole && recovered.has(token.address)) ||
      moved.has(token.address) ||
      asked.tokens.includes(token.address),
  );
  const open = tokens
    .filter(({ address }) => !recovered.has(address) && !moved.has(address))
    .map(({ address }) => address);
  const steps = stepsFor(tokens);
  const [prepared, rights, needs] = await Promise.all([
    preparedBefore(view, system, steps, link),
    system.rightsOf(view, wallet, found.contracts, asked.abandoned),
    system.claiming.needs(
      reader,
      tokens.map(({ address }) => address),
    ),
  ]);
  return {
    wallet,
    record,
    contract: code !== '0x',
    adopts,
    tokens,
    brought: asked.brought,
    recovered,
    moved,
    prepared,
    rights,
    contracts: found.contracts,
    foreign,
    nativeBalance,
    claims,
    needs,
    chosen: asked.chosen,
    identity,
    replacement:
      replacement === null
        ? null
        : {
            ...replacement,
            holdings: replacement.holdings.filter((holding) => open.includes(holding.token)),
          },
    steps,
  };
}
