import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InstanceLock, type SecondStart } from '../../../electron/chromium-runtime/instance-lock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the lock of an instance', () => {
  const folder = temporaryFolder('instance-lock');

  it('is held by one, who is told of others', async () => {
    const told: SecondStart[] = [];
    const [first, second] = [new InstanceLock(folder), new InstanceLock(folder)];
    expect(first.acquire({ argv: [], cwd: '/' }, (start) => told.push(start))).toBe(true);
    expect(second.acquire({ argv: ['desk', 'now'], cwd: '/home' }, () => undefined)).toBe(false);
    await expect.poll(() => told).toEqual([{ argv: ['desk', 'now'], cwd: '/home' }]);
    first.release();
    expect(second.acquire({ argv: [], cwd: '/' }, () => undefined)).toBe(true);
    second.release();
  });

  it('lies in a folder of its owner alone', () => {
    expect(statSync(path.join(folder, 'instance')).mode & 0o777).toBe(0o700);
  });
});
