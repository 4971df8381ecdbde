/** `participants`: the people of the desk's local directory. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { DeskError } from '../../../shared/errors.ts';
import { keychainStore } from '../../operator/keychain-store.ts';
import { openRecords, readRecords } from '../../records.ts';
import type { Records } from '../../records.ts';
import { exportedLocal } from '../../participants/local/export.ts';
import { applyImport } from '../../participants/local/import-apply.ts';
import { prepareImport } from '../../participants/local/import-plan.ts';
import { readImport } from '../../participants/local/import-text.ts';
import { releaseHeld } from '../../participants/local/release.ts';
import { openParticipants } from '../../participants/open-participants.ts';
import { assertReleasable } from '../../recovery/sign-in-release.ts';
import { options } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { importText, peopleText } from '../people-text.ts';
import { withRecords } from '../session.ts';
import type { Session } from '../session.ts';

interface ImportOptions {
  readonly data: string;
  readonly dryRun: boolean;
  readonly removeMissing: boolean;
}

async function importFile(session: Session, file: string, given: ImportOptions): Promise<void> {
  const source = { fileName: path.basename(file), bytes: await readImport(file) };
  // Looking works beside a running desk.
  const records = given.dryRun
    ? (readRecords(given.data) ?? openRecords(given.data))
    : openRecords(given.data);
  await withRecords(records, async ({ local }) => {
    const prepared = await prepareImport(local, source, given.removeMissing);
    const { preview } = prepared;
    const refused = preview.errorCount > 0;
    const carriesOut = !refused && !given.dryRun;
    if (carriesOut) await applyImport(local, prepared, null, session.checkpoint);
    const outcome = refused ? 'refused' : carriesOut ? 'imported' : 'shown';
    session.output.answer({ ...preview, outcome }, importText(preview, outcome));
    if (refused) session.exit(EXIT.input);
  });
}

/** Whole or not at all, for this user's eyes alone. */
async function writeWhole(file: string, pieces: AsyncIterable<string>): Promise<void> {
  const partial = `${file}.partial-${process.pid}`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, file);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    if (cause instanceof DeskError) throw cause;
    throw new DeskError('FILE_UNWRITABLE', {
      message: `The participants cannot be written to ${file}.`,
      remedy: 'Choose another place.',
      retry: 'safe',
      cause,
    });
  }
}

/** @throws DeskError where nothing was ever stored. */
function recordsThere(data: string): Records {
  const records = readRecords(data);
  if (records !== null) return records;
  throw new DeskError('PARTICIPANT_NOT_FOUND', {
    message: `Nothing was stored in the data folder ${path.resolve(data)}, and so no participant.`,
    remedy: 'Name the data folder with --data, or import participants.',
    retry: 'never',
  });
}

async function exportFile(session: Session, file: string, data: string): Promise<void> {
  const format = path.extname(file).toLowerCase() === '.json' ? 'json' : 'csv';
  await withRecords(recordsThere(data), async ({ local }) => {
    let people = 0;
    const pieces = exportedLocal(local, format, (count) => {
      people = count;
    });
    await writeWhole(file, pieces);
    session.output.answer(
      { file: path.resolve(file), format, people },
      `${people} people written to ${file}.`,
    );
  });
}

async function list(session: Session, text: string, given: { data: string; limit: number }): Promise<void> {
  await withRecords(recordsThere(given.data), async ({ local }) => {
    const page = await local.directory.search({ text, limit: given.limit, after: null });
    const more = page.after !== null;
    session.output.answer({ participants: page.participants, more }, peopleText(page.participants, more));
  });
}

interface ReleaseOptions {
  readonly data: string;
  readonly participants?: string;
}

/** In the local directory, or the one that a file names. */
async function release(session: Session, id: string, given: ReleaseOptions): Promise<void> {
  await withRecords(openRecords(given.data), async ({ local, policy, journal }) => {
    assertReleasable(journal, id);
    const secrets = keychainStore(session.programs, policy);
    const named =
      given.participants === undefined
        ? { directory: local.directory, close: () => undefined }
        : await openParticipants(given.participants, { policy, secrets });
    try {
      const { counts, survivors } = await releaseHeld(named.directory, local, id, null);
      const released = (counts.sign_in_hold ?? 0) > 0;
      const words = released ? `${id} may sign in again.` : `Sign-in of ${id} is not held by the desk there.`;
      session.output.answer(
        { id, released, survivors },
        [words, ...survivors.map(({ what }) => what)].join('\n'),
      );
    } finally {
      named.close();
    }
  });
}

const MOST_LISTED = 1000;

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0 && limit <= MOST_LISTED) return limit;
  throw new InvalidArgumentError(`give a whole number from 1 to ${MOST_LISTED}`);
}

export function participantsCommand(program: Command, session: () => Session): void {
  const participants = program
    .command('participants')
    .description("the people of the desk's local directory: import, export, list, search");
  participants
    .command('import')
    .argument('<file>', 'CSV with the columns id, name, wallets, effectiveWallet, lostWallets; or JSON')
    .description('add and change people as the file says; nothing is imported where a line is wrong')
    .option('--dry-run', 'only show what would change', false)
    .option('--remove-missing', 'also remove those who are not in the file', false)
    .addOption(options.data())
    .addOption(options.json())
    .action((file: string, given: ImportOptions) => importFile(session(), file, given));
  participants
    .command('export')
    .argument('<file>', 'where to; JSON where its name ends so, else CSV')
    .description('write everybody to a file that can be imported again')
    .addOption(options.data())
    .addOption(options.json())
    .action((file: string, given: { data: string }) => exportFile(session(), file, given.data));
  participants
    .command('list')
    .description('list the people, in the order of their ids')
    .option('--limit <n>', 'at the most so many', limitOf, 100)
    .addOption(options.data())
    .addOption(options.json())
    .action((given: { data: string; limit: number }) => list(session(), '', given));
  participants
    .command('search')
    .argument('<text>', 'a part of a name, an id or a wallet')
    .description('find people')
    .option('--limit <n>', 'at the most so many', limitOf, 100)
    .addOption(options.data())
    .addOption(options.json())
    .action((text: string, given: { data: string; limit: number }) => list(session(), text, given));
  participants
    .command('release')
    .argument('<id>', 'of the participant')
    .description('let somebody sign in again whose sign-in a recovery held')
    .addOption(options.participants())
    .addOption(options.data())
    .addOption(options.json())
    .action((id: string, given: ReleaseOptions) => release(session(), id, given));
}
