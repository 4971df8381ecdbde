import type { CommandLine } from 'electron';

/** Switches by which another program could read and drive the process that holds keys, or the pages. */
const OPENING = /^--(?:inspect|inspect-brk|inspect-port|remote-debugging-port|remote-debugging-pipe)(?:=|$)/u;

/**
 * What an installed desk was started with and must not be; null where there is nothing.
 * A desk in development may be debugged, as its tests do.
 */
export function debuggingAskedFor(
  start: {
    readonly packaged: boolean;
    readonly argv: readonly string[];
    readonly nodeOptions: string | undefined;
  },
  commandLine: Pick<CommandLine, 'hasSwitch'>,
): string | null {
  if (!start.packaged) return null;
  const argument = start.argv.find((one) => OPENING.test(one));
  // SECURITY: code that is loaded this way runs before the first line of main.
  if (start.nodeOptions !== undefined && start.nodeOptions !== '') return 'NODE_OPTIONS';
  if (argument !== undefined) return argument;
  return commandLine.hasSwitch('remote-debugging-port') ? '--remote-debugging-port' : null;
}
