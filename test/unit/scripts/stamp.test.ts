import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dependenciesAreCurrent, dependenciesDigest } from '../../../resources/scripts/dependencies.mjs';
import { digestOf, isCurrent, stamped } from '../../../resources/scripts/stamp.mjs';

let root: string;

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'recovery-desk-stamp-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('the digest of sources', () => {
  it('stays the same while names and contents do', () => {
    put('electron/a.ts', 'one');
    expect(digestOf(root, ['electron', 'absent'])).toBe(digestOf(root, ['electron', 'absent']));
  });

  it('changes with a content, a name, a new file deep below, and a file taken away', () => {
    put('electron/a.ts', 'one');
    const seen = [digestOf(root, ['electron'])];
    put('electron/a.ts', 'two');
    seen.push(digestOf(root, ['electron']));
    put('electron/store/deep/b.ts', 'two');
    seen.push(digestOf(root, ['electron']));
    rmSync(path.join(root, 'electron/a.ts'));
    seen.push(digestOf(root, ['electron']));
    put('electron/c.ts', 'two');
    seen.push(digestOf(root, ['electron']));
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('a stamped step', () => {
  const stamp = () => path.join(root, 'out', '.stamp');

  it('is current after success, and stale for another digest', async () => {
    await stamped(stamp(), 'abc', async () => {});
    expect(isCurrent(stamp(), 'abc')).toBe(true);
    expect(isCurrent(stamp(), 'abd')).toBe(false);
  });

  it('is stale while it runs and after it failed, even if it was current before', async () => {
    await stamped(stamp(), 'abc', async () => {});
    const failing = stamped(stamp(), 'abc', async () => {
      expect(isCurrent(stamp(), 'abc')).toBe(false);
      throw new Error('cut short');
    });
    await expect(failing).rejects.toThrow('cut short');
    expect(isCurrent(stamp(), 'abc')).toBe(false);
  });
});

describe('installed dependencies', () => {
  const manifest = { dependencies: { zod: '4.6.7' }, scripts: { test: 'one' } };

  function install(): void {
    put('node_modules/.recovery-desk-stamp', `${dependenciesDigest(root)}\n`);
  }

  beforeEach(() => {
    put('package.json', JSON.stringify(manifest));
    put('package-lock.json', '{}');
  });

  it('are stale without node_modules', () => {
    expect(dependenciesAreCurrent(root)).toBe(false);
  });

  it('are current once installed', () => {
    install();
    expect(dependenciesAreCurrent(root)).toBe(true);
  });

  it('are stale when the lockfile changed', () => {
    install();
    put('package-lock.json', '{"changed":true}');
    expect(dependenciesAreCurrent(root)).toBe(false);
  });

  it('are stale when package.json asks for something else', () => {
    install();
    put('package.json', JSON.stringify({ ...manifest, dependencies: { zod: '4.6.8' } }));
    expect(dependenciesAreCurrent(root)).toBe(false);
  });

  it('are current still when only a script in package.json changed', () => {
    install();
    put('package.json', JSON.stringify({ ...manifest, scripts: { test: 'two' } }));
    expect(dependenciesAreCurrent(root)).toBe(true);
  });
});
