/** A folder for one test file, gone after it. Call it while the tests are collected. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

export function temporaryFolder(what: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `recovery-desk-${what}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
