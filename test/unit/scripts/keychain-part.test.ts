import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  keychainPartIsDue,
  keychainPartLacks,
  rememberTrial,
  reportKeychainPart,
} from '../../../resources/scripts/keychain-part.mjs';
import { systemPackages } from '../../../resources/scripts/system-packages.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('keychain-part');
let root: string;
let checkout = 0;

const all = { platform: 'linux' as const, exists: () => true };
const without = (name: string) => ({
  platform: 'linux' as const,
  exists: (file: string) => !systemPackages.some((one) => one.name === name && one.files.includes(file)),
});

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function said(): string {
  const lines: string[] = [];
  reportKeychainPart(root, (line) => void lines.push(line));
  return lines.join('\n');
}

beforeEach(() => {
  checkout += 1;
  root = path.join(folder, String(checkout));
  put('package.json', JSON.stringify({ optionalDependencies: { keytar: '7.9.0' } }));
  put('node_modules/.keep', '');
});

describe('keytar', () => {
  it('that was left out is due once all that it is compiled with is there', () => {
    expect(keychainPartIsDue(root, all)).toBe(true);
    for (const name of ['libsecret-1-dev', 'g++', 'make', 'python3']) {
      expect(keychainPartIsDue(root, without(name)), name).toBe(false);
    }
  });

  it('is tried again only after an installation that lacked something', () => {
    rememberTrial(root, without('g++'));
    expect(keychainPartIsDue(root, all)).toBe(true);
    rememberTrial(root, all);
    expect(keychainPartIsDue(root, all)).toBe(false);
  });

  it('that is there is not due, and nothing is said of it', () => {
    put('node_modules/keytar/build/Release/keytar.node', '');
    expect(keychainPartLacks(root)).toBe(false);
    expect(keychainPartIsDue(root, all)).toBe(false);
    expect(said()).toBe('');
  });

  it('that nobody asks for is not due', () => {
    put('package.json', '{}');
    expect(keychainPartIsDue(root, all)).toBe(false);
  });

  it('is not compiled on other systems', () => {
    expect(keychainPartIsDue(root, { ...all, platform: 'win32' })).toBe(false);
  });

  it('that is missing is told, with what to do', () => {
    expect(said()).toContain("no operator's key can be kept with the system's keychain");
    expect(said()).toContain('libsecret-1-dev');
  });
});
