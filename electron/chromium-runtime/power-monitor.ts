import { EventEmitter } from 'node:events';

/**
 * Electron's powerMonitor as far as a page can tell: `lock-screen` and `unlock-screen`, from the
 * browser's idle detection in an open window. Suspending and resuming are not known here.
 */
class ChromiumPowerMonitor extends EventEmitter {
  #locked: boolean | undefined;

  get isWatched(): boolean {
    return this.listenerCount('lock-screen') + this.listenerCount('unlock-screen') > 0;
  }

  /**
   * A window saw the screen; several windows see the same one. What is seen first is no news: displays
   * that cannot tell say "locked" for ever.
   */
  screenSeen(locked: boolean): void {
    const before = this.#locked;
    this.#locked = locked;
    if (before === undefined || before === locked) return;
    this.emit(locked ? 'lock-screen' : 'unlock-screen');
  }
}

export const powerMonitor = new ChromiumPowerMonitor();
