/** Who may ask for what, and when. Each guard refuses with a code, and says what to do about it. */
import type { Json } from '../../shared/canonical.ts';
import { PROCEDURES } from '../../shared/contract.ts';
import type { ProcedureSpec, Right } from '../../shared/contract.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';
import { DeskError } from '../../shared/errors.ts';
import { BEING_BEGUN } from './needs.ts';
import type { Lock, Rights, Sender } from './needs.ts';

/** Only the top frame of the desk's own page. A frame that is gone (null) is refused too: nobody knows what it was. */
export function requireSender(sender: Sender | null, appOrigin: string): void {
  if (sender !== null && sender.top && sender.origin === appOrigin) return;
  throw new DeskError('SENDER_REFUSED', {
    message: 'A page that is not the window of Recovery Desk asked for something. Nothing was done.',
    remedy: 'Close the window and start Recovery Desk again. If it happens again, report it.',
    retry: 'never',
  });
}

/** @throws DeskError PROCEDURE_UNKNOWN */
export function requireProcedure(name: unknown): ProcedureName {
  if (isProcedure(name)) return name;
  throw new DeskError('PROCEDURE_UNKNOWN', {
    message: 'The window asked for something that there is not. Nothing was done.',
    remedy: 'Start Recovery Desk again. If it happens again, report it.',
    retry: 'never',
  });
}

/** An own name of the contract: `constructor` and its like are none. */
export function isProcedure(name: unknown): name is ProcedureName {
  return typeof name === 'string' && Object.hasOwn(PROCEDURES, name);
}

/** While a recovery holds the desk there is no way back to a decision (DESIGN 4.8). */
export function requireUnlocked(name: ProcedureName, lock: Lock): void {
  if (PROCEDURES[name].duringRecovery) return;
  const held = lock.heldBy();
  if (held !== null) throw lockedOnRecovery(held);
}

/** While the desk is hidden or locked nothing is told or done but what unlocks it. */
export function requirePresence(name: ProcedureName, lock: Lock): void {
  const { whileLocked }: ProcedureSpec = PROCEDURES[name];
  if (whileLocked === true || !lock.closed()) return;
  throw new DeskError('DESK_LOCKED', {
    message: 'The desk is locked. This call did nothing.',
    remedy: 'Unlock the desk, then try again.',
    retry: 'safe',
  });
}

/** @param held what holds the desk, as the lock says. */
export function lockedOnRecovery(held: string): DeskError {
  const what =
    held === BEING_BEGUN ? 'A recovery is about to be executed' : `Recovery ${held} holds the desk`;
  return new DeskError('LOCKED_ON_RECOVERY', {
    message: `${what}, and everything else waits for it. This call did nothing.`,
    remedy: 'Wait until the recovery has ended. If it waits or has stopped, resume it.',
    retry: 'never',
  });
}

/** @param subject the input, or the payload of an event: `initiator` and `party` are rights on the recovery that it names. */
export function hasRight(right: Right, rights: Rights, subject: Json): boolean {
  switch (right) {
    case 'anyone':
      return true;
    case 'signedIn':
      return rights.signedIn();
    case 'identityManager':
      return rights.signedIn() && rights.identityManager();
    case 'custodian':
      return rights.signedIn() && rights.custodian();
    case 'initiator':
      return ofRecovery(rights, subject, (id) => rights.initiatorOf(id));
    case 'party':
      return ofRecovery(rights, subject, (id) => rights.partyOf(id));
  }
}

export function requireRight(name: ProcedureName, rights: Rights, input: Json): void {
  const { right } = PROCEDURES[name];
  if (!hasRight(right, rights, input)) throw rightMissing(right, rights.signedIn());
}

/** What can be known before the input was parsed: somebody is signed in, where that is needed at all. */
export function requireSignIn(name: ProcedureName, rights: Rights): void {
  const { right } = PROCEDURES[name];
  if (right !== 'anyone' && !rights.signedIn()) throw rightMissing(right, false);
}

function ofRecovery(rights: Rights, subject: Json, holds: (recoveryId: string) => boolean): boolean {
  const recoveryId = recoveryIn(subject);
  return recoveryId !== null && rights.signedIn() && holds(recoveryId);
}

function recoveryIn(subject: Json): string | null {
  if (typeof subject !== 'object' || subject === null || !('recoveryId' in subject)) return null;
  return typeof subject.recoveryId === 'string' ? subject.recoveryId : null;
}

type HeldRight = Exclude<Right, 'anyone'>;

/** What is missing, and what to do. */
const MISSING: Readonly<Record<HeldRight, readonly [string, string]>> = {
  signedIn: ['Nobody is signed in, and this is for signed-in operators only.', 'Sign in, then try again.'],
  identityManager: [
    'This is for identity managers only, and the key that is signed in does not hold that role on this network.',
    'Have the role granted to it, or sign in with a key that holds it.',
  ],
  custodian: [
    'This is for custodians only, and the key that is signed in does not hold that role on this network.',
    'Have the role granted to it, or sign in with a key that holds it.',
  ],
  initiator: [
    'This is only for the operator who began this recovery, and another key is signed in.',
    'Sign in with the key that the recovery was begun with.',
  ],
  party: [
    'This is only for operators who sign a part of this recovery, and another one is signed in.',
    'Sign in as the operator who began it, or who is named in its plan.',
  ],
};

function rightMissing(right: Right, someoneSignedIn: boolean): DeskError {
  const needed = right === 'anyone' || !someoneSignedIn ? 'signedIn' : right;
  const [message, remedy] = MISSING[needed];
  return new DeskError('RIGHT_MISSING', {
    message: `${message} This call did nothing.`,
    remedy,
    retry: 'never',
  });
}
