/** What a recovery will change, derived once from preview and plan: the picture and the words both rest on it. */
import type { Address } from '../../../shared/address.ts';
import { directoryActions } from '../../../shared/directory-actions.ts';
import type { DirectoryAction } from '../../../shared/directory-actions.ts';
import type { RecoveryReason } from '../../../shared/recovery-reasons.ts';
import type { Plan } from '../../../shared/plan.ts';
import type { Preview, TokenPreview } from '../../../shared/preview.ts';

export interface ImpactReplacement {
  readonly address: Address;
  readonly identity: Address;
  readonly kind: Plan['replacement']['kind'];
  readonly identityExists: boolean;
}

export interface ImpactFacts {
  readonly person: string;
  readonly reason: RecoveryReason;
  readonly lostWallet: Address | null;
  readonly oldIdentity: Address | null;
  /** null until it is chosen. */
  readonly replacement: ImpactReplacement | null;
  /** A recovery begun before is gone on with: identity and link stand. */
  readonly adopts: boolean;
  /** Expected to be recovered. */
  readonly moving: readonly TokenPreview[];
  /** Expected to fail: they stay where they are. */
  readonly staying: readonly TokenPreview[];
  readonly alreadyRecovered: readonly TokenPreview[];
  /** The lost wallet is frozen on them before anything else. */
  readonly frozenFirst: readonly TokenPreview[];
  /** Frozen before: the freeze goes along. */
  readonly freezesCarried: readonly TokenPreview[];
  readonly claims: Preview['claims'];
  readonly left: Preview['notRecoverable'];
  /** What is asked of the participant directory. */
  readonly atDirectory: readonly DirectoryAction[];
}

/** Before there is a plan, what its making will decide: the freeze needs a right, a balance, and no freeze yet. */
function freezable(token: TokenPreview): boolean {
  return token.custodianRight && !token.addressFrozen && token.balance !== '0';
}

function frozenFirst(preview: Preview, plan: Plan | null): readonly TokenPreview[] {
  if (plan === null) return preview.case.reason === 'compromised' ? preview.tokens.filter(freezable) : [];
  const contained = new Set(plan.steps.flatMap((step) => (step.role === 'contain' ? [step.token] : [])));
  return preview.tokens.filter((token) => contained.has(token.address));
}

function replacementOf(preview: Preview, plan: Plan | null): ImpactReplacement | null {
  const shown = preview.replacement;
  if (plan === null) return shown;
  const { address, identity, kind } = plan.replacement;
  const identityExists = shown?.address === address && shown.identityExists;
  return { address, identity, kind, identityExists };
}

export function impactFacts(preview: Preview, plan: Plan | null): ImpactFacts {
  const predicted = (outcome: TokenPreview['predicted']['outcome']): readonly TokenPreview[] =>
    preview.tokens.filter((token) => token.predicted.outcome === outcome);
  const moving = predicted('recovers');
  return {
    person: preview.participant.name ?? preview.participant.id,
    reason: preview.case.reason,
    lostWallet: preview.lostWallet,
    oldIdentity: preview.oldIdentity,
    replacement: replacementOf(preview, plan),
    adopts: plan?.adopts ?? preview.adopts,
    moving,
    staying: predicted('fails'),
    alreadyRecovered: predicted('already_recovered'),
    frozenFirst: frozenFirst(preview, plan),
    freezesCarried: moving.filter((token) => token.addressFrozen || token.frozen !== '0'),
    claims: preview.claims,
    left: preview.notRecoverable,
    atDirectory:
      plan === null
        ? preview.directory === undefined
          ? []
          : directoryActions(preview.directory)
        : (plan.directory?.actions ?? []),
  };
}
