/** The file dialogs of a desk that somebody is at. */
import { DeskError } from '../../shared/errors.ts';
import type { Dialogs } from './needs.ts';

function left(): DeskError {
  return new DeskError('DESK_LOCKED', {
    message: 'Meanwhile the desk was locked. Nothing was read from a file or written to one.',
    remedy: 'Unlock the desk, then try again.',
    retry: 'safe',
  });
}

/**
 * SECURITY: what is saved tells of people, and a long reading or an open dialog outlasts whoever asked for it: once the
 * desk is hidden or locked no dialog opens, and what is chosen in one that is open counts for nothing.
 * @param away whether the desk is hidden or locked.
 * @returns dialogs that throw DESK_LOCKED then.
 */
export function attendedDialogs(dialogs: Dialogs, away: () => boolean): Dialogs {
  const assertAttended = (): void => {
    if (away()) throw left();
  };
  return {
    async openFile(wanted) {
      assertAttended();
      const file = await dialogs.openFile(wanted);
      assertAttended();
      return file;
    },
    async saveFile(wanted) {
      assertAttended();
      return dialogs.saveFile({ ...wanted, assertMayWrite: assertAttended });
    },
  };
}
