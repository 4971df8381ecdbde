/**
 * The hand-over of a generated wallet as it stands, read from the journal: who took which half, what the desk still
 * keeps, and who may take what. It must never hold a secret or decide by anything but journal, plan and policy.
 */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import { tookOther } from '../../shared/hand-over-rules.ts';
import type { HandOverView, HandOverWhat, Leaving } from '../../shared/hand-over.ts';
import type { HandOverHalf } from '../../shared/hand-over-rules.ts';
import type { Journal, RecoverySnapshot } from '../../shared/journal.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Policy } from '../../shared/policy.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import type { Hex } from '../../shared/values.ts';
import { heldBy } from './directory-outcome.ts';
import type { Checkpoint } from './engine-context.ts';
import type { Directory, KeystoreCodec, PassphraseCustody, PlanStore } from './needs.ts';

export interface HandOverContext {
  /** The data folder. */
  readonly folder: string;
  readonly policy: Pick<Policy, 'handOverByOne'>;
  readonly journal: Pick<Journal, 'read' | 'recordHandOver'>;
  readonly plans: Pick<PlanStore, 'get'>;
  readonly wallets: {
    get(address: Address): { readonly keystoreFile: string; readonly keystoreDigest: Hex | null } | null;
    kept(address: Address): string | null;
    forget(address: Address): void;
  };
  readonly codec: KeystoreCodec;
  readonly custody: PassphraseCustody;
  /** Null where none is connected. */
  readonly directory: () => Directory | null;
  /** Writes a refusal into the audit log. */
  refused(recoveryId: string, person: Person, reason: string): void;
  /** All facts of one event in one commit. */
  transaction<T>(work: () => T): T;
  readonly checkpoint: Checkpoint;
}

/** Whoever is signed in and takes something, or marks the hand-over done. */
export interface Person {
  readonly operatorId: string;
  readonly operator: Address;
}

export interface HandOverNow {
  readonly snapshot: RecoverySnapshot;
  readonly plan: Plan;
  readonly view: HandOverView;
}

function notReady(message: string, remedy: string): DeskError {
  return new DeskError('HAND_OVER_NOT_READY', { message, remedy, retry: 'never' });
}

/** Whoever chose the passphrase has it: it left when the recovery began, and the desk never had it. */
function chosenBy({ recovery }: RecoverySnapshot): Leaving {
  return { operatorId: null, operator: recovery.operator, recipient: null, at: recovery.createdAt };
}

function stateOf({ recovery, handOver }: RecoverySnapshot): HandOverView['state'] {
  if (handOver.some(({ what }) => what === 'cleared')) return 'done';
  if (handOver.some(({ what }) => what === 'done')) return 'clearing';
  return recovery.status.startsWith('completed') ? 'open' : 'waiting';
}

function viewOf(context: HandOverContext, snapshot: RecoverySnapshot, plan: Plan): HandOverView {
  const { recovery, handOver } = snapshot;
  const took = (wanted: HandOverWhat): Leaving[] =>
    handOver.flatMap(({ what, ...leaving }) => (what === wanted ? [leaving] : []));
  const passphraseKept = context.wallets.kept(plan.replacement.address) !== null;
  const shown = took('passphrase');
  const sealed = took('sealed');
  const wasKept = passphraseKept || shown.length > 0 || sealed.length > 0;
  return {
    recoveryId: recovery.id,
    wallet: plan.replacement.address,
    state: stateOf(snapshot),
    keystore: took('keystore'),
    passphrase: wasKept ? shown : [chosenBy(snapshot)],
    recipients: took('recipient'),
    sealed,
    passphraseKept,
    byOne: context.policy.handOverByOne,
    signInHeld: heldBy(snapshot) !== null,
  };
}

/**
 * Where the hand-over of a recovery stands.
 * @throws DeskError RECOVERY_UNKNOWN, PLAN_ALTERED; HAND_OVER_NOT_READY where the desk made no wallet.
 */
export function handOverNow(context: HandOverContext, recoveryId: string): HandOverNow {
  const snapshot = context.journal.read(recoveryId);
  const plan = snapshot === null ? null : context.plans.get(snapshot.recovery.planDigest);
  if (snapshot === null || plan === null) throw recoveryUnknown(recoveryId);
  if (plan.replacement.control !== 'generated') {
    throw notReady(
      `The replacement wallet ${plan.replacement.address} is the holder's own: there is nothing to hand over.`,
      'Nothing has to be done.',
    );
  }
  return { snapshot, plan, view: viewOf(context, snapshot, plan) };
}

/** @throws DeskError HAND_OVER_NOT_READY, HAND_OVER_DONE: nothing leaves before the end, nor after it was marked done. */
export function assertOpen({ view, snapshot }: HandOverNow): void {
  if (view.state === 'open') return;
  if (view.state === 'waiting') {
    throw notReady(
      `Recovery ${view.recoveryId} is ${snapshot.recovery.status}: its wallet is handed over once it has completed. Nothing left the desk.`,
      'Go on with the recovery first.',
    );
  }
  throw new DeskError('HAND_OVER_DONE', {
    message: `The hand-over of ${view.wallet} was marked done, and the desk gives out nothing of it any more.`,
    remedy: 'If the holder cannot open the wallet, open a new case with it as the lost wallet.',
    retry: 'never',
  });
}

/** Writes the refusal down, and throws it. */
export function refuse(
  context: HandOverContext,
  recoveryId: string,
  person: Person,
  error: DeskError,
): never {
  context.refused(recoveryId, person, error.code);
  throw error;
}

/** @throws DeskError HAND_OVER_SECOND_PERSON for who took the other half, unless policy lets one take both. */
export function assertMayTake(
  context: HandOverContext,
  { view }: HandOverNow,
  half: HandOverHalf,
  person: Person,
): void {
  const taken = view.byOne ? null : tookOther(view, half, person);
  if (taken === null) return;
  const other = half === 'keystore' ? 'passphrase' : 'keystore';
  const had = taken.operatorId === null ? 'chose' : 'took';
  const error = new DeskError('HAND_OVER_SECOND_PERSON', {
    message: `You ${had} the ${other} of this wallet (${taken.at}). Whoever has both can empty it, so the ${half} goes by somebody else. Nothing left the desk.`,
    remedy: `Have another operator of this desk sign in and take the ${half}.`,
    retry: 'never',
  });
  refuse(context, view.recoveryId, person, error);
}
