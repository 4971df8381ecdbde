/** What must follow a recovery: nothing here is done by the desk. */
import { z } from 'zod';
import { addressSchema } from '../../shared/address-schema.ts';
import { notHandedOver } from '../../shared/hand-over-wallets.ts';
import type { StepRow } from '../../shared/journal.ts';
import type { FollowUp, TokenFailure } from '../../shared/outcome.ts';
import type { RecoveryStatus } from '../../shared/phases.ts';
import type { Plan, PlanStep } from '../../shared/plan.ts';
import { lostPreviews } from '../../shared/preview.ts';
import {
  DIRECTORY_AFTER_FAILURE,
  DIRECTORY_AFTER_RECOVERY,
  DIRECTORY_STANDING,
} from './directory-follow-ups.ts';
import { freezesOf, list, symbolsOf } from './follow-up-input.ts';
import type { FollowUpInput, Look } from './follow-up-input.ts';
import { stepBeside } from './links.ts';
import { frozenByUs, maybeFrozenByUs } from './own-freezes.ts';
import { WALLETS_AFTER_RECOVERY, coinGiven, tokensToRetry } from './wallet-follow-ups.ts';

/** What the verification saw: addresses of tokens. */
const seenSchema = z.object({ again: z.array(addressSchema), frozen: z.array(addressSchema) });
type Seen = z.output<typeof seenSchema>;

type OnWallet = Pick<TokenFailure, 'token' | 'lostWallet'>;

function containing(plan: Plan, { token, lostWallet }: OnWallet): PlanStep | undefined {
  const wallet = lostWallet ?? plan.lostWallet;
  return plan.steps.find((step) => step.role === 'contain' && step.token === token && step.wallet === wallet);
}

/** Tokens on which the desk's own freeze of the lost wallet is left standing, for the token was not recovered. */
function leftFrozen(input: FollowUpInput): readonly TokenFailure[] {
  return input.failures.filter((failure) => {
    const contain = containing(input.plan, failure);
    return contain !== undefined && frozenByUs(freezesOf(input), contain);
  });
}

/** Tokens on which the lost wallet is frozen, whoever did it. */
function standsFrozen(input: FollowUpInput, failure: OnWallet): boolean {
  const { plan, steps, preview } = input;
  const contain = containing(plan, failure);
  if (contain !== undefined && frozenByUs(freezesOf(input), contain)) return true;
  if (contain !== undefined && steps.get(contain.name)?.state === 'done') return true;
  const wallet = failure.lostWallet ?? plan.lostWallet;
  return lostPreviews(preview)
    .filter(({ lostWallet }) => lostWallet === wallet)
    .some(({ tokens }) => tokens.some((held) => held.address === failure.token && held.addressFrozen));
}

function verifyRow(steps: FollowUpInput['steps']): StepRow | undefined {
  return [...steps.values()].find((row) => row.phase === 'verify');
}

function seen(steps: FollowUpInput['steps']): Seen {
  const parsed = seenSchema.safeParse(verifyRow(steps)?.outcome);
  return parsed.success ? parsed.data : { again: [], frozen: [] };
}

const amountSchema = z.object({ amount: z.string() });
/** What a token step moved: by its own transaction, or by those of others who moved it to our replacement. */
const movedSchema = z.union([
  z.object({ found: amountSchema }).transform(({ found }) => found),
  amountSchema,
]);

/** Symbols of tokens of which less was recovered than the preview showed, or nothing was left. */
function movedByOthers({ preview, plan, steps, failures }: FollowUpInput): readonly string[] {
  const gone = failures
    .filter((failure) => failure.reason === 'BALANCE_MOVED')
    .map((failure) => failure.symbol);
  const held = lostPreviews(preview).flatMap(({ lostWallet, tokens }) =>
    tokens.map((token) => ({ ...token, lostWallet })),
  );
  const less = held.filter((token) => {
    const step = plan.steps.find(
      (other) => other.role === 'token' && other.token === token.address && other.wallet === token.lostWallet,
    );
    const outcome = movedSchema.safeParse(step === undefined ? null : steps.get(step.name)?.outcome);
    return outcome.success && BigInt(outcome.data.amount) < BigInt(token.balance);
  });
  return [...gone, ...less.map((token) => token.symbol)];
}

/** What is left of our own freezes of the lost wallet. @param rest ends the sentence, and says what comes of them. */
function freezesLeft(plan: Plan, frozen: readonly PlanStep[], rest: string): FollowUp | null {
  const symbols = symbolsOf(
    plan,
    frozen.map((step) => step.token),
  );
  if (symbols.length === 0) return null;
  const message = `This recovery froze the lost wallet on ${list(symbols)}, ${rest}`;
  return { code: 'LOST_WALLET_LEFT_FROZEN', message };
}

/** Whether the freeze of a containing step is off our hands: lifted, or left to somebody else who set one since. */
function isSettled({ plan, steps }: FollowUpInput, contain: PlanStep): boolean {
  const stateOf = (role: PlanStep['role']): StepRow['state'] | undefined => {
    const step = stepBeside(plan, contain, role);
    return step === undefined ? undefined : steps.get(step.name)?.state;
  };
  const release = stateOf('release');
  return release === 'done' || (release === 'skipped' && stateOf('token') === 'done');
}

/** Of freezes that are still to be carried on or lifted: a recovery may stand still for long. */
function notLifted(rest: string): readonly Look[] {
  return [
    (input) => {
      const frozen = input.plan.steps.filter(
        (step) =>
          step.role === 'contain' && maybeFrozenByUs(freezesOf(input), step) && !isSettled(input, step),
      );
      return freezesLeft(input.plan, frozen, `or sent the transaction that does. ${rest}`);
    },
  ];
}

const STANDS_STILL = notLifted(
  'Each freeze goes along to the replacement with its token, and is lifted there when the recovery is resumed.',
);

/** The journal does not know whether the process that works on it is still there. */
const UNDER_WAY = notLifted(
  'While it is under way, or if it was cut off, nobody moves them: each freeze goes along to the replacement with its token, and is lifted there. Resume a recovery that was cut off.',
);

/**
 * What was handed out is beyond the desk. Carried out late or twice it recovers nothing a second time, but the lifting of a
 * freeze would undo one that somebody sets later.
 */
const handedOut: Look = ({ handOuts }) =>
  handOuts.length === 0
    ? null
    : {
        code: 'HANDED_OUT_CALLS',
        message: `Calls were handed out for ${list(handOuts.map(({ signer }) => signer))}. Have every copy that still waits to be signed there rejected: carried out late, it could set a freeze again, or lift one that was set since.`,
      };

/** After an end without a recovery this is what others must know of. */
const AFTER_FAILURE: readonly Look[] = [
  handedOut,
  coinGiven,
  (input) => {
    const { plan } = input;
    const frozen = plan.steps.filter((step) => step.role === 'contain' && frozenByUs(freezesOf(input), step));
    return freezesLeft(
      plan,
      frozen,
      'and that stands. Where the balance was recovered to another wallet, that wallet has the freeze now: have the custodian look, and lift it there.',
    );
  },
];

const AFTER_RECOVERY: readonly Look[] = [
  handedOut,
  ({ preview }) =>
    preview.claims.length === 0
      ? null
      : {
          code: 'CLAIMS_TO_REISSUE',
          message: `Claims do not move by themselves. Have them issued on the replacement identity: ${list(
            preview.claims.map((claim) => claim.topicName ?? `topic ${claim.topic}`),
          )}.`,
        },
  tokensToRetry,
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
    const movable = input.failures.filter(
      (failure) =>
        !standsFrozen(input, failure) &&
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
    const unlifted = plan.steps.filter(
      (step) => step.role === 'release' && steps.get(step.name)?.state === 'failed',
    );
    const tokens = unlifted.map((step) => step.token);
    const unproven = unlifted.flatMap((step) =>
      steps.get(step.name)?.reason === 'FREEZE_UNPROVEN' ? [step.token] : [],
    );
    const unknown = symbolsOf(plan, unproven);
    const ours = symbolsOf(
      plan,
      tokens.filter((token) => !unproven.includes(token)),
    );
    const others = symbolsOf(
      plan,
      seen(steps).frozen.filter((token) => !tokens.includes(token)),
    );
    const told = [
      ...(ours.length === 0
        ? []
        : [
            `The freeze that this recovery set was carried to the replacement and could not be lifted on ${list(ours)}.`,
          ]),
      ...(unknown.length === 0
        ? []
        : [
            `The replacement is frozen on ${list(unknown)}, and no log shows who set that last: it was not lifted. Ask the custodian who did, and to lift it where nobody needs it; then resume.`,
          ]),
      ...(others.length === 0
        ? []
        : [
            `The replacement is frozen on ${list(others)}, and not by this recovery: the freeze of the lost wallet went along, or was set since. Whoever set it decides about it.`,
          ]),
    ];
    return told.length === 0 ? null : { code: 'REPLACEMENT_LEFT_FROZEN', message: told.join(' ') };
  },
  ({ preview }) => {
    const names = lostPreviews(preview).flatMap(({ notRecoverable: { nativeBalance, tokens } }) => [
      ...(nativeBalance === '0' ? [] : ['native coin']),
      ...tokens.map((token) => token.symbol),
    ]);
    return names.length === 0
      ? null
      : {
          code: 'NOT_RECOVERABLE_HERE',
          message: `Left on the lost wallet, moved by its key alone: ${list(names)}.`,
        };
  },
  ...DIRECTORY_AFTER_RECOVERY,
  ...WALLETS_AFTER_RECOVERY,
  ({ plan, handOver }) => {
    const wallets = notHandedOver(plan, handOver);
    return wallets.length === 0
      ? null
      : {
          code: 'HAND_OVER_WALLET',
          message: `Hand the keystore of ${wallets.join(', and that of ')} and its passphrase to the holder by two separate ways, and mark the hand-over done${wallets.length === 1 ? '' : ', each by itself'}: until then the desk keeps them.`,
        };
  },
  () => ({
    code: 'LISTS_AND_SETTLEMENTS',
    message:
      'Allow lists, block lists, open settlements, yield, vesting and airdrops name the old wallet or identity: have them checked.',
  }),
  ({ plan, steps }) => {
    const again = symbolsOf(plan, seen(steps).again);
    return again.length === 0
      ? null
      : {
          code: 'LOST_WALLET_HOLDS_AGAIN',
          message: `Since their recovery somebody paid ${list(again)} into the lost wallet. A new recovery to the same replacement picks it up.`,
        };
  },
  ({ steps }) => {
    const verify = verifyRow(steps);
    return verify?.state === 'failed'
      ? { code: 'VERIFY_BY_HAND', message: verify.message ?? 'Verify by hand.' }
      : null;
  },
];

const LOOKS: Readonly<Record<RecoveryStatus, readonly Look[]>> = {
  running: UNDER_WAY,
  waiting: [...STANDS_STILL, ...DIRECTORY_STANDING],
  stopped: [...STANDS_STILL, ...DIRECTORY_STANDING],
  cancelled: [handedOut, ...DIRECTORY_AFTER_FAILURE],
  failed: [...AFTER_FAILURE, ...DIRECTORY_AFTER_FAILURE],
  completed: AFTER_RECOVERY,
  completed_with_token_failures: AFTER_RECOVERY,
};

/** What must follow where the recovery stands, in the order in which it is told. */
export function followUps(input: FollowUpInput): readonly FollowUp[] {
  return LOOKS[input.status].flatMap((look) => look(input) ?? []);
}
