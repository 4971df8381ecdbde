import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDispatch } from '../../../electron/ipc/dispatch.ts';
import { PRACTICE_ID, writeDeskSettings } from '../../../electron/policy/desk-settings.ts';
import { openRecords } from '../../../electron/records.ts';
import { openInTwo } from '../../../electron/workbench/opening-desk.ts';
import { PROCEDURE_NAMES } from '../../../shared/contract-names.ts';
import { deskStateSchema } from '../../../shared/desk-state.ts';
import { LINK_STEP, TIME, hash, sampleCase, sampleRecovery, sampleTransaction } from '../store/records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PAGE = { origin: 'app://desk', top: true };
const base = temporaryFolder('opening-desk');
let folders = 0;

function dataFolder(): string {
  folders += 1;
  return path.join(base, String(folders));
}

function opened(data = dataFolder()) {
  const desk = openInTwo({
    data,
    version: '0.0.0',
    runtime: 'chromium',
    dialogs: { openFile: async () => null, saveFile: async () => null },
    entry: { ask: async () => 'cancelled', cancel: () => undefined },
    tell: () => undefined,
    programs: { start: () => expect.unreachable('nothing is asked of the keychain') },
    openExternal: () => expect.unreachable('no browser is opened'),
    fault: () => expect.unreachable('nothing goes wrong'),
  });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= desk.close());
  onTestFinished(close);
  const dispatch = createDispatch({ desk, appOrigin: PAGE.origin });
  return { desk, close, ask: (name: string) => dispatch(name, {}, PAGE) };
}

/** A desk's folder with a recovery past its point of no return. */
function withOneThatWaits(): string {
  const data = dataFolder();
  const records = openRecords(data);
  const profile = { file: path.join(data, 'gone.json') };
  records.cases.insert('case-1', sampleCase, 'p-1', TIME);
  records.journal.begin({ ...sampleRecovery('r1'), profile });
  records.journal.startStep('r1', LINK_STEP, 1, { balance: '5' });
  const [id = 0] = records.journal.intend([sampleTransaction('r1')]);
  records.journal.signed([{ id, raw: '0x02f8', hash: hash(1) }], true);
  records.close();
  return data;
}

describe('a desk that opens', () => {
  it('answers what the first view asks with nothing behind it', async () => {
    const { desk, ask } = opened();
    expect(await ask('desk.state')).toMatchObject({ ok: true, value: { connection: { status: 'none' } } });
    expect(await ask('wizard.state')).toEqual({ ok: true, value: { step: 'none' } });
    expect(Object.keys(desk.handlers)).toEqual(['desk.state', 'wizard.state']);
    expect(desk.rights.signedIn()).toBe(false);
  });

  it('answers the same once all of it is there, and everything else too', async () => {
    const { desk, ask } = opened();
    const before = await ask('desk.state');
    await desk.start();
    expect(await ask('desk.state')).toEqual(before);
    expect(Object.keys(desk.handlers).toSorted()).toEqual([...PROCEDURE_NAMES].toSorted());
  });

  it('loads what is behind for whoever asks for it, and refuses by what holds then', async () => {
    const { ask } = opened();
    const answers = await Promise.all([ask('recovery.list'), ask('recovery.list')]);
    expect(answers).toEqual([
      expect.objectContaining({ ok: false, error: expect.objectContaining({ code: 'RIGHT_MISSING' }) }),
      expect.objectContaining({ ok: false, error: expect.objectContaining({ code: 'RIGHT_MISSING' }) }),
    ]);
  });

  it('says from the start that it is about to connect', async () => {
    const data = dataFolder();
    openRecords(data).close();
    writeDeskSettings(data, { appearance: 'dark', networks: [], chosen: PRACTICE_ID });
    const { desk } = opened(data);
    expect(await desk.handlers['desk.state']({})).toMatchObject({
      appearance: 'dark',
      connection: { status: 'connecting', name: 'Practice network' },
    });
  });

  it('says so where the chosen network is not kept any more', async () => {
    const data = dataFolder();
    openRecords(data).close();
    writeDeskSettings(data, { appearance: 'system', networks: [], chosen: 'gone' });
    const { desk } = opened(data);
    const state = deskStateSchema.parse(await desk.handlers['desk.state']({}));
    expect(state.connection).toMatchObject({ status: 'failed', error: { code: 'NETWORK_UNKNOWN' } });
    await desk.start();
    expect(await desk.handlers['desk.state']({})).toMatchObject({ connection: state.connection });
  });

  it('is held from the start by a recovery past its point of no return, and asks the engine for its wizard', async () => {
    const { desk, ask } = opened(withOneThatWaits());
    expect(desk.lock.heldBy()).toBe('r1');
    expect(desk.handlers['wizard.state']).toBeUndefined();
    expect(await ask('wizard.state')).toMatchObject({
      ok: true,
      value: { step: 'progress', progress: { recoveryId: 'r1' } },
    });
  });

  it('lets go of its folder when it is closed, whatever of it was there', async () => {
    const data = dataFolder();
    await opened(data).close();
    const loading = opened(data);
    const ready = loading.desk.ready('recovery.list');
    await loading.close();
    await ready;
    expect(() => openRecords(data).close()).not.toThrow();
  });

  it('refuses to open on settings that do not read, and lets go of the folder', () => {
    const data = dataFolder();
    openRecords(data).close();
    writeFileSync(path.join(data, 'settings.json'), '{');
    expect(() => opened(data)).toThrow(expect.objectContaining({ code: 'SETTINGS_UNUSABLE' }));
    expect(() => openRecords(data).close()).not.toThrow();
  });
});
