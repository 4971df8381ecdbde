/** Why a recovery that is not being worked on stands still, and what opens the way on. */
import { assertNever } from '../../../shared/assert-never.ts';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { ProgressView } from '../../../shared/wizard.ts';

export interface Standstill {
  readonly title: string;
  readonly message: string;
  readonly remedy: string;
  /** What has to be done first: without its network nobody signs in, and only who began it may go on with it. */
  readonly way: 'connect' | 'sign_in' | 'resume';
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

export function standstillOf(
  progress: ProgressView,
  { connection, operator }: Pick<DeskState, 'connection' | 'operator'>,
): Standstill {
  const { message, remedy } = progress.reason ?? INTERRUPTED;
  return { title: TITLES[progress.status], message, remedy, way: wayOn() };

  function wayOn(): Standstill['way'] {
    if (connection.status !== 'connected') return 'connect';
    return operator?.address === progress.operator ? 'resume' : 'sign_in';
  }
}

/** What keeps the desk from the network of the recovery, in sentences; none where nothing does. */
export function connectionWords(connection: DeskState['connection']): readonly string[] {
  switch (connection.status) {
    case 'connected':
      return [];
    case 'connecting':
      return [`Connecting to ${connection.name} …`];
    case 'none':
      return ['No network is connected. The recovery goes on only on the network that it was begun on.'];
    case 'failed': {
      const { message, remedy } = connection.error;
      return [`${connection.name} is not connected. ${message}`, remedy];
    }
    default:
      return assertNever(connection);
  }
}

/** Who has to sign in, in words. */
export function signInWords(operator: DeskState['operator']): string {
  return operator === null
    ? 'Nobody is signed in. Whoever began this recovery has to sign in to go on with it:'
    : 'Somebody else is signed in. Whoever began this recovery has to sign in to go on with it:';
}
