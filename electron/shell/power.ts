import type { PowerMonitor } from 'electron';
import type { Lockable } from './needs.ts';

/**
 * Locks when the screen is locked, when the machine sleeps, and on a Mac when another user takes the screen. What a
 * runtime does not tell is in resources/docs/runtimes.md: there the lock goes by its own clock. To be called before the
 * first window loads, which is what the browser watches the screen by.
 */
export function setupPower(powerMonitor: Pick<PowerMonitor, 'on'>, lock: Lockable): void {
  powerMonitor.on('lock-screen', () => lock.lock('screen_lock'));
  powerMonitor.on('user-did-resign-active', () => lock.lock('screen_lock'));
  powerMonitor.on('suspend', () => lock.lock('suspend'));
}
