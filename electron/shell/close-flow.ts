import type { App, BrowserWindow } from 'electron';
import { assertNever } from '../../shared/assert-never.ts';
import {
  CLOSE_CHOICES,
  CLOSE_QUESTION,
  STOP_FAILED,
  STOPPING_NOTE,
  type CloseChoice,
} from './close-questions.ts';
import type { DeskWindow } from './desk-window.ts';
import type { Ask } from './messages.ts';
import type { RunningWork } from './needs.ts';

/** How often a desk without a window looks whether its recovery has ended. */
const LOOK_MS = 1_000;

export interface CloseFlowParts {
  readonly app: Pick<App, 'on' | 'quit'>;
  readonly work: Pick<RunningWork, 'busy' | 'ended' | 'stopSafely'>;
  readonly desk: DeskWindow;
  readonly ask: Ask;
}

/**
 * Closing and quitting while a recovery runs: the person decides, and it is never stopped silently.
 * @returns what every desk window has to be told to as it is made.
 */
export function setupCloseFlow(parts: CloseFlowParts): (window: Pick<BrowserWindow, 'on'>) => void {
  const flow = new CloseFlow(parts);
  parts.app.on('before-quit', (event) => {
    if (flow.mayQuit) return;
    event.preventDefault();
    flow.wantsToLeave();
  });
  parts.app.on('window-all-closed', () => flow.windowGone());
  return (window) => {
    flow.windowOpened();
    window.on('close', (event) => {
      if (flow.mayClose) return;
      event.preventDefault();
      flow.wantsToLeave();
    });
  };
}

class CloseFlow {
  readonly #parts: CloseFlowParts;
  #mode: 'open' | 'background' | 'stopping' = 'open';
  #asking = false;
  #looking: NodeJS.Timeout | undefined;

  constructor(parts: CloseFlowParts) {
    this.#parts = parts;
  }

  get mayQuit(): boolean {
    return !this.#parts.work.busy();
  }

  get mayClose(): boolean {
    return this.mayQuit || this.#mode === 'background';
  }

  windowOpened(): void {
    clearInterval(this.#looking);
    if (this.#mode === 'background') this.#mode = 'open';
  }

  windowGone(): void {
    // Without a window the desk ends by how its recovery does.
    if (this.#mode === 'background') return;
    if (this.mayQuit) {
      this.#parts.app.quit();
      return;
    }
    // Not every runtime lets a closing window be held. It comes back on the running recovery, and asks.
    this.#parts.desk.show();
    this.wantsToLeave();
  }

  wantsToLeave(): void {
    if (this.#asking) return;
    this.#asking = true;
    // Later, because a window that cannot be held is gone by then, and the one in its place carries the question.
    setImmediate(() => {
      // A question that could not be put changes nothing.
      void this.#ask()
        .catch(() => undefined)
        .finally(() => {
          this.#asking = false;
        });
    });
  }

  async #ask(): Promise<void> {
    if (this.#mode === 'stopping') {
      await this.#parts.ask(STOPPING_NOTE);
      return;
    }
    const choice = CLOSE_CHOICES[await this.#parts.ask(CLOSE_QUESTION)] ?? 'keep';
    if (choice === 'stop' && this.mayQuit) this.#parts.app.quit();
    else this.#follow(choice);
  }

  #follow(choice: CloseChoice): void {
    switch (choice) {
      case 'keep':
        // One that was closed in the meantime comes back, unless with the recovery all was over by then.
        if (this.#parts.desk.current() === null && !this.mayQuit) this.#parts.desk.show();
        return;
      case 'background':
        this.#goOnWithoutWindow();
        return;
      case 'stop':
        this.#mode = 'stopping';
        void this.#stop();
        return;
      default:
        assertNever(choice);
    }
  }

  #goOnWithoutWindow(): void {
    // It may be over since the question was put.
    if (this.#isOver()) return;
    this.#mode = 'background';
    this.#parts.desk.current()?.destroy();
    clearInterval(this.#looking);
    this.#looking = setInterval(() => void this.#isOver(), LOOK_MS);
  }

  /** With a recovery that ended the desk ends too; one that waits or stopped needs somebody, so its window comes back. */
  #isOver(): boolean {
    if (!this.mayQuit) return false;
    if (this.#parts.work.ended()) this.#parts.app.quit();
    else this.#parts.desk.show();
    return true;
  }

  async #stop(): Promise<void> {
    try {
      await this.#parts.work.stopSafely();
      this.#parts.app.quit();
    } catch {
      await this.#parts.ask(STOP_FAILED);
    } finally {
      this.#mode = 'open';
    }
  }
}
