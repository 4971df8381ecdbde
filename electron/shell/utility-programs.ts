import path from 'node:path';
import type { ForkOptions, UtilityProcess } from 'electron';
import { converse } from '../operator/child-conversation.ts';
import { childEnvironment } from '../operator/child-environment.ts';
import type { ChildPrograms } from '../operator/needs.ts';

/** What of a utility process is used. */
type Utility = Pick<UtilityProcess, 'pid' | 'on' | 'once' | 'postMessage' | 'kill'>;

/** The part of Electron that starts them. */
export interface UtilityFork {
  fork(program: string, args: string[], options: ForkOptions): Utility;
}

/** What ends a process by its id. */
type Kill = (pid: number, signal: 'SIGKILL') => void;

/**
 * Helper programs as utility processes: with the RunAsNode fuse off, Electron starts no child as a Node process. Only
 * once the application is ready.
 */
export function setupUtilityPrograms(
  utilityProcess: UtilityFork,
  folder: string,
  own: Readonly<Record<string, string | undefined>> = process.env,
  kill: Kill = (pid, signal) => void process.kill(pid, signal),
): ChildPrograms {
  return {
    start: (program) => {
      const child = utilityProcess.fork(path.join(folder, `${program}.js`), [], {
        serviceName: `Recovery Desk ${program}`,
        env: childEnvironment(own),
        // SECURITY: no switches, and nothing that it prints gets anywhere.
        execArgv: [],
        stdio: 'ignore',
      });
      let unwanted = false;
      const talk = converse({
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a process, not to a window
        send: (question) => child.postMessage(question),
        kill: () => {
          unwanted = true;
          endNow(child, kill);
        },
      });
      // One that was ended before it began has had no id yet.
      child.once('spawn', () => {
        if (unwanted) endNow(child, kill);
      });
      child.on('message', (message) => talk.received(message));
      child.once('exit', () => talk.gone());
      return talk.program;
    },
  };
}

/** Electron's own `kill` asks politely, which a program that waits for a keychain may not hear. */
function endNow(child: Utility, kill: Kill): void {
  if (child.pid === undefined) {
    child.kill();
    return;
  }
  try {
    kill(child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
