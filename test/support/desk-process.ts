/** The terminal as real processes, with or without a fault. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fault } from './fault.ts';
import type { TerminalRun } from './terminal.ts';
import { projectRoot } from './tree.ts';

/** Compiled code of earlier processes: a start takes half as long. */
export const COMPILED = path.join(tmpdir(), 'recovery-desk-test-compiled');
/** What `build-processes.ts` built before the suite. */
export const STARTED = path.join(projectRoot, 'out', 'test');
const ENTRY = path.join(STARTED, 'crashing-cli.js');
const MAIN = path.join(STARTED, 'cli.js');

export interface ProcessRun extends TerminalRun {
  /** The signal that ended it, if one did. */
  readonly signal: NodeJS.Signals | null;
}

async function run(
  entry: readonly string[],
  said?: (line: string, pid: number) => void,
): Promise<ProcessRun> {
  const child = spawn(process.execPath, entry, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  const { pid } = child;
  if (pid !== undefined && said !== undefined) {
    child.stderr.on('data', (chunk: Buffer) => said(chunk.toString('utf8'), pid));
  }
  const [[code, signal], stdout, stderr] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code: typeof code === 'number' ? code : -1, signal, stdout, stderr };
}

/** Runs a command line in a process that faults itself as told. */
export function faultyDesk(fault: Fault, argv: readonly string[]): Promise<ProcessRun> {
  return run([ENTRY, JSON.stringify(fault), ...argv]);
}

/** Runs a command line in the real entry. @param said is told what it writes to stderr, as it comes. */
export function deskProcess(
  argv: readonly string[],
  said?: (text: string, pid: number) => void,
): Promise<ProcessRun> {
  return run([MAIN, ...argv], said);
}
