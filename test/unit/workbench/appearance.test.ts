import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWorkbench } from '../../../electron/workbench/workbench.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function openDesk() {
  const data = temporaryFolder('appearance');
  const told: string[] = [];
  const bench = openWorkbench({
    data,
    version: '0.0.0',
    runtime: 'chromium',
    dialogs: { openFile: async () => null, saveFile: async () => null },
    entry: { ask: async () => 'cancelled', cancel: () => undefined },
    tell: (name) => told.push(name),
    programs: { start: () => expect.unreachable('nothing is asked of the keychain') },
    openExternal: () => expect.unreachable('no browser is opened'),
    fault: () => expect.unreachable('nothing goes wrong'),
  });
  onTestFinished(() => bench.close());
  /** Which file holds the settings: each is written under a name of its own first. */
  const written = () => statSync(path.join(data, 'settings.json')).ino;
  return { set: bench.handlers['desk.setAppearance'], told, written };
}

describe('the appearance', () => {
  it('that is chosen is kept, and told', async () => {
    const { set, told } = openDesk();
    expect(await set({ appearance: 'dark' })).toMatchObject({ appearance: 'dark' });
    expect(told).toEqual(['desk.changed']);
  });

  it('that it has already is neither written nor told again', async () => {
    const { set, told, written } = openDesk();
    await set({ appearance: 'dark' });
    const before = written();
    expect(await set({ appearance: 'dark' })).toMatchObject({ appearance: 'dark' });
    expect(written()).toBe(before);
    expect(told).toEqual(['desk.changed']);
  });
});
