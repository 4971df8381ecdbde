/** What a person set at this desk's window: networks, the chosen one, whose people, appearance. Written whole or not at all. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { appearanceSchema } from '../../shared/desk-state.ts';
import { DeskError } from '../../shared/errors.ts';
import { describeIssues } from './describe-issues.ts';
import { readJsonFile } from './json-file.ts';

const settingsSchema = z.lazy(() =>
  z.strictObject({
    appearance: appearanceSchema.default('system'),
    networks: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          /** Absolute path of the profile. */
          file: z.string().min(1),
          /** Absolute path of the people's file; null where only the chain is known. */
          participants: z.string().min(1).nullable(),
        }),
      )
      .max(100)
      .default([]),
    /** Id of a network, `practice`, or null while none was chosen. */
    chosen: z.string().nullable().default(null),
  }),
);

export type DeskSettings = z.output<typeof settingsSchema>;

export const PRACTICE_ID = 'practice';
export const PRACTICE_NAME = 'Practice network';

function unusable(file: string, what: string, cause?: unknown): DeskError {
  return new DeskError('SETTINGS_UNUSABLE', {
    message: `The settings of this desk, ${file}, ${what}.`,
    remedy:
      'Mend the file or take it away: the desk then starts with its defaults. Recoveries are not in it.',
    retry: 'never',
    cause,
  });
}

function fileOf(folder: string): string {
  return path.join(folder, 'settings.json');
}

/** Defaults where nothing was ever set. @throws DeskError SETTINGS_UNUSABLE */
export function readDeskSettings(folder: string): DeskSettings {
  const file = fileOf(folder);
  const read = readJsonFile(file);
  if (read.kind === 'missing') return settingsSchema.parse({});
  if (read.kind === 'unreadable') throw unusable(file, read.reason, read.cause);
  const checked = settingsSchema.safeParse(read.value);
  if (checked.success) return checked.data;
  throw unusable(file, `cannot be used: ${describeIssues(read.value, checked.error)}`);
}

/** @throws DeskError SETTINGS_UNUSABLE; the settings before are then still there. */
export function writeDeskSettings(folder: string, settings: DeskSettings): void {
  const file = fileOf(folder);
  try {
    const handle = openSync(`${file}.new`, 'w', 0o600);
    try {
      writeSync(handle, `${JSON.stringify(settingsSchema.parse(settings), null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw unusable(file, 'cannot be written', cause);
  }
}
