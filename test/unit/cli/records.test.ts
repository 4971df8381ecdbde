import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { terminal } from '../../support/terminal.ts';

const home = temporaryFolder('records');

describe('`list` and `status`', () => {
  it('of an empty data folder find no recovery in it', async () => {
    const folder = path.join(home, 'empty');
    mkdirSync(folder);

    const list = await terminal(['list', '--data', folder]);
    const status = await terminal(['status', 'R-0', '--json', '--data', folder]);

    expect([list.code, list.stdout]).toEqual([0, 'No recovery was made from this data folder.\n']);
    expect(errorOf(status).message).toBe('There is no recovery R-0 in this data folder. Nothing was done.');
  });

  it('say of a data folder that is not there that it is not', async () => {
    const folder = path.join(home, 'none');

    const list = await terminal(['list', '--data', folder]);
    const json = await terminal(['list', '--json', '--data', folder]);
    const status = await terminal(['status', 'R-0', '--json', '--data', folder]);

    expect([list.code, list.stdout]).toEqual([
      0,
      `There is no data folder ${folder}, and so no recovery to list.\n`,
    ]);
    expect([json.code, json.stdout]).toEqual([0, '[]\n']);
    expect([status.code, errorOf(status).code]).toEqual([2, 'RECOVERY_UNKNOWN']);
    expect(errorOf(status).message).toContain(`There is no data folder ${folder}`);
  });

  it.each([['list'], ['status', 'R-0']])('refuse a file with exit code 2: %s', async (...command) => {
    const file = path.join(home, 'file');
    writeFileSync(file, '');

    const run = await terminal([...command, '--json', '--data', file]);

    expect([run.code, errorOf(run).code]).toEqual([2, 'DATA_FOLDER_NOT_A_FOLDER']);
  });
});
