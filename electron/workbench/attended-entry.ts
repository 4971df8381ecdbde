/** The entry window of a desk that somebody is at. */
import type { EntryWindow } from './needs.ts';

/**
 * SECURITY: what is asked shows people and takes confirmations: a desk that was hidden or locked while a browser or a
 * network was waited for asks nothing.
 * @param away whether the desk is hidden or locked.
 */
export function attendedEntry(entry: EntryWindow, away: () => boolean): EntryWindow {
  return {
    ask: async (view, submit) => (away() ? 'cancelled' : entry.ask(view, submit)),
    cancel: () => entry.cancel(),
  };
}
