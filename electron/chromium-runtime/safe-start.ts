import { RuntimeError } from './runtime-error.ts';

/** How this process was started. */
export interface Start {
  readonly execArgv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Ends a process that was started in a way that lets others into it.
 * @param start this process, unless a test says otherwise
 */
export function assertSafeStart(
  start: Start = { execArgv: process.execArgv, environment: process.env },
): void {
  const reason = unsafeReason(start);
  if (reason === undefined) return;
  const error = new RuntimeError(
    'UNSAFE_START',
    reason,
    'Start the desk with "npm start", which does it right.',
  );
  process.stderr.write(error.report());
  process.exit(1);
}

/** Why a start is refused; undefined for a safe one. */
export function unsafeReason({ execArgv, environment }: Start): string | undefined {
  // SECURITY: NODE_OPTIONS could load code into the process that holds keys, or open its inspector.
  if (environment['NODE_OPTIONS']) return 'NODE_OPTIONS is set; it could load other code into the desk.';
  // SECURITY: the inspector reads and changes everything in the process.
  if (execArgv.some((argument) => /^--inspect|^--debug/u.test(argument))) {
    return "Node's inspector is on; it could read the desk's memory.";
  }
  // SECURITY: without this switch a signal opens the inspector.
  if (!execArgv.includes('--disable-sigusr1'))
    return 'A signal could open the inspector (--disable-sigusr1 is missing).';
  return undefined;
}
