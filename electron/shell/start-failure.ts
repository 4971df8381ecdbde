import type { App, Dialog, MessageBoxOptions } from 'electron';
import { asDeskError, type DeskError } from '../../shared/errors.ts';
import type { OrderlyEnd } from './orderly-end.ts';

const TITLE = 'Recovery Desk cannot start';

export interface FailureParts {
  readonly app: Pick<App, 'whenReady' | 'releaseSingleInstanceLock'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly end: Pick<OrderlyEnd, 'failed' | 'begin'>;
  /** Writes a line in the terminal. */
  readonly write: (line: string) => void;
}

/**
 * Tells why the desk cannot start: in the terminal at once, and in a window until somebody has closed it, for whoever
 * starts it by its icon sees no terminal. Then ends it, as a failure. Where no window can be had, the runtime ends it.
 */
export async function reportStartFailure(thrown: unknown, parts: FailureParts): Promise<void> {
  const { app, dialog, end, write } = parts;
  const error = asDeskError(thrown);
  write(inTerminal(error));
  end.failed();
  // Whoever has put it right starts the desk anew, whether or not this was closed by then.
  app.releaseSingleInstanceLock();
  await app.whenReady();
  const question: MessageBoxOptions = {
    type: 'error',
    title: 'Recovery Desk',
    message: TITLE,
    detail: `${error.message}\n\n${error.remedy}`,
    buttons: ['OK'],
  };
  await dialog.showMessageBox(question).catch(() => undefined);
  end.begin();
}

/** Tells of a start that is refused, and ends it before anything of the desk was opened. */
// SECURITY: without services, and in Electron with the whole program held up: another program may be reading along.
export function refuseStart(
  thrown: unknown,
  parts: Pick<FailureParts, 'write'> & {
    readonly app: Pick<App, 'exit'>;
    readonly dialog: Pick<Dialog, 'showErrorBox'>;
  },
): void {
  const error = asDeskError(thrown);
  parts.write(inTerminal(error));
  parts.dialog.showErrorBox(TITLE, `${error.message}\n\n${error.remedy}`);
  parts.app.exit(1);
}

function inTerminal({ code, message, remedy }: DeskError): string {
  return `${message}\n${remedy} (${code})`;
}
