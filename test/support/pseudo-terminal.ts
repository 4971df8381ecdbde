/** Runs the terminal entry on a real pseudo-terminal, as a person at a keyboard does (`script` of util-linux). */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ENTRY = path.resolve(import.meta.dirname, '../../electron/cli/main.ts');

export const HAS_PSEUDO_TERMINAL =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

export interface PseudoTerminal {
  /** Waits until the screen shows the text after what was waited for before. */
  shows(text: string): Promise<void>;
  type(keys: string): void;
  /** Waits for the end. `screen`: all that was to be seen; `stdout`: what a pipe would have received. */
  end(): Promise<{ readonly code: number; readonly screen: string; readonly stdout: string }>;
}

function quoted(argument: string): string {
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

export function onPseudoTerminal(argv: readonly string[]): PseudoTerminal {
  const folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-pty-'));
  const stdout = path.join(folder, 'stdout');
  const line = [process.execPath, ENTRY, ...argv].map(quoted).join(' ');
  const child = spawn('script', ['-qec', `${line} > ${quoted(stdout)}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let screen = '';
  let seen = 0;
  let look = (): void => undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
    look();
  });
  return {
    shows: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const at = screen.indexOf(text, seen);
          if (at < 0) return;
          seen = at + text.length;
          resolve();
        };
        child.once('exit', () => reject(new Error(`ended without showing "${text}":\n${screen}`)));
        look();
      }),
    type: (keys) => void child.stdin.write(keys),
    async end() {
      const [code] = await exited;
      const written = readFileSync(stdout, 'utf8');
      rmSync(folder, { recursive: true });
      return { code: Number(code), screen, stdout: written };
    },
  };
}
