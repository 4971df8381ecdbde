/** Runs command lines of the terminal in this process: the same code as the built entry, with streams of its own. */
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Checkpoint } from '../../electron/desk.ts';
import { runTerminal } from '../../electron/cli/program.ts';

export interface TerminalRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TerminalOptions {
  readonly signal?: AbortSignal;
  readonly checkpoint?: Checkpoint;
}

/** Runs to the end. There is no terminal to ask on: stdin is empty and no TTY. */
export async function terminal(argv: readonly string[], options: TerminalOptions = {}): Promise<TerminalRun> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = Promise.all([text(stdout), text(stderr)]);
  const code = await runTerminal(
    {
      stdin: Readable.from([]),
      stdout,
      stderr,
      signal: options.signal ?? new AbortController().signal,
      checkpoint: options.checkpoint ?? (() => undefined),
    },
    argv,
  );
  stdout.end();
  stderr.end();
  const [out, errors] = await written;
  return { code, stdout: out, stderr: errors };
}
