/** Runs command lines of the terminal in this process: the same code as the built entry, with streams of its own. */
import { PassThrough, Readable, Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Checkpoint } from '../../electron/desk.ts';
import type { ChildPrograms } from '../../electron/operator/needs.ts';
import { nodeChildPrograms } from '../../electron/operator/node-child-programs.ts';
import type { OpenExternal } from '../../electron/operator/oidc/needs.ts';
import { runTerminal } from '../../electron/cli/program.ts';
import { BUILT } from './keychain-desk.ts';

export interface TerminalRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TerminalOptions {
  readonly signal?: AbortSignal;
  readonly checkpoint?: Checkpoint;
  readonly openExternal?: OpenExternal;
  readonly programs?: ChildPrograms;
  /** Told what is written for a person, when it is. */
  readonly said?: (words: string) => void;
}

/** Runs to the end. There is no terminal to ask on: stdin is empty and no TTY. */
export async function terminal(argv: readonly string[], options: TerminalOptions = {}): Promise<TerminalRun> {
  const stdout = new PassThrough();
  const stderr = new Transform({
    transform(words: Buffer, _encoding, done) {
      options.said?.(words.toString('utf8'));
      done(null, words);
    },
  });
  const written = Promise.all([text(stdout), text(stderr)]);
  const code = await runTerminal(
    {
      stdin: Readable.from([]),
      stdout,
      stderr,
      signal: options.signal ?? new AbortController().signal,
      checkpoint: options.checkpoint ?? (() => undefined),
      programs: options.programs ?? nodeChildPrograms(BUILT),
      openExternal: options.openExternal ?? (() => Promise.reject(new Error('there is no browser'))),
    },
    argv,
  );
  stdout.end();
  stderr.end();
  const [out, errors] = await written;
  return { code, stdout: out, stderr: errors };
}
