import type { Shell } from 'electron';
import { isBrowserAddress } from '../network/browser-address.ts';

/**
 * Opens addresses in the person's own browser, which is none of the desk's windows.
 * @returns a function that rejects where the address is none for a browser, or none can be opened.
 */
export function setupOutsideBrowser(shell: Pick<Shell, 'openExternal'>): (url: string) => Promise<void> {
  return async (url) => {
    // SECURITY: other schemes start programs; whoever asks, none of them is the desk's business.
    if (!isBrowserAddress(url)) throw new Error('This is no address for a browser.');
    await shell.openExternal(url);
  };
}
