/** Everybody of a directory, page by page, with room between the pages for whatever else the desk has to do. */
import { setImmediate } from 'node:timers/promises';
import type { Participant } from '../../shared/participant.ts';
import type { ParticipantDirectory } from './directory.ts';

const PAGE = 500;

export async function* everybody(directory: ParticipantDirectory): AsyncGenerator<readonly Participant[]> {
  let after: string | null = null;
  do {
    const page = await directory.search({ text: '', limit: PAGE, after });
    yield page.participants;
    after = page.after;
    await setImmediate();
  } while (after !== null);
}
