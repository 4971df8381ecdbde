/** What signing in by OpenID Connect needs of the rooms above; `desk.ts` hands the implementations in. */

/**
 * Opens an address in the person's own browser: Electron's `shell.openExternal`, or in the terminal the system's own
 * command. Rejects where there is no browser.
 */
export type OpenExternal = (url: string) => Promise<void>;
