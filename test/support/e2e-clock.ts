/** The clock of a desk under test, which a test puts ahead: the desk is told of nothing, as when a machine slept. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DeskRun } from './e2e-desk.ts';

/** To be loaded by the desk (`DeskOptions.imports`). */
export const CLOCK_AHEAD = path.join(import.meta.dirname, 'clock-ahead.mjs');

export class ClockAhead {
  #ahead = 0;

  /** What the desk takes for now. */
  get now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  put(desk: DeskRun, milliseconds: number): void {
    this.#ahead += milliseconds;
    writeFileSync(path.join(desk.data, '..', 'clock-ahead'), String(this.#ahead));
    desk.child.kill('SIGUSR2');
  }
}
