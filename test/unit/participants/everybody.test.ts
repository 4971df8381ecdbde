import { describe, expect, it } from 'vitest';
import type { ParticipantDirectory } from '../../../electron/participants/directory.ts';
import { MOST_LISTED, everybody } from '../../../electron/participants/everybody.ts';
import type { Participant } from '../../../shared/participant.ts';

const PERSON: Participant = { id: 'p-1', name: null, source: 'directory', wallets: [] };

/** Lists so many people on every page, and never ends before this many pages. */
function endless(onPage: number, pages: number): Pick<ParticipantDirectory, 'search'> {
  const participants = Array.from({ length: onPage }, () => PERSON);
  let asked = 0;
  return {
    search: async () => {
      asked += 1;
      return { participants, after: asked === pages ? null : String(asked) };
    },
  };
}

async function counted(directory: Pick<ParticipantDirectory, 'search'>): Promise<number> {
  let count = 0;
  for await (const page of everybody(directory)) count += page.length;
  return count;
}

describe('everybody of a directory', () => {
  it('is gone through to the bound, and not past it', async () => {
    const pages = MOST_LISTED / 1000;
    expect(await counted(endless(1000, pages))).toBe(MOST_LISTED);
    await expect(counted(endless(1000, pages + 1))).rejects.toMatchObject({ code: 'DIRECTORY_GARBAGE' });
  });

  it('ends by an error where pages have nobody on them and go on', async () => {
    await expect(counted(endless(0, 100))).rejects.toMatchObject({ code: 'DIRECTORY_GARBAGE' });
    expect(await counted(endless(0, 1))).toBe(0);
  });
});
