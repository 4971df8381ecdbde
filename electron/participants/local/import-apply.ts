/**
 * Carries an import out: everybody is written to a new listing beside the one that counts, bit by bit, so that nothing
 * else of the desk waits; one short transaction makes it count. Cut off before that, nothing has changed.
 */
import { setImmediate } from 'node:timers/promises';
import type { Participant } from '../../../shared/participant.ts';
import type { ImportPreview } from '../../../shared/people-import.ts';
import { isoTime } from '../../../shared/values.ts';
import { everybody } from '../everybody.ts';
import { changedMeanwhile, notImported } from './import-errors.ts';
import type { PreparedImport } from './import-plan.ts';
import type { LocalPeople } from './local-people.ts';

/** People that are written, or removed, in one go. */
const SLICE = 250;

/** Everybody as they will be: those of the directory in their order, then those who come. */
async function* afterwards(
  local: LocalPeople,
  { people, preview }: PreparedImport,
): AsyncGenerator<readonly Participant[]> {
  const known = new Set<string>();
  for await (const page of everybody(local.directory)) {
    yield page.flatMap((before) => {
      const after = people.get(before.id);
      if (after !== undefined) known.add(before.id);
      return after ?? (preview.removesMissing ? [] : [before]);
    });
  }
  yield [...people.values()].filter(({ id }) => !known.has(id));
}

/** Removes what no longer counts, or was left by an import that was cut off. */
async function sweep(local: LocalPeople): Promise<void> {
  while (local.people.sweep(SLICE) > 0) await setImmediate();
}

async function write(
  local: LocalPeople,
  listing: number,
  prepared: PreparedImport,
  checkpoint: (name: string) => void,
): Promise<void> {
  for await (const people of afterwards(local, prepared)) {
    for (let start = 0; start < people.length; start += SLICE) {
      local.people.add(listing, people.slice(start, start + SLICE));
      checkpoint('import:written');
      await setImmediate();
    }
  }
}

/** @throws DeskError PARTICIPANTS_INVALID */
export function assertWithoutErrors({ preview: { errorCount } }: PreparedImport): void {
  if (errorCount > 0) throw notImported(`${errorCount} ${errorCount === 1 ? 'error' : 'errors'} in it`);
}

/**
 * @param operatorId whoever asked for it; null at the terminal.
 * @param checkpoint passed after each slice, and when the import counts.
 * @throws DeskError PARTICIPANTS_INVALID for one with errors, PARTICIPANTS_CHANGED: nothing was changed.
 */
export function applyImport(
  local: LocalPeople,
  prepared: PreparedImport,
  operatorId: string | null,
  checkpoint: (name: string) => void = () => undefined,
): Promise<ImportPreview> {
  return local.inTurn(async () => {
    const { preview, revision, fileDigest } = prepared;
    assertWithoutErrors(prepared);
    const assertSame = (): void => {
      if (local.people.now().revision !== revision) throw changedMeanwhile();
    };
    assertSame();
    await sweep(local);
    const listing = local.people.newListing();
    try {
      await write(local, listing, prepared, checkpoint);
      local.transaction(() => {
        assertSame();
        local.people.choose(listing);
        const { added, changed, missing, removesMissing } = preview;
        local.audit({
          kind: 'participants_imported',
          at: isoTime(new Date()),
          fields: { fileDigest, added, changed, removed: removesMissing ? missing : 0, operatorId },
        });
      });
      checkpoint('import:counts');
    } finally {
      await sweep(local);
    }
    return preview;
  });
}
