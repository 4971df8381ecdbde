/** Helper programs as child processes of Node: in the terminal, and in the window on the system's browser. */
import { fork } from 'node:child_process';
import path from 'node:path';
import { converse } from './child-conversation.ts';
import { childEnvironment } from './child-environment.ts';
import type { ChildPrograms } from './needs.ts';

/**
 * @param folder where the built programs lie.
 * @param own the environment of which a program gets what it needs.
 */
export function nodeChildPrograms(
  folder: string,
  own: Readonly<Record<string, string | undefined>> = process.env,
): ChildPrograms {
  return {
    start: (program) => {
      const child = fork(path.join(folder, `${program}.js`), [], {
        env: childEnvironment(own),
        // SECURITY: not the switches of this process; and no signal opens a debugger on it.
        execArgv: ['--disable-sigusr1'],
        // SECURITY: nothing that it prints gets anywhere.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'json',
        // A group of its own: Ctrl-C in the terminal goes to this process, which finishes in order.
        detached: process.platform !== 'win32',
      });
      const talk = converse({
        send: (question) =>
          void child.send(question, (error) => {
            if (error !== null) talk.gone();
          }),
        // By its id, and not to be put off: a program that waits for a keychain ends in no other way.
        kill: () => void child.kill('SIGKILL'),
      });
      child.on('message', (message) => talk.received(message));
      child.once('error', () => talk.gone());
      child.once('exit', () => talk.gone());
      return talk.program;
    },
  };
}
