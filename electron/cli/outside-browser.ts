/** Opens an address in the person's own browser from the terminal, by the system's own command. */
import { spawn } from 'node:child_process';
import { isBrowserAddress } from '../network/browser-address.ts';

/** Program and arguments. No shell is between: an address is one argument, whatever is in it. */
export function openerOf(platform: NodeJS.Platform, url: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['/usr/bin/open', url];
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/**
 * Resolves when the command has ended well, which may be when the browser ends.
 * @throws Error where the address is none for a browser, or there is no browser.
 */
export async function openOutside(url: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  // SECURITY: other schemes start programs.
  if (!isBrowserAddress(url)) throw new Error('This is no address for a browser.');
  const [program, ...args] = openerOf(platform, new URL(url).href);
  await new Promise<void>((resolve, reject) => {
    // Its words are not the desk's, and a browser in the terminal would take the terminal away.
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.on('error', () => reject(new Error('There is no program on this machine that opens addresses.')));
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error('No browser could be opened.'));
    });
    child.unref();
  });
}
