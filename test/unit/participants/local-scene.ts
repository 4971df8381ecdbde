/** A local directory in a real database of its own, and files to import into it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { openRecords } from '../../../electron/desk.ts';
import type { Records } from '../../../electron/desk.ts';
import { applyImport } from '../../../electron/participants/local/import-apply.ts';
import { prepareImport } from '../../../electron/participants/local/import-plan.ts';
import type { PreparedImport } from '../../../electron/participants/local/import-plan.ts';
import type { LocalPeople } from '../../../electron/participants/local/local-people.ts';
import type { Participant } from '../../../shared/participant.ts';
import type { ImportPreview } from '../../../shared/people-import.ts';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';

/** The n-th wallet. */
export function wallet(n: number): Address {
  return toAddress(`0x${n.toString(16).padStart(40, '0')}`);
}

export interface LocalScene {
  readonly records: Records;
  readonly local: LocalPeople;
  /** A folder of this test. */
  readonly folder: string;
  prepare(text: string | Buffer, removeMissing?: boolean): Promise<PreparedImport>;
  /** Prepares and carries out. */
  import(text: string | Buffer, removeMissing?: boolean): Promise<ImportPreview>;
  people(): Promise<readonly Participant[]>;
  /** Closes the database and opens it again, as another start does. */
  reopen(): void;
}

/** To be called once in a test file. */
export function localScene(): LocalScene {
  let folder: string;
  let records: Records;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'desk-local-people-'));
    records = openRecords(path.join(folder, 'data'));
  });
  afterEach(() => {
    records.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const scene: LocalScene = {
    get records() {
      return records;
    },
    get local() {
      return records.local;
    },
    get folder() {
      return folder;
    },
    prepare: (text, removeMissing = false) =>
      prepareImport(records.local, { fileName: 'people.csv', bytes: Buffer.from(text) }, removeMissing),
    import: async (text, removeMissing) =>
      applyImport(records.local, await scene.prepare(text, removeMissing), null),
    people: async () =>
      (await records.local.directory.search({ text: '', limit: 1000, after: null })).participants,
    reopen() {
      records.close();
      records = openRecords(path.join(folder, 'data'));
    },
  };
  return scene;
}
