/** Everybody of a directory, page by page, with room between the pages for whatever else the desk has to do. */
import { setImmediate } from 'node:timers/promises';
import type { Participant } from '../../shared/participant.ts';
import type { ParticipantDirectory } from './directory.ts';
import { directoryGarbage } from './directory-errors.ts';

const PAGE = 500;
/** All of them are held in memory, and a list that goes on for ever would fill it. */
export const MOST_LISTED = 1_000_000;

/** @throws DeskError DIRECTORY_GARBAGE for more people than a desk can work with; what the directory throws. */
export async function* everybody(
  directory: Pick<ParticipantDirectory, 'search'>,
): AsyncGenerator<readonly Participant[]> {
  let after: string | null = null;
  let listed = 0;
  do {
    const page = await directory.search({ text: '', limit: PAGE, after });
    listed += page.participants.length;
    if (listed > MOST_LISTED) throw directoryGarbage(`it lists more than ${MOST_LISTED} people`);
    // Pages without anybody lead nowhere.
    if (page.participants.length === 0 && page.after !== null)
      throw directoryGarbage('a page of its list has nobody on it, and another is to follow');
    yield page.participants;
    after = page.after;
    await setImmediate();
  } while (after !== null);
}
