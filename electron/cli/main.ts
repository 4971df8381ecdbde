/** The terminal entry: a process around `runTerminal`. */
import { nodeChildPrograms } from '../operator/node-child-programs.ts';
import { openOutside } from './outside-browser.ts';
import { runTerminal } from './program.ts';

// SECURITY: preloaded code or an inspector could read the operator's key from this process.
const opened = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].find((flag) =>
  /--(inspect|require|import|loader|experimental-loader)\b/.test(flag),
);

/** One Ctrl-C may come twice, from the terminal and from the program that started this one. */
const SAME_WISH_MS = 1_000;

const stop = new AbortController();
let asked: number | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    asked ??= performance.now();
    if (stop.signal.aborted) {
      // Ending at once is safe too: the journal holds all that was signed. It only takes a resume to find out.
      if (performance.now() - asked > SAME_WISH_MS) process.exit(130);
      return;
    }
    process.stderr.write('\nStopping at the next safe point. Again to end at once; nothing sent is lost.\n');
    stop.abort();
  });
}

if (opened === undefined) {
  process.exitCode = await runTerminal(
    {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      signal: stop.signal,
      checkpoint: () => undefined,
      // They are built beside this file.
      programs: nodeChildPrograms(import.meta.dirname),
      openExternal: openOutside,
    },
    process.argv.slice(2),
  );
} else {
  process.stderr.write(`Recovery Desk does not run with ${opened}: it could expose the operator's key.\n`);
  process.exitCode = 2;
}
