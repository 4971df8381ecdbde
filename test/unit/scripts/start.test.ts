import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseRuntime, commandLine, electronBinary } from '../../../resources/scripts/start.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the runtime of a start', () => {
  it('is Electron where its binary is at hand, else the browser', () => {
    expect(chooseRuntime(undefined, '/electron')).toBe('electron');
    expect(chooseRuntime('', undefined)).toBe('chromium');
  });

  it('is the one that is asked for, or none', () => {
    expect(chooseRuntime('chromium', '/electron')).toBe('chromium');
    expect(() => chooseRuntime('electron', undefined)).toThrow('binary');
    expect(() => chooseRuntime('firefox', undefined)).toThrow('firefox');
  });

  it('is Electron only with a binary that can be run', () => {
    const root = temporaryFolder('start');
    const folder = path.join(root, 'node_modules', 'electron');
    mkdirSync(path.join(folder, 'dist'), { recursive: true });
    expect(electronBinary(root)).toBeUndefined();
    writeFileSync(path.join(folder, 'path.txt'), 'electron');
    expect(electronBinary(root)).toBeUndefined();
    const binary = path.join(folder, 'dist', 'electron');
    writeFileSync(binary, '');
    chmodSync(binary, 0o755);
    expect(electronBinary(root)).toBe(binary);
  });

  it('gets the same main, and Node without the signal that opens its inspector', () => {
    const { args } = commandLine('/desk', 'chromium', undefined, ['--extra']);
    expect(args[0]).toBe('--disable-sigusr1');
    expect(args.slice(1)).toEqual([
      '--import',
      '/desk/out/main/chromium-register.js',
      '/desk/out/main/main.js',
      '--extra',
    ]);
    expect(commandLine('/desk', 'electron', '/electron', [])).toEqual({
      command: '/electron',
      args: ['/desk'],
    });
  });
});
