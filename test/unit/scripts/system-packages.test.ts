import { describe, expect, it } from 'vitest';
import {
  installCommands,
  instructions,
  missingPackages,
  provideSystemPackages,
  systemPackages,
} from '../../../resources/scripts/system-packages.mjs';
import type { SystemPackage } from '../../../resources/scripts/system-packages.mjs';

/** An entry of the table itself, so that these tests speak of what set-up really installs. */
function entry(name: string): SystemPackage {
  const found = systemPackages.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no entry for ${name}`);
  return found;
}

const browser = entry('chromium');
const display = entry('xvfb');

/** A machine that records what is run on it; installing puts the packages' first files there. */
function machine(host: { debian: boolean; root: boolean }, present: string[] = [], exitCode = 0) {
  const files = new Set(present);
  const ran: string[] = [];
  const said: string[] = [];
  const parts = () => ({
    host,
    exists: (file: string) => files.has(file),
    run: (command: string, args: string[]) => {
      ran.push([command, ...args].join(' '));
      if (exitCode === 0 && args[0] === 'install') {
        for (const { name, files: given } of systemPackages)
          if (args.includes(name)) files.add(given[0] ?? '');
      }
      return Promise.resolve(exitCode);
    },
    log: (line: string) => {
      said.push(line);
    },
  });
  return { parts, ran, said };
}

describe('the table of system packages', () => {
  it('names for each package the files that show it and what it is needed for', () => {
    for (const entry of systemPackages) {
      expect(entry.files.length, entry.name).toBeGreaterThan(0);
      expect(
        entry.files.every((file) => file.startsWith('/')),
        entry.name,
      ).toBe(true);
      expect(entry.neededFor, entry.name).not.toBe('');
    }
  });

  const beside = ['xvfb', 'xauth'].concat(
    ['libsecret-1-dev', 'g++', 'make', 'python3'],
    ['dbus', 'gnome-keyring', 'libglib2.0-bin', 'libusb-1.0-0'],
  );

  it('holds what the window, the keychain, hardware signers and their tests need', () => {
    expect(systemPackages.map(({ name }) => name)).toEqual(['chromium', ...beside]);
  });

  it.each([
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge',
  ])('is content with the browser %s', (browserFile) => {
    const exists = (file: string) => file === browserFile;
    expect(missingPackages(systemPackages, exists).map(({ name }) => name)).toEqual(beside);
  });

  it('counts a package as there when any one of its files is', () => {
    const exists = (file: string) => file === '/usr/bin/google-chrome';
    expect(missingPackages([browser, display], exists)).toEqual([display]);
  });
});

describe('installing', () => {
  it('updates the lists once and installs all that is missing at once', () => {
    expect(installCommands([browser, display])).toEqual([
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium', 'xvfb'],
    ]);
  });

  it('happens on Debian as root, for what is missing alone', async () => {
    const { parts, ran, said } = machine({ debian: true, root: true }, ['/usr/bin/Xvfb']);
    await provideSystemPackages([browser, display], parts);
    expect(ran).toEqual(['apt-get update', 'apt-get install -y --no-install-recommends chromium']);
    expect(said.join('\n')).not.toContain('going on without');
  });

  it('runs and says nothing when all is there', async () => {
    const { parts, ran, said } = machine({ debian: true, root: true }, [
      '/usr/bin/chromium',
      '/usr/bin/Xvfb',
    ]);
    await provideSystemPackages([browser, display], parts);
    expect([ran, said]).toEqual([[], []]);
  });

  it('that fails stops at the failed command, says what will be missing, and goes on', async () => {
    const { parts, ran, said } = machine({ debian: true, root: true }, [], 100);
    await provideSystemPackages([browser], parts);
    expect(ran).toEqual(['apt-get update']);
    expect(said).toContain('"apt-get update" ended with exit code 100');
    expect(said.join('\n')).toContain('without chromium: no window');
  });
});

describe('without the right to install', () => {
  it('prints the exact command and what will be missing, and runs nothing', async () => {
    const { parts, ran, said } = machine({ debian: true, root: false });
    await provideSystemPackages([browser, display], parts);
    expect(ran).toEqual([]);
    expect(said).toEqual([
      'system packages are missing; to install them: sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium xvfb',
      "without chromium: no window where Electron's own browser is not at hand, and no tests of it",
      'without xvfb: no tests of the window on a machine without a screen',
      'going on without them',
    ]);
  });

  it('names the packages where the system is not Debian', () => {
    const [line] = instructions([browser], { debian: false, root: true });
    expect(line).toContain("the same as Debian's chromium");
  });
});
