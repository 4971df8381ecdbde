/** A display that nobody looks at, for tests of real windows. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export class VirtualDisplay {
  readonly name: string;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
  }

  /** Xvfb chooses a free number itself, so that runs beside each other do not meet. */
  static async open(): Promise<VirtualDisplay> {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const output = child.stdio[3] as Readable;
    const [chunk] = (await once(output, 'data')) as [Buffer];
    return new VirtualDisplay(`:${chunk.toString('utf8').trim()}`, child);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }
}
