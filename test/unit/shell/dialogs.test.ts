import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BrowserWindow, OpenDialogReturnValue, SaveDialogReturnValue } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setupDialogs } from '../../../electron/shell/dialogs.ts';
import { WindowDouble } from './doubles.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'recovery-desk-dialogs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function scene(parent: BrowserWindow | null = null) {
  const shown: unknown[][] = [];
  const answer = {
    open: Promise.resolve<OpenDialogReturnValue>({ canceled: false, filePaths: ['/keys/operator.json'] }),
    save: Promise.resolve<SaveDialogReturnValue>({
      canceled: false,
      filePath: path.join(folder, 'report.json'),
    }),
  };
  const dialogs = setupDialogs(
    {
      showOpenDialog: (...asked: unknown[]) => (shown.push(asked), answer.open),
      showSaveDialog: (...asked: unknown[]) => (shown.push(asked), answer.save),
    },
    () => parent,
  );
  return { shown, answer, dialogs };
}

const json = [{ name: 'Keystore', extensions: ['json'] }];
const report = { title: 'Save the report', defaultName: 'report.json', text: '{"a":1}\n' };

describe('choosing a file', () => {
  it('asks for one file of the kinds that are wanted', async () => {
    const { dialogs, shown } = scene();
    expect(await dialogs.openFile({ title: 'Keystore', filters: json })).toBe('/keys/operator.json');
    expect(shown).toEqual([
      [{ title: 'Keystore', filters: json, properties: ['openFile', 'dontAddToRecent'] }],
    ]);
  });

  it('hangs on the desk window where there is one', async () => {
    const window = new WindowDouble().asWindow();
    const { dialogs, shown } = scene(window);
    await dialogs.openFile({ title: 'Keystore', filters: json });
    expect(shown[0]?.[0]).toBe(window);
  });

  it('answers null for a person who changed their mind', async () => {
    const { dialogs, answer } = scene();
    answer.open = Promise.resolve({ canceled: true, filePaths: ['/keys/operator.json'] });
    expect(await dialogs.openFile({ title: 'Keystore', filters: json })).toBeNull();
    answer.open = Promise.resolve({ canceled: false, filePaths: [] });
    expect(await dialogs.openFile({ title: 'Keystore', filters: json })).toBeNull();
  });

  it('is one at a time: a second dialog is not shown', async () => {
    const { dialogs, answer, shown } = scene();
    const slow = Promise.withResolvers<OpenDialogReturnValue>();
    answer.open = slow.promise;
    const first = dialogs.openFile({ title: 'Keystore', filters: json });
    expect(await dialogs.openFile({ title: 'Keystore', filters: json })).toBeNull();
    expect(await dialogs.saveFile(report)).toBeNull();
    slow.resolve({ canceled: false, filePaths: ['/keys/operator.json'] });
    expect(await first).toBe('/keys/operator.json');
    expect(shown).toHaveLength(1);
  });

  it('can be done again after a dialog that failed', async () => {
    const { dialogs, answer } = scene();
    answer.open = Promise.reject(new Error('no screen'));
    await expect(dialogs.openFile({ title: 'Keystore', filters: json })).rejects.toThrow('no screen');
    answer.open = Promise.resolve({ canceled: false, filePaths: ['/a'] });
    expect(await dialogs.openFile({ title: 'Keystore', filters: json })).toBe('/a');
  });
});

describe('saving a file', () => {
  it('writes it where the person said, for its owner alone', async () => {
    const { dialogs } = scene();
    const file = path.join(folder, 'report.json');
    expect(await dialogs.saveFile(report)).toBe(file);
    expect(readFileSync(file, 'utf8')).toBe(report.text);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('replaces a file that was there, and its mode', async () => {
    const { dialogs } = scene();
    const file = path.join(folder, 'report.json');
    writeFileSync(file, 'a longer text that was there before', { mode: 0o644 });
    await dialogs.saveFile(report);
    expect(readFileSync(file, 'utf8')).toBe(report.text);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('proposes a name and never a folder', async () => {
    const { dialogs, shown } = scene();
    await dialogs.saveFile({ ...report, defaultName: '../../etc/cron.d/report.json' });
    expect(shown[0]?.[0]).toMatchObject({ defaultPath: 'report.json' });
  });

  it('writes nothing for a person who changed their mind', async () => {
    const { dialogs, answer } = scene();
    answer.save = Promise.resolve({ canceled: true, filePath: path.join(folder, 'report.json') });
    expect(await dialogs.saveFile(report)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('asks whether it may be written when the place is chosen, and else leaves what is there', async () => {
    const { dialogs } = scene();
    writeFileSync(path.join(folder, 'report.json'), 'there before');
    const assertMayWrite = () => {
      throw new Error('the desk is locked');
    };

    await expect(dialogs.saveFile({ ...report, assertMayWrite })).rejects.toThrow('the desk is locked');
    expect(readFileSync(path.join(folder, 'report.json'), 'utf8')).toBe('there before');
  });

  it('says in words that a file cannot be written, and leaves nothing of it', async () => {
    const { dialogs, answer } = scene();
    const taken = path.join(folder, 'taken');
    mkdirSync(path.join(taken, 'by-a-folder'), { recursive: true });
    answer.save = Promise.resolve({ canceled: false, filePath: taken });
    await expect(dialogs.saveFile(report)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', retry: 'safe' });
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(existsSync(path.join(taken, 'by-a-folder'))).toBe(true);
  });

  it('says in words that a folder is missing', async () => {
    const { dialogs, answer } = scene();
    answer.save = Promise.resolve({ canceled: false, filePath: path.join(folder, 'gone', 'report.json') });
    await expect(dialogs.saveFile(report)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  });
});
