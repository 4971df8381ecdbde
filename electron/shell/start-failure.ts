import type { App, Dialog, MessageBoxOptions } from 'electron';
import { asDeskError } from '../../shared/errors.ts';

export interface FailureParts {
  readonly app: Pick<App, 'on' | 'exit' | 'whenReady'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly stderr: { write(text: string): unknown };
}

/**
 * Tells why the desk cannot start: in the terminal at once, and in a window until somebody has closed it, for whoever
 * starts it by its icon sees no terminal. Then ends it, as a failure. Where no window can be had, the runtime ends it.
 */
export async function reportStartFailure(
  thrown: unknown,
  { app, dialog, stderr }: FailureParts,
): Promise<void> {
  const { message, remedy } = asDeskError(thrown);
  tellInTerminal(thrown, stderr);
  const end = (): void => app.exit(1);
  // Who ends the program instead of closing the window is told by its code that it failed.
  app.on('will-quit', (event) => {
    event.preventDefault();
    end();
  });
  await app.whenReady();
  const question: MessageBoxOptions = {
    type: 'error',
    title: 'Recovery Desk',
    message: 'Recovery Desk cannot start',
    detail: `${message}\n\n${remedy}`,
    buttons: ['OK'],
  };
  await dialog.showMessageBox(question).catch(() => undefined);
  end();
}

/** Ends a start that is refused, at once. */
// SECURITY: nobody is waited for while another program may be reading along.
export function refuseStart(thrown: unknown, { app, stderr }: Pick<FailureParts, 'app' | 'stderr'>): void {
  tellInTerminal(thrown, stderr);
  app.exit(1);
}

function tellInTerminal(thrown: unknown, stderr: FailureParts['stderr']): void {
  const { code, message, remedy } = asDeskError(thrown);
  stderr.write(`${message}\n${remedy} (${code})\n`);
}
