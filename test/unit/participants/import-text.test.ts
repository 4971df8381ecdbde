import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImport } from '../../../electron/participants/local/import-text.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const base = temporaryFolder('import-text');

describe('a file to import', () => {
  it('is read whole', async () => {
    const file = path.join(base, 'people.csv');
    writeFileSync(file, 'id,wallets\n');
    expect((await readImport(file)).toString()).toBe('id,wallets\n');
  });

  it.each([
    ['a folder', () => path.join(base, 'folder'), 'is a folder'],
    ['nothing', () => path.join(base, 'gone.csv'), 'cannot be read'],
    // A device stands for what has no end.
    ['no file', () => (process.platform === 'win32' ? '\\\\.\\NUL' : '/dev/null'), 'no'],
  ])('that is %s is refused', async (_name, file, words) => {
    mkdirSync(path.join(base, 'folder'), { recursive: true });
    await expect(readImport(file())).rejects.toMatchObject({
      code: 'PARTICIPANTS_INVALID',
      message: expect.stringContaining(words),
    });
  });
});
