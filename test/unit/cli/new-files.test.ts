import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeNewFiles } from '../../../electron/cli/new-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const base = temporaryFolder('new-files');
const FILES = [
  { name: 'a.json', text: '{}' },
  { name: 'b.html', text: '<p>' },
];

describe('files that belong together', () => {
  it('are written for their owner alone, and nothing else is left', async () => {
    const folder = path.join(base, 'deep', 'new');

    const files = await writeNewFiles(folder, FILES);

    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['{}', '<p>']);
    expect(readdirSync(folder).toSorted()).toEqual(['a.json', 'b.html']);
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it('are none where one cannot be written', async () => {
    const folder = path.join(base, 'in-the-way');
    mkdirSync(path.join(folder, 'b.html'), { recursive: true });

    await expect(writeNewFiles(folder, FILES)).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining('b.html'),
    });

    expect(readdirSync(folder)).toEqual(['b.html']);
  });

  it('are none where one is there already, which stays as it is', async () => {
    const folder = path.join(base, 'there');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'b.html'), 'there before');

    await expect(writeNewFiles(folder, FILES)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });

    expect(readdirSync(folder)).toEqual(['b.html']);
    expect(readFileSync(path.join(folder, 'b.html'), 'utf8')).toBe('there before');
  });
});
