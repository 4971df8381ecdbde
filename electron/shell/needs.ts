/**
 * The room of everything that touches the windowing runtime: windows, their origins, what a page may ask for and what
 * it may not. It imports Electron's types alone; main hands the real parts in. It must never decide about a recovery:
 * it asks the person and passes the answer on.
 */
import type { LockCause } from '../../shared/operator.ts';
import type { Sender } from '../ipc/needs.ts';

/** What of the workbench the windows have to know. */
export interface RunningWork {
  /** Whether a recovery is being executed, or is about to be: its confirmation was typed. */
  busy(): boolean;
  /** Whether the last one came to its end; not where it waits, stopped or could not be begun. */
  ended(): boolean;
  /** Ends the execution at its next safe point. Settles when it has ended. */
  stopSafely(): Promise<void>;
  /** Closes the store and everything else. Nothing may be asked afterwards. */
  close(): Promise<void>;
}

/** Answers one call of a page; never rejects. `sender` is null where its frame is gone. */
export type Dispatch = (name: unknown, input: unknown, sender: Sender | null) => Promise<unknown>;

/** What is locked while nobody may be sitting at the machine. */
export interface Lockable {
  lock(cause: Extract<LockCause, 'screen_lock' | 'suspend'>): void;
}
