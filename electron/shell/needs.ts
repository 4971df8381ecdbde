/**
 * The room of everything that touches the windowing runtime: windows, their origins, what a page may ask for and what
 * it may not. It imports Electron's types alone; main hands the real parts in. It must never decide about a recovery:
 * it asks the person and passes the answer on.
 */
import type { EntryVerdict, EntryView } from '../../shared/entry-view.ts';
import type { Sender } from '../ipc/needs.ts';

/** What of the workbench the windows have to know. */
export interface RunningWork {
  /** The recovery that is being executed now; null for none. */
  running(): string | null;
  /** Ends the execution at its next safe point. Settles when it has ended. */
  stopSafely(): Promise<void>;
  /** Closes the store and everything else. Nothing may be asked afterwards. */
  close(): Promise<void>;
}

/** Answers one call of a page; never rejects. `sender` is null where its frame is gone. */
export type Dispatch = (name: unknown, input: unknown, sender: Sender | null) => Promise<unknown>;

export interface FileFilter {
  readonly name: string;
  /** Without the dot. */
  readonly extensions: readonly string[];
}

/** The only ways by which a path comes from a person. */
export interface FileDialogs {
  /** @returns the path that a person chose; null where they changed their mind. */
  openFile(ask: { readonly title: string; readonly filters: readonly FileFilter[] }): Promise<string | null>;
  /** Writes the text whole or not at all. @returns the path; null where they changed their mind. */
  saveFile(ask: {
    readonly title: string;
    readonly defaultName: string;
    readonly text: string;
  }): Promise<string | null>;
}

/** The window in which secrets and confirmations are typed (DESIGN 2.6). */
export interface EntryWindow {
  /**
   * Shows a view and passes on what is typed, until `submit` takes it or the person cancels.
   * Only one is open at a time: a second one is cancelled at once.
   */
  ask(view: EntryView, submit: (typed: string) => Promise<EntryVerdict>): Promise<'taken' | 'cancelled'>;
  /** Closes what is open; its `ask` answers `cancelled`. */
  cancel(): void;
}
