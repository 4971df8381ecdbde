import type { PowerMonitor } from 'electron';

/** What the machine does while nobody may be sitting at it. */
export interface PowerListener {
  screenLocked(): void;
  suspended(): void;
}

/** Tells when the screen is locked or the machine sleeps; a runtime without these events tells nothing. */
export function setupPower(powerMonitor: Pick<PowerMonitor, 'on'>, listener: PowerListener): void {
  powerMonitor.on('lock-screen', () => listener.screenLocked());
  powerMonitor.on('suspend', () => listener.suspended());
}
