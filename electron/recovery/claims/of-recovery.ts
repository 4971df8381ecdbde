/** The recovery that claims are about, with its plan and preview, and what of the chain all of it is read by. */
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { RecoverySnapshot } from '../../../shared/journal.ts';
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
  /** One for each token of the plan, in order. */
  readonly needs: readonly TokenNeed[];
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
export async function readClaims(context: ReadContext, { plan }: OfRecovery): Promise<ClaimsRead> {
  assertSameNetwork(context, plan);
  const reader = await context.chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const view = { reader, scan: context.scanner(reader) };
  const { lostWallet, replacement, oldIdentity } = plan;
  const [lost, own] = await system.wallets(reader, [lostWallet, replacement.address]);
  const registered = own?.identity ?? null;
  const identity = registered ?? replacement.identity;
  const abandoned = oldIdentity === identity ? null : oldIdentity;
  const [before, now, needs] = await Promise.all([
    abandoned === null ? null : system.claims(view, abandoned),
    system.claims(view, identity),
    system.claiming.needs(
      reader,
      plan.tokens.map(({ address }) => address),
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
    needs,
  };
}
