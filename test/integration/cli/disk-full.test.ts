import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { practiceAddress } from '../../../electron/practice/practice-keys.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { errorOf } from '../../support/command-line.ts';
import { sentBy } from '../../support/practice-acts.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { terminal } from '../../support/terminal.ts';
import { mountedFolder } from '../../unit/store/temp-folders.ts';

const MAY_MOUNT = process.platform === 'linux' && process.getuid?.() === 0;
const BLOCK = Buffer.alloc(4096, 0xff);

/** Takes all the space that is left. */
function fill(folder: string): void {
  const handle = openSync(path.join(folder, 'filler'), 'a');
  try {
    for (;;) writeSync(handle, BLOCK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(handle);
  }
}

describe.runIf(MAY_MOUNT)('a disk that is full', () => {
  let desk: PracticeDesk;

  beforeAll(async () => {
    desk = await openPracticeDesk();
  });
  beforeEach(() => desk.reset());
  afterAll(() => desk.close());

  function mounted(): string {
    const folder = mountedFolder('size=4m,mode=700');
    if (folder === null) throw new Error('root could not mount');
    return folder;
  }

  it('before anything was stored is said, and nothing is left half written', async () => {
    const data = mounted();
    fill(data);

    const run = await terminal(desk.recoverArgs(desk.person('jonas-weir'), data));

    expect([run.code, errorOf(run).code]).toEqual([1, 'DISK_FULL']);
    expect(await sentBy(desk.provider, practiceAddress('operator'))).toBe(0);
    expect(readdirSync(data).filter((name) => name.endsWith('.tmp') || name.startsWith('.'))).toEqual([]);
  });

  it.each([
    'begun',
    'proven:create_wallet',
    'intended:create_identity',
    'signed:recover_identity',
    'sent:recover_identity',
    'signed:recover_tokens',
    'mined:recover_tokens',
    'judged:verify',
  ])(
    'at "%s" is said, keeps the journal whole, and a resume after space was freed completes',
    async (moment) => {
      const data = mounted();
      const person = desk.person('jonas-weir');
      const nonce = await sentBy(desk.provider, practiceAddress('operator'));
      const { keystore, passphrase } = desk.network.files.operator;
      const passphraseFile = desk.passphraseFile();
      let filled = false;

      const cut = await terminal(
        desk.recoverArgs(person, data, '--replacement-passphrase-file', passphraseFile),
        {
          checkpoint: (name) => {
            if (name !== moment || filled) return;
            filled = true;
            fill(data);
          },
        },
      );

      expect(filled).toBe(true);
      expect([cut.code, errorOf(cut).code]).toEqual([1, 'DISK_FULL']);
      rmSync(path.join(data, 'filler'));
      const database = new Database(path.join(data, 'desk.sqlite'), { readonly: true });
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      database.close();
      const [listed] = JSON.parse((await terminal(['list', '--json', '--data', data])).stdout);
      const resumed = await terminal([
        'resume',
        String(listed.id),
        '--json',
        '--data',
        data,
        '--keystore',
        keystore,
        '--passphrase-file',
        passphrase,
        '--replacement-passphrase-file',
        passphraseFile,
      ]);
      const result: RecoveryResult = JSON.parse(resumed.stdout);
      expect(resumed.code, resumed.stderr).toBe(0);
      expect(result).toMatchObject({ status: 'completed', tokens: { total: 2, recovered: 2 } });
      // Each effect once: as many transactions as the journal knows, and no more.
      expect((await sentBy(desk.provider, practiceAddress('operator'))) - nonce).toBe(
        result.transactions.length,
      );
      expect(new Set(result.transactions.map(({ step }) => step)).size).toBe(result.transactions.length);
    },
  );
});
