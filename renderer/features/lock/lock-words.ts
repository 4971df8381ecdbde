/** Why the desk is hidden or locked, and what goes on meanwhile, in words. */
import type { DeskLock, DeskState } from '../../../shared/desk-state.ts';

const CAUSES: Readonly<Record<NonNullable<DeskLock['cause']>, string>> = {
  idle: 'Nobody was at the desk for a while.',
  manual: 'It was locked by hand.',
  screen_lock: 'The screen of this machine was locked.',
  suspend: 'This machine went to sleep.',
  signer_time: 'The time is over in which a plan may be signed while nobody is at the desk.',
  session_ended:
    'Your team’s identity provider no longer stands by your sign-in, or could not be reached in time.',
};

export interface LockWords {
  readonly title: string;
  readonly why: string;
  /** What goes on, and what waits. */
  readonly meanwhile: string;
}

/** @param lockedOn the recovery that holds the desk, if there is one. */
export function lockWords(lock: DeskLock, lockedOn: DeskState['lockedOn']): LockWords {
  const hidden = lock.kind === 'hidden';
  return {
    title: hidden ? 'The desk is hidden' : 'The desk is locked',
    why: lock.cause === null ? 'Why is not known.' : CAUSES[lock.cause],
    meanwhile: hidden ? whileHidden(lockedOn !== null) : whileLocked(lockedOn !== null),
  };
}

function whileHidden(recovery: boolean): string {
  return recovery
    ? 'The recovery that was confirmed goes on: its plan may still be signed, and nothing else.'
    : 'No recovery is being executed. Nothing new can be begun or signed before you unlock.';
}

function whileLocked(recovery: boolean): string {
  return recovery
    ? 'Nothing is signed for you any more: the recovery waits for your key until you unlock. What was sent before is kept.'
    : 'Nothing is signed for you any more before you unlock.';
}
