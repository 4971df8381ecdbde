import type { CommandLine } from 'electron';
import { DeskError } from '../../shared/errors.ts';

/** How a program was started. */
export interface Start {
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Switches by which another program could read and drive the process that holds keys. */
const OPENING = /^--(?:inspect|inspect-brk|inspect-port|inspect-wait|remote-debugging-port)(?:=|$)/u;

/**
 * Refuses to start an installed desk so that it can be debugged. One in development may be, as its tests do.
 * @throws DeskError BAD_USAGE
 */
export function refuseDebugging(
  packaged: boolean,
  { argv, execArgv, env }: Start,
  commandLine: Pick<CommandLine, 'hasSwitch'>,
): void {
  if (!packaged) return;
  // SECURITY: code that is loaded this way runs before the first line of main.
  if ((env['NODE_OPTIONS'] ?? '') !== '') throw refused('NODE_OPTIONS');
  const argument = [...execArgv, ...argv].find((one) => OPENING.test(one));
  if (argument !== undefined) throw refused(argument);
  if (commandLine.hasSwitch('remote-debugging-port')) throw refused('--remote-debugging-port');
}

function refused(what: string): DeskError {
  return new DeskError('BAD_USAGE', {
    message: `Recovery Desk does not run with ${what}: it could expose the operator's key. Nothing was begun.`,
    remedy: `Start the desk without ${what}.`,
    retry: 'never',
  });
}
