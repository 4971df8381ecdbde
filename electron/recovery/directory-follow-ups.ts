/** What must follow at the participant directory: what failed there, what it cannot do, and what still works. */
import { walletsToHandOver } from '../../shared/hand-over-wallets.ts';
import { survivorWords } from '../../shared/survivor-words.ts';
import type { StepRow } from '../../shared/journal.ts';
import { effectOf, heldBy, isDirectoryStep, maybeHeldBy } from './directory-outcome.ts';
import { list } from './follow-up-input.ts';
import type { FollowUpInput, Look } from './follow-up-input.ts';

const WORDS: Readonly<Record<string, string>> = {
  hold_sign_in: 'hold sign-in',
  revoke_sessions: 'revoke sessions',
  link_participant: 'make the replacement the effective wallet',
  reset_mfa: 'reset second factors',
  revoke_sessions_again: 'revoke sessions once more',
};

function wordsOf({ name }: StepRow): string {
  return WORDS[name.split(':')[0] ?? ''] ?? name;
}

function rowsOf({ steps }: FollowUpInput): readonly StepRow[] {
  return [...steps.values()].filter(isDirectoryStep);
}

/** Tokens that are beyond a resume are no reason to leave the old access open. */
const toRetry: Look = (input) => {
  const failed = rowsOf(input).filter((row) => row.state === 'failed');
  if (failed.length === 0) return null;
  const reasons = [...new Set(failed.flatMap((row) => row.message ?? []))].join(' ');
  return {
    code: 'DIRECTORY_TO_RETRY',
    message: `Not done at the participant directory: ${list(failed.map(wordsOf))}. Until then what the person signed in with still works. ${reasons} Resume the recovery to try again.`,
  };
};

/** Also what was cut off: nobody resumes what has ended without having recovered anything. */
const neverDone: Look = (input) => {
  const open = rowsOf(input).filter(({ state }) => state === 'failed' || state === 'running');
  return open.length === 0
    ? null
    : {
        code: 'CUT_OFF_ELSEWHERE',
        message: `Not done at the participant directory, or not known to be: ${list(open.map(wordsOf))}. Do it where the person signs in, or begin a new recovery, which tries it again.`,
      };
};

const survives: Look = (input) => {
  const survivors = rowsOf(input).flatMap((row) => effectOf(row)?.survivors ?? []);
  if (survivors.length === 0) return null;
  const words = [...new Set(survivors.map(({ what, until }) => survivorWords(what, until)))];
  return {
    code: 'ACCESS_SURVIVES',
    message: `Of the old access this is left, and has to be ended where the person signs in: ${words.join('; ')}.`,
  };
};

const elsewhere: Look = (input) => {
  const left = rowsOf(input).filter((row) => row.reason === 'NO_DIRECTORY');
  if (left.length === 0) return null;
  const reasons = [...new Set(left.flatMap((row) => row.message ?? []))].join('; ');
  return {
    code: 'CUT_OFF_ELSEWHERE',
    message: `Where the person signs in, ${list(left.map(wordsOf))}: ${reasons}.`,
  };
};

const held: Look = (input) => {
  if (heldBy({ steps: input.steps.values(), handOver: input.handOver }) === null) return null;
  const completed = input.status.startsWith('completed');
  const done = completed
    ? 'once the new wallet is in the hands of the person'
    : 'when it is known that the person signs in, and nobody else';
  const handed = completed ? walletsToHandOver(input.plan).length : 0;
  const way =
    handed === 0
      ? `Release it ${done}: participants release.`
      : `It is released when the hand-over of ${handed === 1 ? 'the wallet' : 'the last wallet'} is marked done.`;
  const { name, id } = input.preview.participant;
  return { code: 'SIGN_IN_HELD', message: `This recovery held sign-in for ${name ?? id}. ${way}` };
};

/** Of one that goes on the next run finds out. */
const perhapsHeld: Look = (input) => {
  if (maybeHeldBy(input.steps.values()) === null) return null;
  const { name, id } = input.preview.participant;
  return {
    code: 'SIGN_IN_HELD',
    message: `This recovery began to hold sign-in for ${name ?? id}, and no answer came: it may be held. Release it when it is known that the person signs in, and nobody else: participants release.`,
  };
};

export const DIRECTORY_AFTER_RECOVERY: readonly Look[] = [toRetry, elsewhere, survives, held];
/** Of what stands still: the chain is the more urgent, and a resume tries all of it. */
export const DIRECTORY_STANDING: readonly Look[] = [toRetry];
export const DIRECTORY_AFTER_FAILURE: readonly Look[] = [neverDone, survives, held, perhapsHeld];
