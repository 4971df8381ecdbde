/**
 * The workbench: what a person at the window works on. It holds the chosen network, who is signed in, the wizard and the
 * running recovery, and answers the procedures of the contract. It knows no Electron and no page; it must never take
 * from a page more than an id, a choice or a digest.
 */
import type { PayloadOf } from '../../shared/contract.ts';
import type { EventName } from '../../shared/contract-names.ts';
import type { EntryValues, EntryVerdict, EntryView } from '../../shared/entry-view.ts';

export interface FileFilter {
  readonly name: string;
  /** Without the dot. */
  readonly extensions: readonly string[];
}

/** The desk's own file dialogs; null where the person changed their mind. */
export interface Dialogs {
  openFile(wanted: {
    readonly title: string;
    readonly filters: readonly FileFilter[];
  }): Promise<string | null>;
  /** Writes the text whole or not at all. @returns where it was written. */
  saveFile(wanted: {
    readonly title: string;
    readonly defaultName: string;
    readonly text: string;
    /** Asked once a place was chosen: what it throws is thrown, and nothing written. */
    readonly assertMayWrite?: () => void;
  }): Promise<string | null>;
}

/** What came of the entry window: `cancelled` by whoever was to type in it, `lost` where it ended by itself. */
export type EntryOutcome = 'taken' | 'cancelled' | 'lost';

/** The second document, in which confirmations and passphrases are typed (DESIGN 2.6). */
export interface EntryWindow {
  /**
   * Stays open until what was typed is taken, or it is closed. One at a time.
   * @param submit is given exactly the fields of the view that stands: the first, or the `next` of its own last verdict.
   */
  ask(view: EntryView, submit: (values: EntryValues) => Promise<EntryVerdict>): Promise<EntryOutcome>;
  /** Closes what is open; its `ask` answers `cancelled`. */
  cancel(): void;
}

export type Tell = <E extends EventName>(name: E, payload: PayloadOf<E>) => void;
