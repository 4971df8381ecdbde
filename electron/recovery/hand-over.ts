/**
 * The hand-over of generated wallets as it stands, read from the journal: of each, who took which half, what the desk
 * still keeps, and who may take what. It must never hold a secret or decide by anything but journal, plan and policy.
 */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import { tookOther } from '../../shared/hand-over-rules.ts';
import type { HandOverOf, HandOverRow, HandOverView, HandOverWhat, Leaving } from '../../shared/hand-over.ts';
import { notHandedOver, walletsToHandOver } from '../../shared/hand-over-wallets.ts';
import type { HandOverHalf } from '../../shared/hand-over-rules.ts';
import type { Journal, RecoverySnapshot } from '../../shared/journal.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { Plan, PlannedWallet } from '../../shared/plan.ts';
import type { Policy } from '../../shared/policy.ts';
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import type { Hex } from '../../shared/values.ts';
import { heldBy } from './directory-outcome.ts';
import type { Checkpoint } from './engine-context.ts';
import { neededOf, stillNeeded } from './hand-over-needed.ts';
import type { StillNeeded } from './hand-over-needed.ts';
import type { Directory, KeystoreCodec, PassphraseCustody, PlanStore } from './needs.ts';

export interface HandOverContext {
  /** The data folder. */
  readonly folder: string;
  readonly policy: Pick<Policy, 'handOverByOne'>;
  readonly journal: Pick<Journal, 'read' | 'recordHandOver' | 'handOverOfWallet' | 'recoveriesTo'>;
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
  refused(of: HandOverOf, person: Person, reason: string): void;
  /** All facts of one event in one commit. */
  transaction<T>(work: () => T): T;
  readonly checkpoint: Checkpoint;
}

/** Whoever is signed in and takes something, or marks the hand-over done. */
export interface Person {
  readonly operatorId: string;
  readonly operator: Address;
}

interface Stored {
  readonly snapshot: RecoverySnapshot;
  readonly plan: Plan;
}

/** Of one wallet. */
export interface HandOverNow extends Stored {
  readonly planned: PlannedWallet;
  readonly view: HandOverView;
  /** Marked done in whichever recovery: nothing of the wallet leaves any more. */
  readonly isMarked: boolean;
  /** By whichever recovery. */
  readonly needed: StillNeeded;
}

function notReady(message: string, remedy: string): DeskError {
  return new DeskError('HAND_OVER_NOT_READY', { message, remedy, retry: 'never' });
}

/** Whoever chose the passphrase has it: it left when the recovery began, and the desk never had it. */
function chosenBy({ recovery }: RecoverySnapshot): Leaving {
  return { operatorId: null, operator: recovery.operator, recipient: null, at: recovery.createdAt };
}

function stateOf({ recovery }: RecoverySnapshot, ofWallet: readonly HandOverRow[]): HandOverView['state'] {
  if (ofWallet.some(({ what }) => what === 'cleared')) return 'done';
  if (ofWallet.some(({ what }) => what === 'done')) return 'clearing';
  return recovery.status.startsWith('completed') ? 'open' : 'waiting';
}

/**
 * Who took a half counts whichever recovery it was in, for a later one may adopt the wallet, and so does what it is still
 * needed for; marked done it is in each by itself.
 */
function nowOf(context: HandOverContext, { snapshot, plan }: Stored, planned: PlannedWallet): HandOverNow {
  const wallet = planned.replacement.address;
  const all = context.journal.handOverOfWallet(wallet);
  const needed = stillNeeded(context, { recoveryId: snapshot.recovery.id, wallet }, all);
  const view = { ...viewOf(context, { snapshot, plan }, planned, all), ...neededOf(needed) };
  return { snapshot, plan, planned, view, isMarked: all.some(({ what }) => what === 'done'), needed };
}

function viewOf(
  context: HandOverContext,
  { snapshot, plan }: Stored,
  { lostWallet, replacement: { address } }: PlannedWallet,
  all: readonly HandOverRow[],
): HandOverView {
  const { recovery, handOver } = snapshot;
  const ofWallet = handOver.filter(({ wallet }) => wallet === address);
  const took = (wanted: HandOverWhat): Leaving[] =>
    all.flatMap(({ what, wallet: _wallet, ...leaving }) => (what === wanted ? [leaving] : []));
  const passphraseKept = context.wallets.kept(address) !== null;
  const shown = took('passphrase');
  const sealed = took('sealed');
  const wasKept = passphraseKept || shown.length > 0 || sealed.length > 0;
  return {
    recoveryId: recovery.id,
    wallet: address,
    lostWallet,
    others: notHandedOver(plan, handOver).filter((wallet) => wallet !== address),
    state: stateOf(snapshot, ofWallet),
    keystore: took('keystore'),
    passphrase: wasKept ? shown : [chosenBy(snapshot)],
    recipients: took('recipient'),
    sealed,
    passphraseKept,
    byOne: context.policy.handOverByOne,
    signInHeld: heldBy(snapshot) !== null,
  };
}

/** @throws DeskError RECOVERY_UNKNOWN, PLAN_ALTERED */
function storedOf(context: HandOverContext, recoveryId: string): Stored {
  const snapshot = context.journal.read(recoveryId);
  const plan = snapshot === null ? null : context.plans.get(snapshot.recovery.planDigest);
  if (snapshot === null || plan === null) throw recoveryUnknown(recoveryId);
  return { snapshot, plan };
}

/** Why a wallet of the plan, or one of no plan, is not handed over. */
function notHandedOut({ plan }: Stored, { recoveryId, wallet }: HandOverOf): DeskError {
  const planned = walletsOf(plan).find(({ replacement }) => replacement.address === wallet);
  if (planned === undefined) {
    return new DeskError('HAND_OVER_WALLET_UNKNOWN', {
      message: `${wallet} is no replacement wallet of recovery ${recoveryId}. Nothing left the desk.`,
      remedy: `Look at which wallets it is to: handover status ${recoveryId}`,
      retry: 'never',
    });
  }
  if (planned.replacement.kind === 'account') {
    return notReady(
      `${wallet} is a smart account, which has no keystore: whoever has ${plan.replacement.address} owns it. Nothing left the desk.`,
      `Hand over ${plan.replacement.address}.`,
    );
  }
  if (planned.replacement.control === 'generated') {
    return notReady(
      `${wallet} is not handed over in recovery ${recoveryId}: it is lost itself, or its own recovery hands it over. Nothing left the desk.`,
      'Nothing has to be done.',
    );
  }
  return notReady(
    `The replacement wallet ${wallet} is the holder's own: there is nothing to hand over.`,
    'Nothing has to be done.',
  );
}

/**
 * Where the hand-over of a wallet stands.
 * @throws DeskError RECOVERY_UNKNOWN, PLAN_ALTERED; HAND_OVER_WALLET_UNKNOWN for a wallet that is none of the recovery;
 *   HAND_OVER_NOT_READY for one that the desk did not make, or a smart account.
 */
export function handOverNow(context: HandOverContext, of: HandOverOf): HandOverNow {
  const stored = storedOf(context, of.recoveryId);
  const planned = walletsToHandOver(stored.plan).find(({ replacement }) => replacement.address === of.wallet);
  if (planned === undefined) throw notHandedOut(stored, of);
  return nowOf(context, stored, planned);
}

/**
 * Every wallet of the recovery that is handed over, in the plan's order; at least one.
 * @throws DeskError RECOVERY_UNKNOWN, PLAN_ALTERED; HAND_OVER_NOT_READY where the desk made none.
 */
export function handOversNow(
  context: HandOverContext,
  recoveryId: string,
): readonly [HandOverNow, ...HandOverNow[]] {
  const stored = storedOf(context, recoveryId);
  const { plan } = stored;
  const [first, ...more] = walletsToHandOver(plan);
  if (first === undefined) throw notHandedOut(stored, { recoveryId, wallet: plan.replacement.address });
  return [nowOf(context, stored, first), ...more.map((planned) => nowOf(context, stored, planned))];
}

/**
 * The one wallet that is meant where none was named.
 * @throws DeskError as `handOversNow`; HAND_OVER_WALLET_UNNAMED where there are several.
 */
export function onlyHandOver(context: HandOverContext, recoveryId: string): HandOverOf {
  const all = handOversNow(context, recoveryId);
  if (all.length === 1) return { recoveryId, wallet: all[0].view.wallet };
  const listed = all.map(({ view }) => `${view.wallet} in place of ${view.lostWallet} (${view.state})`);
  throw new DeskError('HAND_OVER_WALLET_UNNAMED', {
    message: `Recovery ${recoveryId} is to ${listed.length} wallets of the desk, and each is handed over by itself: ${listed.join('; ')}. Nothing left the desk.`,
    remedy: 'Say which one is meant: --wallet with its address.',
    retry: 'never',
  });
}

/** A recovery that has not ended proves the wallet before anything rests on it, which takes both halves. */
function assertNotUnderWay({ view: { wallet }, needed: { underWay } }: HandOverNow): void {
  const [first] = underWay;
  if (first === undefined) return;
  throw new DeskError('HAND_OVER_WAITS', {
    message: `Recovery ${first.id} to the wallet ${wallet} is ${first.status}, and this desk has to open the wallet for it. Nothing left the desk.`,
    remedy: `Bring that recovery to its end first: resume ${first.id}`,
    retry: 'safe',
  });
}

/**
 * @throws DeskError HAND_OVER_NOT_READY, HAND_OVER_DONE, HAND_OVER_WAITS: as `assertOpen`, but for what the wallet is to
 *   recover itself.
 */
export function assertCompleted(now: HandOverNow): void {
  const { view, snapshot } = now;
  if (view.state === 'open') return assertNotUnderWay(now);
  if (view.state === 'waiting') {
    throw notReady(
      `Recovery ${view.recoveryId} is ${snapshot.recovery.status}: its wallet is handed over once it has completed. Nothing left the desk.`,
      'Go on with the recovery first.',
    );
  }
  throw alreadyDone(view);
}

/**
 * @throws DeskError HAND_OVER_NOT_READY, HAND_OVER_DONE: nothing leaves before the end, nor after it was marked done;
 *   HAND_OVER_WAITS: the desk signs with it still, in whichever recovery.
 */
export function assertOpen(now: HandOverNow): void {
  assertCompleted(now);
  const { toRecover: left, toRecoverIn: retried = [], wallet, recoveryId } = now.view;
  if (left === undefined) return;
  throw new DeskError('HAND_OVER_WAITS', {
    message: `The wallet ${wallet} is to recover ${left.join(', ')} itself, and has not. Its key is needed at this desk for that. Nothing left the desk.`,
    remedy: `Remove the cause and retry: ${retried.map((id) => `resume ${id}`).join(' and ')}. Or, if the holder is to do it afterwards with the wallet: handover leave ${recoveryId} --wallet ${wallet}; the desk then signs nothing with it any more.`,
    retry: 'safe',
  });
}

function alreadyDone({ wallet }: HandOverView): DeskError {
  return new DeskError('HAND_OVER_DONE', {
    message: `The hand-over of ${wallet} was marked done, and the desk gives out nothing of it any more.`,
    remedy: 'If the holder cannot open the wallet, open a new case with it as the lost wallet.',
    retry: 'never',
  });
}

/** @throws DeskError HAND_OVER_NOT_READY, HAND_OVER_DONE: as `assertOpen`, also where another recovery marked it done. */
export function assertGivesOut(now: HandOverNow): void {
  assertOpen(now);
  if (now.isMarked) throw alreadyDone(now.view);
}

/** Writes the refusal down, and throws it. */
export function refuse(
  context: HandOverContext,
  { recoveryId, wallet }: HandOverOf,
  person: Person,
  error: DeskError,
): never {
  context.refused({ recoveryId, wallet }, person, error.code);
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
  refuse(context, view, person, error);
}
