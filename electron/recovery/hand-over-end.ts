/**
 * The end of the hand-over of a wallet: marked done with the checklist, then the desk lets go of keystore and passphrase;
 * after the last wallet of the recovery the directory lets the person in again. Each step is in the journal, and may be
 * cut off and repeated.
 */
import { asDeskError, DeskError } from '../../shared/errors.ts';
import { HAND_OVER_CHECKS, haveLeft, isSamePerson } from '../../shared/hand-over-rules.ts';
import type { HandOverOf, HandOverView } from '../../shared/hand-over.ts';
import type { HandOverCheck } from '../../shared/hand-over-rules.ts';
import { heldBy } from './directory-outcome.ts';
import { assertOpen, handOverNow, refuse } from './hand-over.ts';
import type { HandOverContext, HandOverNow, Person } from './hand-over.ts';
import { removeKeystore } from './keystore-removal.ts';

export interface HandedOver {
  readonly view: HandOverView;
  /** A copy that is not the desk's own, and that somebody has to remove; null for none. */
  readonly leftAt: string | null;
  /** Why the directory still holds the person's sign-in; null where it does not. */
  readonly notReleased: DeskError | null;
}

function incomplete(message: string, remedy: string): DeskError {
  return new DeskError('HAND_OVER_INCOMPLETE', { message, remedy, retry: 'never' });
}

/** That both halves left, by people who may be told apart. */
function assertLeft(context: HandOverContext, { view }: HandOverNow, person: Person): void {
  if (!haveLeft(view)) {
    const missing = view.keystore.length === 0 ? 'keystore' : 'passphrase';
    throw incomplete(
      `The ${missing} of ${view.wallet} has not left the desk, and once this is done the desk keeps nothing: the wallet would be lost. Nothing was done.`,
      `Have the ${missing} taken to the holder first.`,
    );
  }
  const { byOne, keystore, passphrase, sealed } = view;
  if (byOne || sealed.length > 0) return;
  const apart = keystore.some((one) => passphrase.some((other) => !isSamePerson(one, other)));
  if (apart) return;
  refuse(
    context,
    view,
    person,
    incomplete(
      'Keystore and passphrase left with one person, and policy wants two. Nothing was done.',
      'Have another operator take one of them to the holder.',
    ),
  );
}

function assertTicked(ticked: readonly HandOverCheck[]): void {
  const keys = Object.keys(HAND_OVER_CHECKS) as HandOverCheck[];
  const missing = keys.filter((key) => !ticked.includes(key));
  if (missing.length === 0) return;
  throw incomplete(
    `Not everything on the checklist is ticked: ${missing.map((key) => HAND_OVER_CHECKS[key]).join('; ')}. Nothing was done.`,
    'Tick each once it is true.',
  );
}

/** Lets go of what the desk keeps; what is gone already is passed over. @returns a copy that is not the desk's own. */
async function clear(context: HandOverContext, now: HandOverNow, person: Person): Promise<string | null> {
  const { wallet: address, recoveryId } = now.view;
  const wallet = context.wallets.get(address);
  const leftAt = wallet === null ? null : await removeKeystore(context.folder, wallet.keystoreFile);
  context.checkpoint('hand_over:keystore_removed');
  if (now.view.passphraseKept) await context.custody.forget(address);
  context.checkpoint('hand_over:passphrase_forgotten');
  context.transaction(() => {
    context.wallets.forget(address);
    context.journal.recordHandOver(recoveryId, {
      wallet: address,
      what: 'cleared',
      ...person,
      recipient: null,
    });
  });
  context.checkpoint('hand_over:cleared');
  return leftAt;
}

/** What the person signs in to is theirs again once all their wallets are. */
async function releasedBy(context: HandOverContext, now: HandOverNow, person: Person): Promise<void> {
  const { recoveryId, wallet, others } = now.view;
  const id = heldBy(now.snapshot);
  if (id === null || others.length > 0) return;
  const directory = context.directory();
  const kind = now.plan.directory?.kind;
  if (directory === null || (kind !== undefined && directory.kind !== kind)) {
    throw new DeskError('DIRECTORY_DOWN', {
      message: 'The directory that holds the sign-in of this person is not connected.',
      remedy: 'Mark the hand-over done once more with the directory that the plan was made with.',
      retry: 'safe',
    });
  }
  await directory.releaseSignIn(id);
  context.checkpoint('hand_over:released');
  const { signIn } = await directory.access(id);
  if (signIn === 'held') {
    throw new DeskError('DIRECTORY_GARBAGE', {
      message: 'The directory took the call, and still shows the sign-in as held.',
      remedy: 'Have whoever runs the directory look at it, then mark the hand-over done once more.',
      retry: 'safe',
    });
  }
  const fact = { wallet, what: 'sign_in_released', ...person, recipient: null } as const;
  context.journal.recordHandOver(recoveryId, fact);
}

/** The directory holds nothing up: what it does not do stays a follow-up. */
async function release(
  context: HandOverContext,
  now: HandOverNow,
  person: Person,
): Promise<DeskError | null> {
  try {
    await releasedBy(context, now, person);
    return null;
  } catch (thrown) {
    const error = asDeskError(thrown);
    if (error.code.startsWith('DIRECTORY_') || error.code === 'PARTICIPANT_NOT_FOUND') return error;
    throw thrown;
  }
}

/**
 * Marks the hand-over of a wallet done. Called again it goes on where it was cut off, by whoever calls it.
 * @throws DeskError as `handOverNow`; HAND_OVER_NOT_READY, HAND_OVER_INCOMPLETE: nothing was done; HAND_OVER_NOT_CLEARED,
 *   KEYCHAIN_*: it is marked, and what the desk keeps is let go of by marking it once more.
 */
export async function markHandedOver(
  context: HandOverContext,
  of: HandOverOf,
  person: Person,
  ticked: readonly HandOverCheck[],
): Promise<HandedOver> {
  const before = handOverNow(context, of);
  if (before.view.state === 'waiting' || before.view.state === 'open') {
    assertOpen(before);
    assertLeft(context, before, person);
    assertTicked(ticked);
    const { recoveryId, wallet } = of;
    context.journal.recordHandOver(recoveryId, { wallet, what: 'done', ...person, recipient: null });
    context.checkpoint('hand_over:done');
  }
  const marked = handOverNow(context, of);
  const leftAt = marked.view.state === 'done' ? null : await clear(context, marked, person);
  const notReleased = await release(context, handOverNow(context, of), person);
  return { view: handOverNow(context, of).view, leftAt, notReleased };
}
