/**
 * Wrong attempts: what an operator types wrong is counted, and each after the second makes the next one wait twice as
 * long. The count lies in the database, so that a restart does not clear it, and goes up before a secret is checked, so
 * that ending the program meanwhile gives no free tries.
 *
 * A clock that is set back starts the wait anew, and never shortens it. Not defended against: whoever may set the clock
 * forward, or write into the database, as they could as well take the data folder to a machine of their own. There
 * the keychain's entry and the cost of the key derivation stand in their way.
 */
import { DeskError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { isoTime } from '../../shared/values.ts';
import { NO_ATTEMPTS } from '../store/operator-rows.ts';
import type { AttemptState } from '../store/operator-rows.ts';
import type { OperatorRepository } from '../store/operator-repository.ts';

const FREE_FAILURES = 2;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 15 * 60_000;

/** How a secret was found wrong; all else that goes wrong says nothing of who typed. */
const WRONG: ReadonlySet<ErrorCode> = new Set([
  'PASSPHRASE_WRONG',
  'TOTP_WRONG',
  'TOTP_CLOCK_SKEW',
  'RECOVERY_CODE_WRONG',
]);

/** Milliseconds between so many failures and the next attempt: none, none, 2 s, 4 s, 8 s ... 15 minutes. */
export function delayAfter(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES - 1), LONGEST_DELAY_MS);
}

/** One more failure, from now on. */
function counted({ failures }: AttemptState, now: Date): AttemptState {
  return waitingAnew({ ...NO_ATTEMPTS, failures: failures + 1 }, now);
}

function waitingAnew(state: AttemptState, now: Date): AttemptState {
  const notBefore = new Date(now.getTime() + delayAfter(state.failures));
  return { ...state, countedAt: isoTime(now), notBefore: isoTime(notBefore) };
}

/** An attempt that begins: a failure until it is known to be none. */
export function begun(state: AttemptState, now: Date): AttemptState {
  return { ...counted(state, now), open: true };
}

/** The attempt under way was wrong: the wait begins now. */
export function failed(state: AttemptState, now: Date): AttemptState {
  return { ...waitingAnew(state, now), open: false };
}

export interface Wait {
  /** Milliseconds to the next attempt; 0 for none. */
  readonly ms: number;
  /** Where the attempts stand: with a wait that began anew where the clock was set back. */
  readonly state: AttemptState;
}

/** How long the next attempt has to wait: never longer than the delay of so many failures. */
export function waitOf(state: AttemptState, now: Date): Wait {
  if (state.countedAt === null || state.notBefore === null) return { ms: 0, state };
  const delay = delayAfter(state.failures);
  const counted = Date.parse(state.countedAt);
  if (now.getTime() < counted) return { ms: delay, state: waitingAnew(state, now) };
  const end = Math.min(Date.parse(state.notBefore), counted + delay);
  return { ms: Math.max(end - now.getTime(), 0), state };
}

/** What a right attempt showed. */
export interface Proven<T> {
  /**
   * `everything` that the operator has to show: earlier failures are forgotten. `part` of it, or nothing more than
   * that it may be asked for: they stay, or else a known passphrase would clear what guessing codes has added up.
   */
  readonly shows: 'everything' | 'part';
  /** Stores what goes with it, in one transaction with the count. */
  readonly record: () => void;
  readonly value: T;
}

export interface AttemptDesk {
  readonly operators: Pick<OperatorRepository, 'get' | 'saveAttempts' | 'saveFailure' | 'transaction'>;
  readonly now: () => Date;
}

/**
 * Checks a secret as one counted attempt. One of an operator at a time (see `turns.ts`).
 * @throws DeskError SIGN_IN_DELAYED, with nothing checked; whatever the check throws.
 */
export async function countedAttempt<T>(
  desk: AttemptDesk,
  operatorId: string,
  check: () => Promise<Proven<T>>,
): Promise<T> {
  const before = admitted(desk, operatorId);
  const under = begun(before, desk.now());
  desk.operators.saveAttempts(operatorId, under);
  try {
    const { shows, record, value } = await check();
    desk.operators.transaction(() => {
      record();
      desk.operators.saveAttempts(operatorId, shows === 'everything' ? NO_ATTEMPTS : before);
    });
    return value;
  } catch (thrown) {
    settle(desk, operatorId, { before, under }, thrown);
    throw thrown;
  }
}

/** Where the attempts stand for one that may be made now. */
function admitted({ operators, now }: AttemptDesk, operatorId: string): AttemptState {
  const stored = operators.get(operatorId);
  if (stored === null) throw new TypeError(`${operatorId} is no operator`);
  const attempts = { ...stored.attempts, open: false };
  // Its outcome went with the program that made it.
  if (stored.attempts.open) operators.saveFailure(operatorId, attempts, 'INTERRUPTED');
  const { ms, state } = waitOf(attempts, now());
  if (state !== attempts) operators.saveAttempts(operatorId, state);
  if (ms > 0) throw delayed(stored.operator.name, state.failures, ms);
  return state;
}

function settle(
  { operators, now }: AttemptDesk,
  operatorId: string,
  { before, under }: { readonly before: AttemptState; readonly under: AttemptState },
  thrown: unknown,
): void {
  if (thrown instanceof DeskError && WRONG.has(thrown.code)) {
    operators.saveFailure(operatorId, failed(under, now()), thrown.code);
  } else {
    operators.saveAttempts(operatorId, before);
  }
}

function delayed(name: string, failures: number, ms: number): DeskError {
  const wait = inWords(ms);
  return new DeskError('SIGN_IN_DELAYED', {
    message: `After ${failures} wrong attempts in a row the next one as ${name} has to wait ${wait}. Nothing was checked.`,
    remedy: `Wait ${wait}, then try again. If these attempts were not yours, tell whoever is responsible for the desk.`,
    retry: 'safe',
  });
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds === 1) return '1 second';
  if (seconds < 120) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
