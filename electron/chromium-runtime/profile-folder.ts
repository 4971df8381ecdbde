import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PREFIX = 'recovery-desk-browser-';

/**
 * A fresh browser profile below `parent`, readable by its owner alone. Its name carries the id of the
 * process it belongs to, by which a later start knows what was left behind.
 * @returns its path
 */
export function makeProfileFolder(parent: string, pid = process.pid): string {
  sweepProfiles(parent);
  // SECURITY: mkdtemp makes it 0700 under a name that nobody can have made beforehand.
  const folder = mkdtempSync(path.join(parent, `${PREFIX}${pid}-`));
  mkdirSync(path.join(folder, 'Default'), { mode: 0o700 });
  writeFileSync(path.join(folder, 'Default', 'Preferences'), JSON.stringify(preferences), { mode: 0o600 });
  return folder;
}

/** Removes the profiles of processes that live no more. */
export function sweepProfiles(parent: string, isAlive: (pid: number) => boolean = processLives): void {
  for (const name of readdirSync(parent)) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`, 'u').exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) removeProfile(path.join(parent, name));
  }
}

/** Removes a profile; what the browser still holds open stays for the next sweep. */
export function removeProfile(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A profile of another user, or one still in use.
  }
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// SECURITY: nothing typed into the window is kept, filled in or offered again by the browser.
const preferences = {
  credentials_enable_service: false,
  profile: { password_manager_enabled: false, password_manager_leak_detection: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  search: { suggest_enabled: false },
  safebrowsing: { enabled: false },
  translate: { enabled: false },
  // SECURITY: WebRTC sends no packet past the proxy, which is dead.
  webrtc: { ip_handling_policy: 'disable_non_proxied_udp' },
};
