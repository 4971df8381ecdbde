/** Everything a preview reads from the chain, all at one block. */
import type { Address } from '../../shared/address.ts';
import type { DirectoryFacts } from '../../shared/directory.ts';
import type { Participant } from '../../shared/participant.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { FeeQuote, PinnedReader } from '../chain/types.ts';
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
import { directoryFacts, ownerOf } from './directory-facts.ts';
import type { ReadContext } from './needs.ts';
import { custodianOf, subjectOf } from './preview-request.ts';
import type { PreviewRequest, Subject } from './preview-request.ts';
import { standInFor } from './stand-in.ts';
import type { FailureWords } from './token-failures.ts';

export interface OperatorFacts {
  readonly address: Address;
  readonly identityManager: boolean;
  readonly identity: Address | null;
  readonly balance: bigint;
  readonly foreignPending: number;
}

export interface ReplacementRead {
  readonly record: WalletRecord;
  readonly prediction: IdentityPrediction;
  readonly identityManager: boolean;
  readonly holdings: readonly Holding[];
  readonly owner: Participant | null;
}

/** What was read of a lost wallet. */
export interface LostFacts {
  readonly wallet: Address;
  readonly record: WalletRecord;
  /** The chosen replacement is the one that a standing link names. */
  readonly adopts: boolean;
  readonly tokens: readonly TokenFacts[];
  /** Tokens that a half-done recovery to the same replacement has moved before. */
  readonly recovered: ReadonlySet<Address>;
  /** Tokens that somebody moved elsewhere since such a recovery made the link: nothing is left of them to recover. */
  readonly moved: ReadonlyMap<Address, FailureWords>;
  /** Names of preparing steps that stand already, such as an identity that exists. */
  readonly prepared: ReadonlySet<string>;
  /** Contracts of the system that no wallet of a person can be, beyond its parts. */
  readonly contracts: readonly Address[];
  readonly foreign: readonly ForeignHolding[];
  readonly nativeBalance: bigint;
  readonly claims: ClaimFacts | null;
  /** What the tokens in scope ask of claims. */
  readonly needs: readonly TokenNeed[];
  readonly replacement: ReplacementRead | null;
  readonly steps: readonly PlanStep[];
}

/** The identity that the wallet is registered with; once it is lost, the one that the factory holds for it. */
export function oldIdentityOf(record: WalletRecord): Address | null {
  return record.identity ?? record.factoryIdentity;
}

export interface PreviewFacts {
  readonly reader: PinnedReader;
  readonly system: RecoverySystem;
  readonly subject: Subject;
  /** null where there is none. */
  readonly directory: DirectoryFacts | null;
  readonly operator: OperatorFacts;
  /** Who was named to sign for tokens beside the operator; null for nobody. */
  readonly custodian: OperatorFacts | null;
  readonly fees: FeeQuote;
  readonly lost: LostFacts | null;
}

async function readOperator(
  context: ReadContext,
  system: RecoverySystem,
  reader: PinnedReader,
  address: Address,
): Promise<OperatorFacts> {
  const [identityManager, balance, nonces, records] = await Promise.all([
    system.identityManager(reader, address),
    reader.balance(address),
    context.chain.nonces(address),
    system.wallets(reader, [address]),
  ]);
  const ours = new Set(context.journal.unsettled(context.chain.chainId, address).map((row) => row.nonce));
  const pending = Array.from({ length: nonces.pending - nonces.latest }, (_, index) => nonces.latest + index);
  return {
    address,
    identityManager,
    identity: records[0]?.identity ?? null,
    balance,
    foreignPending: pending.filter((nonce) => !ours.has(nonce)).length,
  };
}

async function readReplacement(
  context: ReadContext,
  system: RecoverySystem,
  reader: PinnedReader,
  wallet: Address,
  tokens: readonly Address[],
): Promise<ReplacementRead> {
  const [records, prediction, identityManager, holdings, owner] = await Promise.all([
    system.wallets(reader, [wallet]),
    system.predictIdentity(reader, wallet),
    system.identityManager(reader, wallet),
    system.holdings(reader, tokens, wallet),
    ownerOf(context.people.directory(), wallet),
  ]);
  const record = records[0];
  if (record === undefined) throw new Error('the registry answered for fewer wallets');
  return { record, prediction, identityManager, holdings, owner };
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

async function readLost(
  context: ReadContext,
  system: RecoverySystem,
  view: ChainView,
  request: PreviewRequest,
  wallet: Address,
  record: WalletRecord,
): Promise<LostFacts> {
  const { reader } = view;
  const chosen = request.replacement?.address ?? null;
  const adopts = record.markedLost && chosen !== null && record.linkedTo === chosen;
  const listed = [...new Set([...(context.profile.tokens ?? []), ...request.tokens])];
  const found = await system.findTokens(view, wallet, listed);
  const oldIdentity = oldIdentityOf(record);
  const [all, foreign, nativeBalance, replacement, claims] = await Promise.all([
    system.tokens(reader, found.tokens, wallet, {
      operator: request.operator,
      custodian: custodianOf(request),
    }),
    system.foreignHoldings(reader, found.foreign, wallet),
    reader.balance(wallet),
    chosen === null ? null : readReplacement(context, system, reader, chosen, found.tokens),
    oldIdentity === null ? null : system.claims(view, oldIdentity),
  ]);
  const to = chosen ?? standInFor(wallet);
  const identity =
    (adopts ? replacement?.record.identity : replacement?.prediction.address) ??
    (await system.predictIdentity(reader, to)).address;
  const stepsFor = (tokens: readonly TokenFacts[]): readonly PlanStep[] =>
    system.steps({
      lostWallet: wallet,
      replacement: to,
      identity,
      ownIdentity: true,
      accountOwner: null,
      moves: [],
      operator: request.operator,
      tokens,
      contain: request.case.reason === 'compromised',
      linked: adopts,
    });
  const link = { lost: wallet, replacement: to, identity };
  const { recovered, moved } = adopts
    ? await emptiedSince(view, system, stepsFor(all.filter((token) => token.balance === 0n)), link)
    : NOTHING_EMPTIED;
  const tokens = all.filter(
    (token) =>
      !token.readable ||
      token.balance > 0n ||
      recovered.has(token.address) ||
      moved.has(token.address) ||
      request.tokens.includes(token.address),
  );
  const open = tokens
    .filter(({ address }) => !recovered.has(address) && !moved.has(address))
    .map(({ address }) => address);
  const steps = stepsFor(tokens);
  const [prepared, needs] = await Promise.all([
    preparedBefore(view, system, steps, link),
    system.claiming.needs(
      reader,
      tokens.map(({ address }) => address),
    ),
  ]);
  return {
    wallet,
    record,
    adopts,
    tokens,
    recovered,
    moved,
    prepared,
    contracts: found.contracts,
    foreign,
    nativeBalance,
    claims,
    needs,
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

/** Reads all that a preview shows. @throws DeskError CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, BLOCK_CHANGED, of the network. */
export async function readPreviewFacts(context: ReadContext, request: PreviewRequest): Promise<PreviewFacts> {
  await context.chain.assertChainId();
  const reader = await context.chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const view: ChainView = { reader, scan: context.scanner(reader) };
  const named = request.lostWallet === null ? [] : [request.lostWallet];
  const [before] = await system.wallets(reader, named);
  const subject = await subjectOf(context.people, request, before?.factoryIdentity ?? null);
  const custodian = custodianOf(request);
  const [operator, beside, fees, directory] = await Promise.all([
    readOperator(context, system, reader, request.operator),
    custodian === null ? null : readOperator(context, system, reader, custodian),
    context.chain.fees(),
    directoryFacts(context.people.directory(), subject),
  ]);
  const wallet = subject.lostWallet;
  const record = wallet === null ? undefined : (before ?? (await system.wallets(reader, [wallet]))[0]);
  const lost =
    wallet === null || record === undefined
      ? null
      : await readLost(context, system, view, request, wallet, record);
  await reader.assertStillCanonical();
  return { reader, system, subject, directory, operator, custodian: beside, fees, lost };
}
