/** How a recovery ended, in plain words. What is not known to have succeeded is never called a success. */
import { assertNever } from '../../../shared/assert-never.ts';
import type { FollowUp, RecoveryResult } from '../../../shared/outcome.ts';
import type { TokenFailureReason } from '../../../shared/phases.ts';
import { counted } from '../../components/counted.ts';

export interface Headline {
  readonly title: string;
  readonly meaning: string;
  readonly tone: 'good' | 'caution' | 'danger' | 'calm';
}

/** Tokens of which neither success nor failure is known. After an end without a recovery all is known of them. */
export function unknownTokens({ status, tokens }: RecoveryResult): number {
  if (status === 'failed' || status === 'cancelled') return 0;
  return Math.max(0, tokens.total - tokens.recovered - tokens.failed);
}

const PROVEN: Headline = {
  title: 'Recovery complete',
  meaning: 'The identity and every token were recovered, and a final block was looked at to prove it.',
  tone: 'good',
};

function partly(result: RecoveryResult): Headline {
  const { failed } = result.tokens;
  const unknown = unknownTokens(result);
  const why = [
    ...(failed > 0 ? [`${counted(failed, 'token')} could not be recovered`] : []),
    ...(unknown > 0 ? [`of ${counted(unknown, 'token')} it is not known`] : []),
    ...(allWallets(result) ? [] : ['not every wallet went along']),
    ...(verified(result) ? [] : ['the verification did not find everything as it should be']),
  ].join('; ');
  return {
    title:
      failed > 0 || unknown > 0 ? 'Complete, except for the tokens listed' : 'Complete, but not verified',
    meaning: `The identity was recovered. But ${why === '' ? 'something is left to do' : why}.`,
    tone: 'caution',
  };
}

/** Whether nothing says that a wallet of the person did not go along. */
function allWallets({ wallets, healthy = [] }: RecoveryResult): boolean {
  return (
    wallets.every(({ linked }) => linked !== false) &&
    healthy.every(({ outcome }) => outcome === 'moved' || outcome === 'stays')
  );
}

function verified({ phases }: RecoveryResult): boolean {
  return phases.find((phase) => phase.name === 'verify')?.status === 'done';
}

/** Whether the replacement took the place of the lost wallet, as far as the phases say so. */
export function identityStands({ status, phases }: RecoveryResult): boolean {
  if (status === 'completed' || status === 'completed_with_token_failures') return true;
  return phases.find((phase) => phase.name === 'recover_identity')?.status === 'done';
}

/** A status of success is believed only where tokens and verification bear it out. */
export function headline(result: RecoveryResult): Headline {
  switch (result.status) {
    case 'completed':
      return result.tokens.recovered === result.tokens.total && verified(result) && allWallets(result)
        ? PROVEN
        : partly(result);
    case 'completed_with_token_failures':
      return partly(result);
    case 'failed':
      return {
        title: 'Recovery failed',
        meaning: 'It recovered neither the identity nor a token.',
        tone: 'danger',
      };
    case 'cancelled':
      return {
        title: 'Recovery cancelled',
        meaning: 'It ended before anything irreversible was done.',
        tone: 'calm',
      };
    case 'running':
    case 'waiting':
    case 'stopped':
      return {
        title: 'Recovery not finished',
        meaning: 'It has not come to an end, so nothing here is certain yet. It has to be gone on with.',
        tone: 'caution',
      };
    default:
      return assertNever(result.status);
  }
}

type HealthyOutcome = NonNullable<RecoveryResult['healthy']>[number]['outcome'];

const HEALTHY: Readonly<Record<HealthyOutcome, string>> = {
  moved: 'Moved to the new identity',
  stays: 'Stays with the old identity',
  failed: 'Not moved: it is still with the old identity',
  open: 'Not moved yet',
};

/** What became of a wallet that is in the person's hands. */
export function healthyWords(outcome: HealthyOutcome): string {
  return HEALTHY[outcome];
}

const FOLLOW_UP_TITLES: Readonly<Record<FollowUp['code'], string>> = {
  CLAIMS_TO_REISSUE: 'Have claims issued again',
  TOKENS_TO_RETRY: 'Retry the failed tokens',
  LOST_WALLET_ACTIVE: 'Somebody uses the lost wallet',
  LOST_WALLET_STILL_MOVES: 'The lost wallet can still move tokens',
  LOST_WALLET_LEFT_FROZEN: 'The lost wallet stays frozen',
  LOST_WALLET_HOLDS_AGAIN: 'The lost wallet was paid again',
  REPLACEMENT_LEFT_FROZEN: 'Lift a freeze on the replacement',
  NOT_RECOVERABLE_HERE: 'Tell the holder what stays behind',
  CUT_OFF_ELSEWHERE: 'Cut off the old access where the person signs in',
  DIRECTORY_TO_RETRY: 'Try again at the participant directory',
  ACCESS_SURVIVES: 'Old access that still works',
  SIGN_IN_HELD: 'Release the held sign-in',
  HAND_OVER_WALLET: 'Hand over the new wallet',
  LISTS_AND_SETTLEMENTS: 'Check lists and open settlements',
  VERIFY_BY_HAND: 'Verify by hand',
  HANDED_OUT_CALLS: 'Clear what was handed out to be signed',
  REVOKE_ROLE: 'Have roles and keys of the lost wallet revoked',
  HEALTHY_WALLET_STAYS: 'A healthy wallet stays with the old identity',
  WALLET_NOT_RECOVERED: 'A wallet was not recovered',
  HOLDER_RECOVERS: 'The holder recovers a token with the new wallet',
  COIN_GIVEN: 'Coin was given to the new wallet',
};

export function followUpTitle(code: FollowUp['code']): string {
  return FOLLOW_UP_TITLES[code];
}

const FAILURE_TITLES: Readonly<Record<TokenFailureReason, string>> = {
  TOKEN_PAUSED: 'Token is paused',
  CUSTODIAN_PERMISSION_MISSING: 'You are no custodian of it',
  NO_RECOVERABLE_TOKENS: 'Nothing to recover',
  BALANCE_MOVED: 'Balance was moved away',
  RECOVERED_ELSEWHERE: 'Recovered to another wallet',
  RPC_ERROR: 'Node answered with an error',
  REPLACEMENT_CANNOT_SEND: 'Replacement wallet could not send it',
  UNKNOWN: 'Refused by the token',
};

export function failureTitle(reason: TokenFailureReason): string {
  return FAILURE_TITLES[reason];
}
