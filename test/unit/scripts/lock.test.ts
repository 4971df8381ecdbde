import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../resources/scripts/lock.mjs';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'recovery-desk-lock-'));
  folder = path.join(root, 'lock');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function leaveLock(owner: { pid: number; started: string }): void {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'owner.json'), JSON.stringify({ ...owner, token: 'left behind' }));
}

describe('the set-up lock', () => {
  it('lets one at a time in, tells who waits, and leaves nothing behind', async () => {
    const waitedFor: number[] = [];
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      return most;
    };
    const runs = [1, 2, 3].map(() => withLock(folder, work, (pid: number) => waitedFor.push(pid)));
    expect(await Promise.all(runs)).toEqual([1, 1, 1]);
    expect(new Set(waitedFor)).toEqual(new Set([process.pid]));
    expect(readdirSync(root)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const failing = withLock(folder, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await withLock(folder, () => Promise.resolve('in'))).toBe('in');
  });

  it('is taken over from a process that has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    leaveLock({ pid, started: '1' });
    expect(await withLock(folder, () => Promise.resolve('in'))).toBe('in');
    expect(readdirSync(root)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'is taken over when its process id now belongs to another',
    async () => {
      leaveLock({ pid: process.pid, started: 'before the restart' });
      expect(await withLock(folder, () => Promise.resolve('in'))).toBe('in');
    },
  );

  it('fails at once, and does not wait for ever, where no lock can be made', async () => {
    writeFileSync(path.join(root, 'file'), '');
    const impossible = withLock(path.join(root, 'file', 'lock'), () => Promise.resolve('in'));
    await expect(impossible).rejects.toThrow('ENOTDIR');
  });
});
