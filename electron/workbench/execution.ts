/** Runs one recovery at a time, in the background of the window, and tells how it goes. */
import { asDeskError } from '../../shared/errors.ts';
import type { DeskError } from '../../shared/errors.ts';
import type { StatusReason } from '../../shared/journal.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import { hasEnded } from '../../shared/phases.ts';
import type { Plan } from '../../shared/plan.ts';
import { armFor, engineContext } from '../desk.ts';
import type { Checkpoint } from '../desk.ts';
import type { ArmedSigner } from '../operator/armed-signer.ts';
import { runRecovery } from '../recovery/engine.ts';
import type { EngineContext } from '../recovery/engine-context.ts';
import type { Live } from './progress-view.ts';
import type { SignedIn } from './signed-in.ts';
import { nowWords } from './now-words.ts';
import { elsewhere } from './refusals.ts';
import { NO_KEYS } from './replacement-keys.ts';
import type { ReplacementKeys } from './replacement-keys.ts';
import { othersElsewhere, signedElsewhere } from './signed-elsewhere.ts';
import type { Site } from './site.ts';

export interface Execution {
  /** The recovery that is worked on; null for none. */
  readonly current: string | null;
  live(id: string): Live;
  /**
   * The engine's context for work that was reserved, and that this execution will then run: the operator's signer is
   * armed for the confirmed plan, until that work is over.
   * @param keys of replacements that sign steps themselves: armed likewise, and closed then.
   */
  context(
    site: Site,
    operator: Pick<SignedIn, 'signer' | 'address'>,
    plan: Plan,
    proveWallet: EngineContext['proveWallet'],
    keys?: ReplacementKeys,
  ): EngineContext;
  /** Nothing else may begin until it is released: between a decision and its first record there is waiting. */
  reserve(): () => void;
  /** Whether one is worked on, or about to be. */
  readonly busy: boolean;
  /** Whether the last one came to its end: it does not wait, has not stopped, and was begun at all. */
  readonly ended: boolean;
  /** Takes from what is worked on what signs for it: it goes on as far as it can without. */
  disarm(because: DeskError): void;
  /** Begins in the background. */
  run(context: EngineContext, id: string): void;
  /** Asks it to stop at the next safe point, also one that is being begun. @returns when it has. */
  stop(): Promise<void>;
}

export interface ExecutionEvents {
  /** It was reserved or released: what waits for it learns so before there is anything to show. */
  reserved(): void;
  /** Something of it changed. */
  changed(): void;
  /** It works no more: it ended, waits or stopped, or could not be gone on with, which `live` tells. */
  over(id: string): void;
}

export function createExecution(events: ExecutionEvents, checkpoint: Checkpoint): Execution {
  let abort = new AbortController();
  let current: { readonly id: string; readonly done: Promise<void> } | null = null;
  let now = '';
  let reserved: PromiseWithResolvers<void> | null = null;
  let ended = false;
  let armed: readonly ArmedSigner[] = [];
  let opened = NO_KEYS;
  const disarm = (because?: DeskError): void => {
    for (const one of armed) one.disarm(because);
    armed = [];
    opened.close();
    opened = NO_KEYS;
  };
  let failed: { readonly id: string; readonly reason: StatusReason } | null = null;
  return {
    get current() {
      return current?.id ?? null;
    },
    get busy() {
      return current !== null || reserved !== null;
    },
    get ended() {
      return ended;
    },
    reserve() {
      if (current !== null || reserved !== null) throw elsewhere('Another recovery is being executed.');
      const mine = Promise.withResolvers<void>();
      reserved = mine;
      // From here on it can be stopped, so that what follows does not begin anew what was stopped.
      abort = new AbortController();
      ended = false;
      events.reserved();
      return () => {
        reserved = null;
        // Nothing came of it.
        if (current === null) disarm();
        mine.resolve();
        events.reserved();
      };
    },
    live: (id) => ({
      working: current?.id === id,
      now: current?.id === id ? now : '',
      fault: failed?.id === id ? failed.reason : null,
    }),
    disarm,
    context: ({ connection, records, profileFile }, operator, plan, proveWallet, keys = NO_KEYS) => {
      disarm();
      opened = keys;
      const held = operator.signer();
      const own = held === null ? null : armFor(records, held, plan);
      const replacements = keys.signers.map((key) => armFor(records, key, plan));
      armed = own === null ? replacements : [own, ...replacements];
      return engineContext({
        connection,
        records,
        signer: own ?? signedElsewhere(operator.address),
        others: [...othersElsewhere(plan, operator.address, records), ...replacements],
        profileFile,
        proveWallet,
        checkpoint,
        signal: abort.signal,
        progress: (event) => {
          now = nowWords(event) ?? now;
          events.changed();
        },
      });
    },
    run(context, id) {
      if (current !== null) throw new Error(`recovery ${current.id} is being worked on`);
      now = 'Looking where things stand.';
      failed = null;
      const over = (result: RecoveryResult | null): void => {
        current = null;
        disarm();
        ended = result !== null && hasEnded(result.status);
        events.over(id);
      };
      const done = runRecovery(context, id).then(over, (fault: unknown) => {
        const { code, message, remedy } = asDeskError(fault);
        failed = { id, reason: { code, message, remedy } };
        over(null);
      });
      current = { id, done };
      events.changed();
    },
    async stop() {
      abort.abort();
      await reserved?.promise;
      await current?.done;
    },
  };
}
