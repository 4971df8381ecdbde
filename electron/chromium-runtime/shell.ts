import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Shell } from 'electron';
import { browserEnvironment } from './browser-environment.ts';

/** The command that opens an address in the person's own browser; undefined where there is none. */
export function openerOf(
  platform: NodeJS.Platform,
  url: string,
  searchPath: string,
): readonly string[] | undefined {
  if (platform === 'darwin') return ['/usr/bin/open', url];
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', url];
  const program = searchPath
    .split(':')
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, 'xdg-open'))
    .find(isExecutable);
  return program === undefined ? undefined : [program, url];
}

/** The part of Electron's shell that opens an address outside. */
export const shell: Pick<Shell, 'openExternal'> = {
  async openExternal(url) {
    // SECURITY: other schemes start programs; none of them is the application's business.
    if (!isOpened(url)) throw new Error('Only https addresses are opened, and http ones of this machine.');
    const [program, ...args] = openerOf(process.platform, new URL(url).href, process.env['PATH'] ?? '') ?? [];
    if (program === undefined) throw new Error('There is no program on this machine that opens addresses.');
    spawn(program, args, { stdio: 'ignore', detached: true, env: browserEnvironment(process.env) })
      .on('error', () => undefined)
      .unref();
  },
};

function isOpened(url: string): boolean {
  const { protocol, hostname } = URL.parse(url) ?? {};
  if (protocol === 'https:') return true;
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname ?? '');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
