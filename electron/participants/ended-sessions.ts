import { directoryGarbage } from './directory-errors.ts';

export interface EndingSessions<S> {
  /** Of the directory, for messages. */
  readonly host: string;
  /** The sessions that work now. */
  readonly list: () => Promise<readonly S[]>;
  /** Ends them all. */
  readonly end: () => Promise<unknown>;
  /** What tells one session from another. */
  readonly keyOf: (session: S) => string;
}

/**
 * Ends all sessions, and looks whether they are gone.
 * @returns those that there were, and those that were begun while the others were ended.
 * @throws DeskError DIRECTORY_GARBAGE where one of before is still listed.
 */
export async function endSessions<S>({ host, list, end, keyOf }: EndingSessions<S>): Promise<{
  readonly ended: readonly S[];
  readonly begun: readonly S[];
}> {
  const ended = await list();
  await end();
  const begun = await list();
  const old = new Set(ended.map(keyOf));
  if (begun.some((session) => old.has(keyOf(session))))
    throw directoryGarbage(`${host} said that the sessions are ended, and still lists them`);
  return { ended, begun };
}
