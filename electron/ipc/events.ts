/**
 * What main tells the window unasked. A burst becomes its newest event: the window shows states, and an older state
 * is of no use to it. Nothing is told to who may not know it, and nothing that the contract does not describe.
 */
import { EVENTS } from '../../shared/contract.ts';
import type { EventSpec, PayloadOf } from '../../shared/contract.ts';
import type { EventName } from '../../shared/contract-names.ts';
import type { Json } from '../../shared/canonical.ts';
import { DeskError, asDeskError } from '../../shared/errors.ts';
import { hasRight } from './guards.ts';
import { NO_LOG } from './log.ts';
import type { CallLog } from './log.ts';
import type { Lock, Rights } from './needs.ts';

/** Milliseconds between two events of one name: ten a second are as many as an eye follows. */
const PAUSE = 100;

export interface EventsNeeds {
  /** Hands a payload to the window. May throw where there is no window. */
  readonly send: (name: EventName, payload: Json) => void;
  readonly rights: Rights;
  readonly lock: Pick<Lock, 'closed'>;
  readonly log?: CallLog;
  /** What is told and to whom; the contract's own unless a test gives another. */
  readonly specs?: Readonly<Record<EventName, EventSpec>>;
}

export interface Events {
  /** Tells, now or in a moment. Never throws: whoever emits has better things to do than to watch a window. */
  emit<E extends EventName>(name: E, payload: PayloadOf<E>): void;
  /** Tells nothing any more, also not what was still to be told. */
  close(): void;
}

/** The pause after an event, and the newest that came in it. */
interface Pause {
  timer: NodeJS.Timeout;
  newest: { readonly payload: unknown } | null;
}

export function createEvents({ send, rights, lock, log = NO_LOG, specs = EVENTS }: EventsNeeds): Events {
  const pauses = new Map<EventName, Pause>();
  let closed = false;

  function tell(name: EventName, payload: unknown): void {
    try {
      const { payload: schema, right, whileLocked } = specs[name];
      const parsed = schema.safeParse(payload);
      if (!parsed.success) throw notAsPromised(parsed.error);
      // Asked here and not when it came: who signs out, or leaves the desk, in between is told nothing.
      const present = whileLocked === true || !lock.closed();
      if (present && hasRight(right, rights, parsed.data)) send(name, parsed.data);
    } catch (thrown) {
      log.record({ name, code: asDeskError(thrown).code, milliseconds: 0 });
    }
  }

  function tellAndPause(name: EventName, payload: unknown): void {
    pauses.set(name, { newest: null, timer: setTimeout(() => afterPause(name), PAUSE) });
    tell(name, payload);
  }

  function afterPause(name: EventName): void {
    const newest = pauses.get(name)?.newest ?? null;
    pauses.delete(name);
    if (newest !== null) tellAndPause(name, newest.payload);
  }

  return {
    emit(name, payload) {
      if (closed) return;
      const pause = pauses.get(name);
      if (pause === undefined) tellAndPause(name, payload);
      else pause.newest = { payload };
    },
    close() {
      closed = true;
      for (const { timer } of pauses.values()) clearTimeout(timer);
      pauses.clear();
    },
  };
}

function notAsPromised(cause: unknown): DeskError {
  return new DeskError('OUTPUT_INVALID', {
    message: 'What the window was to be told is not in the form that was promised. It was not told.',
    remedy: 'Report this.',
    retry: 'never',
    cause,
  });
}
