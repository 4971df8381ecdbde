/** What must follow a recovery: nothing here is done by the desk. */
import { z } from 'zod';
import type { StepRow } from '../../shared/journal.ts';
import type { FollowUp, TokenFailure } from '../../shared/outcome.ts';
import type { RecoveryStatus } from '../../shared/phases.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';

export interface FollowUpInput {
  /** How the recovery ended. */
  readonly status: RecoveryStatus;
  readonly plan: Plan;
  readonly preview: Preview;
  readonly failures: readonly TokenFailure[];
  readonly steps: ReadonlyMap<string, StepRow>;
}

const againSchema = z.object({ again: z.array(z.string()) });

type Look = (input: FollowUpInput) => FollowUp | null;

function list(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}

/** Tokens on which the desk's own freeze of the lost wallet is left standing, for the token was not recovered. */
function leftFrozen({ plan, steps, failures }: FollowUpInput): readonly TokenFailure[] {
  return failures.filter((failure) =>
    plan.steps.some(
      (step) =>
        step.role === 'contain' && step.token === failure.token && steps.get(step.name)?.state === 'done',
    ),
  );
}

const amountSchema = z.object({ amount: z.string() });

/** Symbols of tokens of which less was recovered than the preview showed, or nothing was left. */
function movedByOthers({ preview, plan, steps, failures }: FollowUpInput): readonly string[] {
  const gone = failures
    .filter((failure) => failure.reason === 'BALANCE_MOVED')
    .map((failure) => failure.symbol);
  const less = preview.tokens.filter((token) => {
    const step = plan.steps.find((other) => other.role === 'token' && other.token === token.address);
    const outcome = amountSchema.safeParse(step === undefined ? null : steps.get(step.name)?.outcome);
    return outcome.success && BigInt(outcome.data.amount) < BigInt(token.balance);
  });
  return [...gone, ...less.map((token) => token.symbol)];
}

/** After an end without a recovery there is one thing of ours that others must know of. */
const AFTER_FAILURE: readonly Look[] = [
  ({ plan, steps }) => {
    const frozen = plan.steps.filter(
      (step) => step.role === 'contain' && steps.get(step.name)?.state === 'done',
    );
    const symbols = plan.tokens
      .filter((token) => frozen.some((step) => step.token === token.address))
      .map((token) => token.symbol);
    return symbols.length === 0
      ? null
      : {
          code: 'LOST_WALLET_LEFT_FROZEN',
          message: `This recovery froze the lost wallet on ${list(symbols)}, and that stands. Where the balance was recovered to another wallet, that wallet has the freeze now: have the custodian look, and lift it there.`,
        };
  },
];

const AFTER_RECOVERY: readonly Look[] = [
  ({ preview }) =>
    preview.claims.length === 0
      ? null
      : {
          code: 'CLAIMS_TO_REISSUE',
          message: `Claims do not move by themselves. Have them issued on the replacement identity: ${list(
            preview.claims.map((claim) => claim.topicName ?? `topic ${claim.topic}`),
          )}.`,
        },
  ({ failures }) =>
    failures.length === 0
      ? null
      : {
          code: 'TOKENS_TO_RETRY',
          message: `Remove the cause, then retry: ${list(failures.map((failure) => failure.symbol))}.`,
        },
  (input) => {
    const touched = movedByOthers(input);
    return touched.length === 0
      ? null
      : {
          code: 'LOST_WALLET_ACTIVE',
          message: `Somebody moved ${list(touched)} from the lost wallet after the preview. Treat its key as stolen, and report the transactions.`,
        };
  },
  (input) => {
    const frozen = leftFrozen(input);
    return frozen.length === 0
      ? null
      : {
          code: 'LOST_WALLET_LEFT_FROZEN',
          message: `The lost wallet stays frozen on ${list(frozen.map((failure) => failure.symbol))} until the token is recovered.`,
        };
  },
  (input) => {
    const frozen = new Set(leftFrozen(input).map((failure) => failure.token));
    const held = new Set(
      input.preview.tokens.filter((token) => token.addressFrozen).map((token) => token.address),
    );
    const movable = input.failures.filter(
      (failure) =>
        !frozen.has(failure.token) &&
        !held.has(failure.token) &&
        failure.reason !== 'NO_RECOVERABLE_TOKENS' &&
        failure.reason !== 'BALANCE_MOVED',
    );
    return movable.length === 0
      ? null
      : {
          code: 'LOST_WALLET_STILL_MOVES',
          message: `Whoever has the lost key can still move ${list(movable.map((failure) => failure.symbol))}. Ask its custodian for a freeze where that matters.`,
        };
  },
  ({ plan, steps }) => {
    const left = plan.steps.filter(
      (step) => step.role === 'release' && steps.get(step.name)?.state === 'failed',
    );
    return left.length === 0
      ? null
      : {
          code: 'REPLACEMENT_LEFT_FROZEN',
          message: `The freeze that this recovery set was carried to the replacement and could not be lifted on ${left.length} tokens.`,
        };
  },
  ({ preview }) => {
    const { nativeBalance, tokens } = preview.notRecoverable;
    const names = [...(nativeBalance === '0' ? [] : ['native coin']), ...tokens.map((token) => token.symbol)];
    return names.length === 0
      ? null
      : {
          code: 'NOT_RECOVERABLE_HERE',
          message: `Left on the lost wallet, moved by its key alone: ${list(names)}.`,
        };
  },
  ({ steps }) =>
    [...steps.values()].some((row) => row.reason === 'NO_DIRECTORY')
      ? {
          code: 'CUT_OFF_ELSEWHERE',
          message:
            'Revoke sessions, reset second factors and set the new wallet where the person signs in: no directory is connected.',
        }
      : null,
  ({ plan }) =>
    plan.replacement.control === 'generated'
      ? {
          code: 'HAND_OVER_WALLET',
          message: `Hand the keystore of ${plan.replacement.address} and its passphrase to the holder by two separate ways.`,
        }
      : null,
  () => ({
    code: 'LISTS_AND_SETTLEMENTS',
    message:
      'Allow lists, block lists, open settlements, yield, vesting and airdrops name the old wallet or identity: have them checked.',
  }),
  ({ steps }) => {
    const verify = [...steps.values()].find((row) => row.phase === 'verify');
    const again = againSchema.safeParse(verify?.outcome);
    return !again.success || again.data.again.length === 0
      ? null
      : {
          code: 'LOST_WALLET_HOLDS_AGAIN',
          message: `Since their recovery somebody paid ${list(again.data.again)} into the lost wallet. A new recovery to the same replacement picks it up.`,
        };
  },
  ({ steps }) => {
    const verify = [...steps.values()].find((row) => row.phase === 'verify');
    return verify?.state === 'failed'
      ? { code: 'VERIFY_BY_HAND', message: verify.message ?? 'Verify by hand.' }
      : null;
  },
];

export function followUps(input: FollowUpInput): readonly FollowUp[] {
  const looks = input.status === 'failed' ? AFTER_FAILURE : AFTER_RECOVERY;
  return looks.flatMap((look) => look(input) ?? []);
}
