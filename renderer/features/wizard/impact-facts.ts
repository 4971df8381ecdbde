/** What a recovery will change, derived once from preview and plan: the picture and the words both rest on it. */
import type { Address } from '../../../shared/address.ts';
import { directoryActions } from '../../../shared/directory-actions.ts';
import type { DirectoryAction } from '../../../shared/directory-actions.ts';
import type { RecoveryReason } from '../../../shared/recovery-reasons.ts';
import { walletsOf } from '../../../shared/plan.ts';
import type { Plan, PlannedWallet } from '../../../shared/plan.ts';
import { isTakenAlong } from '../../../shared/lost-wallets.ts';
import { lostPreviews } from '../../../shared/preview.ts';
import type { HeldRight, LostPreview, Preview, TokenPreview } from '../../../shared/preview.ts';
import { otherWallets } from '../preview/other-wallets.ts';

export interface ImpactReplacement {
  readonly address: Address;
  readonly identity: Address;
  readonly kind: Plan['replacement']['kind'];
  readonly identityExists: boolean;
}

/** What happens to the tokens of a lost wallet, or of all together. */
interface TokenFates {
  /** Expected to be recovered. */
  readonly moving: readonly TokenPreview[];
  /** Expected to fail: they stay where they are. */
  readonly staying: readonly TokenPreview[];
  readonly alreadyRecovered: readonly TokenPreview[];
  /** The lost wallet is frozen on them before anything else. */
  readonly frozenFirst: readonly TokenPreview[];
  /** Frozen before: the freeze goes along. */
  readonly freezesCarried: readonly TokenPreview[];
}

export interface ImpactWallet extends TokenFates {
  readonly lostWallet: Address | null;
  readonly oldIdentity: Address | null;
  /** null until it is chosen. */
  readonly replacement: ImpactReplacement | null;
  /** A recovery begun before is gone on with: identity and link stand. */
  readonly adopts: boolean;
  /** Lost before: it goes along its standing link, to a wallet that is lost in turn. */
  readonly before: boolean;
  readonly left: Preview['notRecoverable'];
  readonly rights: readonly HeldRight[];
}

/** A wallet that is in the person's hands. */
export interface HealthyWallet {
  readonly wallet: Address;
  readonly moves: boolean;
}

/** Of the lost wallet that the case was opened for, with the tokens of all. */
export interface ImpactFacts
  extends TokenFates, Pick<ImpactWallet, 'lostWallet' | 'oldIdentity' | 'replacement' | 'adopts'> {
  readonly person: string;
  readonly reason: RecoveryReason;
  /** Every lost wallet, that one first. */
  readonly wallets: readonly ImpactWallet[];
  readonly healthy: readonly HealthyWallet[];
  readonly claims: Preview['claims'];
  /** What is asked of the participant directory. */
  readonly atDirectory: readonly DirectoryAction[];
}

/** Before there is a plan, what its making will decide: the freeze needs a right, a balance, and no freeze yet. */
function freezable(token: TokenPreview): boolean {
  return token.custodianRight && !token.addressFrozen && token.balance !== '0';
}

function frozenFirst(lost: LostPreview, reason: RecoveryReason, plan: Plan | null): readonly TokenPreview[] {
  if (plan === null)
    return reason === 'compromised' && !isTakenAlong(lost) ? lost.tokens.filter(freezable) : [];
  const contained = new Set(
    plan.steps.flatMap(({ role, wallet, token }) =>
      role === 'contain' && wallet === lost.lostWallet ? [token] : [],
    ),
  );
  return lost.tokens.filter((token) => contained.has(token.address));
}

function replacementOf(
  { replacement: shown }: LostPreview,
  planned: PlannedWallet | undefined,
): ImpactReplacement | null {
  if (planned === undefined) return shown;
  const { address, identity, kind } = planned.replacement;
  const identityExists = shown?.address === address && shown.identityExists;
  return { address, identity, kind, identityExists };
}

function walletFacts(lost: LostPreview, reason: RecoveryReason, plan: Plan | null): ImpactWallet {
  const predicted = (outcome: TokenPreview['predicted']['outcome']): readonly TokenPreview[] =>
    lost.tokens.filter((token) => token.predicted.outcome === outcome);
  const moving = predicted('recovers');
  const planned =
    plan === null ? undefined : walletsOf(plan).find(({ lostWallet }) => lostWallet === lost.lostWallet);
  return {
    lostWallet: lost.lostWallet,
    oldIdentity: lost.oldIdentity,
    replacement: replacementOf(lost, planned),
    adopts: planned?.adopts ?? lost.adopts,
    before: isTakenAlong(lost),
    moving,
    staying: predicted('fails'),
    alreadyRecovered: predicted('already_recovered'),
    frozenFirst: frozenFirst(lost, reason, plan),
    freezesCarried: moving.filter((token) => token.addressFrozen || token.frozen !== '0'),
    left: lost.notRecoverable,
    rights: lost.rights ?? [],
  };
}

/** What was said of wallets in the person's hands; the plan says it once there is one. */
function healthyOf(preview: Preview, plan: Plan | null): readonly HealthyWallet[] {
  if (plan !== null) return (plan.healthy ?? []).map(({ wallet, moves }) => ({ wallet, moves }));
  return otherWallets(preview).flatMap(({ wallet, says }) =>
    says === 'lost' ? [] : [{ wallet, moves: says === 'moves' }],
  );
}

export function impactFacts(preview: Preview, plan: Plan | null): ImpactFacts {
  const { reason } = preview.case;
  const first = walletFacts(preview, reason, plan);
  const further = lostPreviews(preview).slice(1);
  const wallets = [first, ...further.map((lost) => walletFacts(lost, reason, plan))];
  const { lostWallet, oldIdentity, replacement, adopts } = first;
  return {
    person: preview.participant.name ?? preview.participant.id,
    reason,
    lostWallet,
    oldIdentity,
    replacement,
    adopts,
    wallets,
    healthy: healthyOf(preview, plan),
    moving: wallets.flatMap(({ moving }) => moving),
    staying: wallets.flatMap(({ staying }) => staying),
    alreadyRecovered: wallets.flatMap(({ alreadyRecovered }) => alreadyRecovered),
    frozenFirst: wallets.flatMap((wallet) => wallet.frozenFirst),
    freezesCarried: wallets.flatMap(({ freezesCarried }) => freezesCarried),
    claims: preview.claims,
    atDirectory:
      plan === null
        ? preview.directory === undefined
          ? []
          : directoryActions(preview.directory)
        : (plan.directory?.actions ?? []),
  };
}
