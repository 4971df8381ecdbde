/**
 * Begins with the browser before the application is loaded: the browser takes as long to its first answer as the
 * application to its services, and neither needs the other until both are there.
 */
import { launchBrowser, type BrowserProcess } from './browser-process.ts';

/** Runs the browser without a window on any display; for tests. */
export const HEADLESS_VARIABLE = 'RECOVERY_DESK_HEADLESS';
/** Names a file that the address of a debugging port is written to; for end-to-end tests. */
export const TEST_PORT_VARIABLE = 'RECOVERY_DESK_TEST_PORT_FILE';

let begun: Promise<BrowserProcess> | undefined;

/**
 * Starts the browser of this process, the first time it is called.
 * @returns the browser once it answers
 * @throws RuntimeError BROWSER_NOT_FOUND, NO_DISPLAY, BROWSER_POLICY_FORBIDS, BROWSER_LOST
 */
export function beginBrowser(): Promise<BrowserProcess> {
  begun ??= launchBrowser({
    headless: process.env[HEADLESS_VARIABLE] === '1',
    // This runtime never runs from a package: there are no others than tests that could ask for a port.
    testPort: process.env[TEST_PORT_VARIABLE] !== undefined,
  });
  return begun;
}
