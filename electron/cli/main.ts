/** The terminal entry: a process around `runTerminal`. */
import { runTerminal } from './program.ts';

// SECURITY: preloaded code or an inspector could read the operator's key from this process.
const opened = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].find((flag) =>
  /--(inspect|require|import|loader|experimental-loader)\b/.test(flag),
);

const stop = new AbortController();
let asked = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    asked += 1;
    // Ending at once is safe too: the journal holds all that was signed. It only takes a resume to find out.
    if (asked > 1) process.exit(130);
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
    },
    process.argv.slice(2),
  );
} else {
  process.stderr.write(`Recovery Desk does not run with ${opened}: it could expose the operator's key.\n`);
  process.exitCode = 2;
}
