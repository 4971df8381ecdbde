import type { App, Dialog } from 'electron';
import { asDeskError } from '../../shared/errors.ts';

/** Tells why the desk cannot start, on the screen and in the terminal, and ends it. */
export function reportStartFailure(
  thrown: unknown,
  parts: {
    readonly app: Pick<App, 'exit'>;
    readonly dialog: Pick<Dialog, 'showErrorBox'>;
    readonly stderr: { write(text: string): unknown };
  },
): void {
  const { code, message, remedy } = asDeskError(thrown);
  parts.stderr.write(`${message}\n${remedy} (${code})\n`);
  parts.dialog.showErrorBox('Recovery Desk cannot start', `${message}\n\n${remedy}`);
  parts.app.exit(1);
}
