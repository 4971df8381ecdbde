/** Why a recovery that is not being worked on stands still, and what opens the way on. */
import type { DeskState } from '../../../shared/desk-state.ts';
import type { ProgressView } from '../../../shared/wizard.ts';

export interface Standstill {
  readonly title: string;
  readonly message: string;
  readonly remedy: string;
  /** Who has to act first: whoever began it has to be signed in before it can go on. */
  readonly way: 'sign_in' | 'resume';
}

const TITLES: Readonly<Record<ProgressView['status'], string>> = {
  running: 'Interrupted',
  waiting: 'Waiting',
  stopped: 'Stopped',
  cancelled: 'Cancelled',
  failed: 'Failed',
  completed: 'Completed',
  completed_with_token_failures: 'Completed with token failures',
};

const INTERRUPTED = {
  message: 'The work was interrupted. What was sent is kept, and nothing is sent twice.',
  remedy: 'Resume it: it looks at the chain first and goes on from there.',
};

export function standstillOf(progress: ProgressView, operator: DeskState['operator']): Standstill {
  const { message, remedy } = progress.reason ?? INTERRUPTED;
  const way = operator?.address === progress.operator ? 'resume' : 'sign_in';
  return { title: TITLES[progress.status], message, remedy, way };
}

/** Who has to sign in, in words. */
export function signInWords(operator: DeskState['operator']): string {
  return operator === null
    ? 'Nobody is signed in. Whoever began this recovery has to sign in to go on with it:'
    : 'Somebody else is signed in. Whoever began this recovery has to sign in to go on with it:';
}
