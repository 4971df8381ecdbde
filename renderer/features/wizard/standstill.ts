/** Why a recovery that is not being worked on stands still, and what opens the way on. */
import { assertNever } from '../../../shared/assert-never.ts';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { ProgressView } from '../../../shared/wizard.ts';
import { named } from '../../components/counted.ts';
import { isAwaitedHere, mustConfirm, partOf, whose } from './parts.ts';

export interface Standstill {
  readonly title: string;
  readonly message: string;
  readonly remedy: string;
  /**
   * What has to be done first: without its network nobody signs in; who is waited for confirms their part; and only
   * those who confirmed a part may go on with it.
   */
  readonly way: 'connect' | 'sign_in' | 'confirm' | 'resume';
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

const COMPARE = 'Compare what stands here with what the small window shows, then confirm your part there.';

export function standstillOf(
  progress: ProgressView,
  { connection, operator }: Pick<DeskState, 'connection' | 'operator'>,
): Standstill {
  const { message, remedy } = progress.reason ?? INTERRUPTED;
  const mine = partOf(progress, operator);
  const yours = mine !== null && isAwaitedHere(mine);
  const way = wayOn();
  return {
    title: yours ? 'Waiting for you' : titleOf(progress),
    message,
    remedy: way === 'confirm' ? COMPARE : remedy,
    way,
  };

  function wayOn(): Standstill['way'] {
    if (connection.status !== 'connected') return 'connect';
    if (yours) return mustConfirm(mine) ? 'confirm' : 'resume';
    if (progress.reason?.code === 'WAITING_FOR_OPERATOR') return 'sign_in';
    return mine?.confirmed === true || operator?.address === progress.operator ? 'resume' : 'sign_in';
  }
}

/** Where the reason says more than the status does. */
const REASON_TITLES: Readonly<Record<string, string>> = {
  WAITING_FOR_SIGNATURES: 'Waiting for signatures from elsewhere',
  DESK_LOCKED: 'Waiting since the desk was locked',
};

function titleOf({ status, reason, parts }: ProgressView): string {
  if (reason?.code === 'WAITING_FOR_OPERATOR') {
    return `Waiting for ${named(parts.filter(isAwaitedHere).map(whose))}`;
  }
  return (reason === null ? undefined : REASON_TITLES[reason.code]) ?? TITLES[status];
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
export function signInWords(progress: Pick<ProgressView, 'parts'>, operator: DeskState['operator']): string {
  const now = operator === null ? 'Nobody is signed in now.' : `${operator.name} is signed in now.`;
  const names = progress.parts.filter(isAwaitedHere).map(whose);
  return names.length > 0
    ? `${now} For this part, sign in as ${named(names)}.`
    : `${now} Whoever began this recovery, or confirmed a part of it, has to sign in to go on with it.`;
}

/** What the button that goes on says. */
export function resumeWords({ reason }: Pick<ProgressView, 'reason'>): string {
  return reason?.code === 'WAITING_FOR_SIGNATURES' ? 'Look at the chain now' : 'Resume';
}
