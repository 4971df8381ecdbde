/**
 * Answers the window (DESIGN 2.2): sender, name; once what answers is there: presence, lock, right, input; then the
 * handler; then its output. Nothing is thrown across. From the check of presence to the start of the handler no turn of the event loop passes, so what was
 * checked still holds when the handler begins.
 */
import type { Answer } from '../../shared/answer.ts';
import type { Json } from '../../shared/canonical.ts';
import { PROCEDURES } from '../../shared/contract.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';
import { DeskError, asDeskError } from '../../shared/errors.ts';
import { createFlood } from './flood.ts';
import {
  isProcedure,
  requirePresence,
  requireProcedure,
  requireRight,
  requireSender,
  requireSignIn,
  requireUnlocked,
} from './guards.ts';
import type { Handlers } from './handlers.ts';
import { createIntentions } from './idempotency.ts';
import type { IntentionBounds } from './idempotency.ts';
import { copyInput } from './input-copy.ts';
import type { CopyBounds } from './input-copy.ts';
import { inputFaults, inputInvalid } from './invalid-input.ts';
import { NO_LOG } from './log.ts';
import type { CallLog } from './log.ts';
import type { Lock, Rights, Sender } from './needs.ts';
import { createTimeBudget } from './time-budget.ts';
import type { TimeBounds } from './time-budget.ts';

export interface DispatchBounds {
  /** Calls under way at once. */
  readonly underWay: number;
  /** Of main, for all calls together. */
  readonly time: TimeBounds;
  readonly input: CopyBounds;
  readonly intentions: IntentionBounds;
}

/**
 * Several times what the window ever needs: the longest input is a signature of 20,000 characters, and a screen is asked
 * for within some tens of milliseconds.
 */
export const DISPATCH_BOUNDS: DispatchBounds = {
  underWay: 64,
  time: { atOnce: 2_000, share: 0.5 },
  input: { characters: 64_000, depth: 12 },
  intentions: { keys: 50_000, answerCharacters: 16_000_000 },
};

/** What answers the window. */
export interface Answering {
  /** Read anew for each call. */
  readonly handlers: Partial<Handlers>;
  readonly rights: Rights;
  readonly lock: Lock;
  /** Settles once the procedure can be answered; left out where everything is there from the start. */
  ready?(name: ProcedureName): Promise<void>;
}

export interface DispatchNeeds {
  readonly desk: Answering;
  /** `scheme://host` of the desk's own page. */
  readonly appOrigin: string;
  readonly log?: CallLog;
  readonly bounds?: DispatchBounds;
  /** A clock in milliseconds, which never goes back. */
  readonly now?: () => number;
}

/** Never rejects. `sender`: as the runtime knows it, null where the frame is gone. */
export type Dispatch = (name: unknown, input: unknown, sender: Sender | null) => Promise<Answer<Json>>;

export function createDispatch(needs: DispatchNeeds): Dispatch {
  const { desk, appOrigin, log = NO_LOG, bounds = DISPATCH_BOUNDS } = needs;
  const { now = () => performance.now() } = needs;
  const { rights, lock } = desk;
  const flood = createFlood(bounds.underWay);
  const time = createTimeBudget(bounds.time, now);
  const intentions = createIntentions(bounds.intentions);

  async function answered(name: unknown, input: unknown, sender: Sender | null): Promise<Answer<Json>> {
    requireSender(sender, appOrigin);
    const known = requireProcedure(name);
    time.require();
    const leave = flood.enter();
    try {
      if (desk.ready !== undefined) await desk.ready(known);
      return await time.count(() => admitted(known, input));
    } finally {
      leave();
    }
  }

  /** A repeat is a call like any other: who may not ask now gets no answer, also not the one of before. */
  function admitted(name: ProcedureName, input: unknown): Promise<Answer<Json>> {
    const copy = copyInput(input, bounds.input);
    requirePresence(name, lock);
    requireUnlocked(name, lock);
    requireSignIn(name, rights);
    const parsed = parsedInput(name, copy);
    requireRight(name, rights, parsed);
    if (!PROCEDURES[name].effect) return reading(name, parsed);
    return intentions.once(name, parsed, () => settled(carriedOut(name, parsed)));
  }

  /** An answer that was long in the making is for who may still know it. */
  async function reading(name: ProcedureName, input: Json): Promise<Answer<Json>> {
    const answer = await settled(carriedOut(name, input));
    requirePresence(name, lock);
    requireRight(name, rights, input);
    return answer;
  }

  async function carriedOut(name: ProcedureName, input: Json): Promise<Json> {
    // The map binds each handler to the schemas of its own name; the union of all of them hides that.
    const handler = desk.handlers[name] as ((input: Json) => unknown) | undefined;
    if (handler === undefined) throw new Error(`nothing answers ${name}`);
    const output = await handler.call(desk.handlers, input);
    const parsed = time.count(() => PROCEDURES[name].output.safeParse(output));
    if (!parsed.success) throw notAsPromised(name, parsed.error);
    return parsed.data;
  }

  return async (name, input, sender) => {
    const started = now();
    const answer = await answered(name, input, sender).catch(refused);
    log.record({
      name: isProcedure(name) ? name : null,
      code: answer.ok ? 'OK' : answer.error.code,
      milliseconds: now() - started,
    });
    return answer;
  };
}

function parsedInput(name: ProcedureName, input: Json): Json {
  const parsed = PROCEDURES[name].input.safeParse(input);
  if (!parsed.success) throw inputInvalid(inputFaults(input, parsed.error));
  return parsed.data;
}

function settled(value: Promise<Json>): Promise<Answer<Json>> {
  return value.then((value): Answer<Json> => ({ ok: true, value }), refused);
}

function refused(thrown: unknown): Extract<Answer<Json>, { ok: false }> {
  return { ok: false, error: asDeskError(thrown).toJSON() };
}

/** The wrong output stays here, and so does what is wrong with it. */
function notAsPromised(name: ProcedureName, cause: unknown): DeskError {
  const { effect } = PROCEDURES[name];
  return new DeskError('OUTPUT_INVALID', {
    message: effect
      ? 'What was asked for was carried out, but its answer is not in the form that was promised and is not shown.'
      : 'The answer is not in the form that was promised and is not shown.',
    remedy: effect ? 'Look at where things stand before you ask again, and report this.' : 'Report this.',
    retry: effect ? 'unsafe' : 'never',
    cause,
  });
}
