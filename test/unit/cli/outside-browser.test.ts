import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openerOf, openOutside } from '../../../electron/cli/outside-browser.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('outside-browser');

function install(script: string): void {
  const file = path.join(folder, 'xdg-open');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o700);
}

beforeEach(() => {
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the browser that the terminal opens', () => {
  it('is given the address as one argument, which no shell has read', async () => {
    install(`printf '%s\\n' "$#" "$1" > '${folder}/seen'`);

    await openOutside('https://id.example/login?a=b&c=$(touch x);d', 'linux');

    expect(readFileSync(path.join(folder, 'seen'), 'utf8')).toBe(
      '1\nhttps://id.example/login?a=b&c=$(touch%20x);d\n',
    );
  });

  it('is missed where there is none', async () => {
    install('exit 3');
    await expect(openOutside('https://id.example/', 'linux')).rejects.toThrow('No browser could be opened');

    vi.stubEnv('PATH', '/nowhere');
    await expect(openOutside('https://id.example/', 'linux')).rejects.toThrow('no program');
  });

  it.each(['file:///bin/sh', 'http://id.example/', '--help'])('is not asked for %s', async (url) => {
    await expect(openOutside(url, 'linux')).rejects.toThrow('no address for a browser');
  });

  it('is the one of the system', () => {
    expect(openerOf('darwin', 'u')).toEqual(['/usr/bin/open', 'u']);
    expect(openerOf('win32', 'u')).toEqual(['rundll32.exe', 'url.dll,FileProtocolHandler', 'u']);
    expect(openerOf('linux', 'u')).toEqual(['xdg-open', 'u']);
  });
});
