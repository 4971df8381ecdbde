import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserEnvironment } from '../../../electron/chromium-runtime/browser-environment.ts';
import { findBrowser } from '../../../electron/chromium-runtime/find-browser.ts';
import { makeProfileFolder, sweepProfiles } from '../../../electron/chromium-runtime/profile-folder.ts';
import { unsafeReason } from '../../../electron/chromium-runtime/safe-start.ts';
import { openerOf } from '../../../electron/chromium-runtime/shell.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the search for a browser', () => {
  const only = (file: string) => (candidate: string) => candidate === file;

  it.each([
    ['linux', '/usr/bin/google-chrome', {}],
    ['darwin', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge', {}],
    ['win32', 'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe', { PROGRAMFILES: 'C:\\Programs' }],
  ] as const)('on %s finds %s', (platform, file, environment) => {
    expect(findBrowser({ platform, environment, isExecutable: only(file) })).toBe(file);
  });

  it('takes the named one, and no other in its place', () => {
    const search = { platform: 'linux', environment: { RECOVERY_DESK_BROWSER: '/opt/mine' } } as const;
    expect(findBrowser({ ...search, isExecutable: () => true })).toBe('/opt/mine');
    expect(() => findBrowser({ ...search, isExecutable: only('/usr/bin/chromium') })).toThrow('/opt/mine');
  });

  it('says so when there is none', () => {
    const search = { platform: 'linux', environment: {}, isExecutable: () => false } as const;
    expect(() => findBrowser(search)).toThrow(
      expect.objectContaining({ code: 'BROWSER_NOT_FOUND' }) as Error,
    );
  });
});

describe('the environment of the browser', () => {
  it('has what it needs for the display and the language, and nothing else', () => {
    const own = {
      PATH: '/bin',
      DISPLAY: ':0',
      LC_ALL: 'C',
      AWS_SECRET: 'x',
      NODE_OPTIONS: 'x',
      LD_PRELOAD: 'x',
      LC_: 'x',
    };
    expect(browserEnvironment(own)).toEqual({ PATH: '/bin', DISPLAY: ':0', LC_ALL: 'C' });
  });
});

describe('the profile folder', () => {
  const parent = temporaryFolder('profiles');

  it('is made for its owner alone', () => {
    const folder = makeProfileFolder(parent);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(path.basename(folder)).toContain(String(process.pid));
  });

  it('of a process that lives no more is removed; others are left alone', () => {
    const dead = path.join(parent, 'recovery-desk-browser-1234567-abc');
    const other = path.join(parent, 'recovery-desk-something');
    mkdirSync(dead);
    mkdirSync(other);
    const before = readdirSync(parent).length;
    sweepProfiles(parent, (pid) => pid === process.pid);
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(other)).toBe(true);
    expect(readdirSync(parent)).toHaveLength(before - 1);
  });
});

describe('a start', () => {
  const safe = { execArgv: ['--disable-sigusr1', '--import', 'x'], environment: {} };

  it('is safe without inspector, foreign options and the signal that opens the inspector', () => {
    expect(unsafeReason(safe)).toBeUndefined();
  });

  it.each([['--inspect'], ['--inspect-brk=0'], ['--inspect-wait']])('is refused with %s', (argument) => {
    expect(unsafeReason({ ...safe, execArgv: [...safe.execArgv, argument] })).toContain('inspector');
  });

  it('is refused with NODE_OPTIONS, and without --disable-sigusr1', () => {
    expect(unsafeReason({ ...safe, environment: { NODE_OPTIONS: '-r x' } })).toContain('NODE_OPTIONS');
    expect(unsafeReason({ ...safe, execArgv: [] })).toContain('--disable-sigusr1');
  });
});

describe('the program that opens an address', () => {
  it('is looked for in absolute folders alone', () => {
    expect(openerOf('linux', 'https://example.com/', '.:relative')).toBeUndefined();
    expect(openerOf('linux', 'https://example.com/', '/nowhere')).toBeUndefined();
  });
});
