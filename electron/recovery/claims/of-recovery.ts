/** The recovery that claims are about, with its plan and preview, and what of the chain all of it is read by. */
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { RecoverySnapshot } from '../../../shared/journal.ts';
import { tokensOf, walletsKept } from '../../../shared/plan.ts';
import type { Plan } from '../../../shared/plan.ts';
import type { Preview } from '../../../shared/preview.ts';
import { recoveryUnknown } from '../../../shared/recovery-unknown.ts';
import type { ClaimFacts, TokenNeed } from '../../protocols/claiming.ts';
import type { ChainView, RecoverySystem } from '../../protocols/recovery-protocol.ts';
import type { EngineContext } from '../engine-context.ts';
import type { ReadContext } from '../needs.ts';

export type ClaimRecords = Pick<EngineContext, 'journal' | 'plans' | 'previews'>;

export interface OfRecovery {
  readonly snapshot: RecoverySnapshot;
  readonly plan: Plan;
  readonly preview: Preview;
}

/** @throws DeskError RECOVERY_UNKNOWN, also for an issue of claims; PLAN_ALTERED. */
export function claimsOfRecovery({ journal, plans, previews }: ClaimRecords, id: string): OfRecovery {
  const snapshot = journal.read(id);
  if (snapshot === null || snapshot.recovery.claimsOf !== null) throw recoveryUnknown(id);
  const plan = plans.get(snapshot.recovery.planDigest);
  const preview = previews.get(snapshot.recovery.previewDigest);
  if (plan === null || preview === null) throw new Error(`recovery ${id} lacks its plan or preview`);
  return { snapshot, plan, preview };
}

export interface ClaimsRead {
  readonly view: ChainView;
  readonly system: RecoverySystem;
  /** What the registry has for the replacement; null where it is not registered. */
  readonly registered: Address | null;
  readonly linked: boolean;
  /** null where none is known, or it is still the person's. */
  readonly abandoned: Address | null;
  readonly before: ClaimFacts | null;
  readonly now: ClaimFacts | null;
  /** The wallets that the person has after it, the replacement of the lost wallet of the case first. */
  readonly wallets: readonly KeptWallet[];
  /** Every token of those wallets, once. */
  readonly tokens: readonly NamedToken[];
  /** One for each of these tokens, in order. */
  readonly needs: readonly TokenNeed[];
  /** Healthy wallets of the person that are registered with the abandoned identity now: its claims are in use. */
  readonly stillThere: readonly Address[];
}

export interface NamedToken {
  readonly address: Address;
  readonly symbol: string;
}

export interface KeptWallet {
  readonly wallet: Address;
  readonly kind: 'replacement' | 'healthy';
  /** Of a replacement those of the plan; of a healthy wallet what it holds now. */
  readonly tokens: readonly NamedToken[];
}

/** What a wallet holds of the system's tokens. */
async function heldBy(
  { profile }: ReadContext,
  system: RecoverySystem,
  view: ChainView,
  { snapshot }: OfRecovery,
  wallet: Address,
): Promise<readonly NamedToken[]> {
  const { tokens } = await system.findTokens(view, wallet, profile.tokens ?? []);
  const { operator } = snapshot.recovery;
  const facts = await system.tokens(view.reader, tokens, wallet, { operator, custodian: null });
  return facts.filter(({ balance, readable }) => balance > 0n || !readable);
}

async function keptWallets(
  context: ReadContext,
  system: RecoverySystem,
  view: ChainView,
  of: OfRecovery,
): Promise<readonly KeptWallet[]> {
  const moved = (of.plan.healthy ?? []).filter(({ moves }) => moves);
  return [
    ...walletsKept(of.plan).map(({ replacement, tokens }) => ({
      wallet: replacement.address,
      kind: 'replacement' as const,
      tokens,
    })),
    ...(await Promise.all(
      moved.map(async ({ wallet }) => ({
        wallet,
        kind: 'healthy' as const,
        tokens: await heldBy(context, system, view, of, wallet),
      })),
    )),
  ];
}

/** Every token of the plan, and what healthy wallets hold beside: all of them ask the same identity for its claims. */
function tokensOfAll(plan: Plan, wallets: readonly KeptWallet[]): readonly NamedToken[] {
  const all: readonly NamedToken[] = [...tokensOf(plan), ...wallets.flatMap(({ tokens }) => tokens)];
  return [...new Map(all.toReversed().map((token) => [token.address, token])).values()].toReversed();
}

/** Another chain or system would tell of somebody else's claims. */
function assertSameNetwork({ profile, protocol }: ReadContext, { network }: Plan): void {
  if (
    profile.chainId === network.chainId &&
    profile.system === network.system &&
    protocol.kind === network.protocol
  )
    return;
  throw new DeskError(profile.chainId === network.chainId ? 'SYSTEM_NOT_FOUND' : 'CHAIN_ID_MISMATCH', {
    message: `The recovery was made on chain ${network.chainId} with system ${network.system}; the profile names chain ${profile.chainId} with system ${profile.system ?? 'none'}. Nothing was read or done.`,
    remedy: 'Use a profile of the network that the recovery was made on.',
    retry: 'never',
  });
}

/** Reads everything at one block. @throws DeskError CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, BLOCK_CHANGED, of the network. */
export async function readClaims(context: ReadContext, of: OfRecovery): Promise<ClaimsRead> {
  const { plan } = of;
  assertSameNetwork(context, plan);
  const reader = await context.chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const view = { reader, scan: context.scanner(reader) };
  const { lostWallet, replacement, oldIdentity } = plan;
  const healthy = (plan.healthy ?? []).map(({ wallet }) => wallet);
  const [lost, own, ...others] = await system.wallets(reader, [lostWallet, replacement.address, ...healthy]);
  const registered = own?.identity ?? null;
  const identity = registered ?? replacement.identity;
  const abandoned = oldIdentity === identity ? null : oldIdentity;
  const wallets = await keptWallets(context, system, view, of);
  const tokens = tokensOfAll(plan, wallets);
  const [before, now, needs] = await Promise.all([
    abandoned === null ? null : system.claims(view, abandoned),
    system.claims(view, identity),
    system.claiming.needs(
      reader,
      tokens.map(({ address }) => address),
    ),
  ]);
  await reader.assertStillCanonical();
  return {
    view,
    system,
    registered,
    linked: lost?.linkedTo === replacement.address && registered === replacement.identity,
    abandoned,
    before,
    now,
    wallets,
    tokens,
    needs,
    stillThere: others.flatMap((record) =>
      abandoned !== null && record.identity === abandoned ? [record.wallet] : [],
    ),
  };
}
