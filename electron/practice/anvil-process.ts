/**
 * One anvil process: started in a process group of its own (Ctrl-C in a terminal must not end it before its owner
 * does) and ended by its own id, at the latest when its owner exits. It hears on the loopback interface only and
 * answers no other origin.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { commandLineOf, isRunning } from './process-identity.ts';

/** Time a node has to write its state after it was asked to end. */
const STOP_MS = 5_000;
const ADOPTED_POLL_MS = 250;

export interface AnvilProcess {
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  hasEnded(): boolean;
  /** Asks it to end (it then writes its state), ends it after a deadline, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts anvil in the folder; its complaints go to node.log there. @throws what spawn throws. */
export async function launchAnvil(
  binary: string,
  args: readonly string[],
  folder: string,
): Promise<AnvilProcess> {
  const log = openSync(path.join(folder, 'node.log'), 'w', 0o600);
  try {
    const child = spawn(binary, args, {
      cwd: folder,
      detached: true,
      env: allowedEnvironment(folder),
      stdio: ['ignore', 'ignore', log],
      windowsHide: true,
    });
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
      });
    });
    const signal = (name: NodeJS.Signals) => void child.kill(name);
    // Nothing may be awaited between the spawn and this.
    endWithOurExit(exited, signal);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    return processOf(child.pid ?? 0, exited, signal, () => {
      child.ref();
    });
  } finally {
    closeSync(log);
  }
}

/** Takes over a process that an earlier owner left; `stateFile` in its command line says that it is still the one. */
export function adoptAnvil(pid: number, stateFile: string): AnvilProcess {
  const exited = (async () => {
    while (isRunning(pid)) await wait(ADOPTED_POLL_MS, undefined, { ref: false });
  })();
  const signal = (name: NodeJS.Signals) => {
    if (isRunning(pid) && isAnvilOf(pid, stateFile)) process.kill(pid, name);
  };
  endWithOurExit(exited, signal);
  return processOf(pid, exited, signal, () => undefined);
}

/** Whether the process is an anvil that works on this state file. */
export function isAnvilOf(pid: number, stateFile: string): boolean {
  const line = commandLineOf(pid);
  return line !== null && line.includes('anvil') && line.includes(stateFile);
}

/**
 * Our exit does not wait for a start that is under way, nor ask who holds the node by then: as long as it lives, it is
 * asked to end.
 */
function endWithOurExit(exited: Promise<void>, signal: (name: NodeJS.Signals) => void): void {
  const atExit = (): void => signal('SIGTERM');
  process.once('exit', atExit);
  void exited.then(() => process.removeListener('exit', atExit));
}

function processOf(
  pid: number,
  exited: Promise<void>,
  signal: (name: NodeJS.Signals) => void,
  hold: () => void,
): AnvilProcess {
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  return {
    pid,
    exited,
    hasEnded: () => gone,
    stop: async () => {
      if (gone) return;
      hold();
      signal('SIGTERM');
      const ended = new AbortController();
      const deadline = wait(STOP_MS, undefined, { signal: ended.signal }).catch(() => undefined);
      await Promise.race([exited, deadline]);
      ended.abort();
      if (!gone) signal('SIGKILL');
      await exited;
    },
  };
}

/** Nothing of the person's environment but what a program needs to run at all; its home is its own folder. */
function allowedEnvironment(folder: string): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { HOME: folder, USERPROFILE: folder, NO_COLOR: '1' };
  for (const name of ['SystemRoot', 'TMPDIR', 'TEMP', 'TMP', 'LANG']) {
    if (process.env[name] !== undefined) environment[name] = process.env[name];
  }
  return environment;
}
