/** The network that is worked on: chosen, connected to, left; one at a time, with the practice network among them. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { asDeskError } from '../../shared/errors.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import { openRecords } from '../records.ts';
import type { Records } from '../records.ts';
import { PRACTICE_ID, PRACTICE_NAME } from '../policy/desk-settings.ts';
import { openPracticeNetwork } from '../practice/practice-network.ts';
import type { PracticeNetwork } from '../practice/practice-network.ts';
import { setUpPracticePeople } from './practice-people.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import { openSite, practiceRecordsFolder } from './site.ts';
import type { Site } from './site.ts';
import type { Wanted } from './wanted-network.ts';

type Status = DeskState['connection'];

export interface Connection {
  readonly status: Status;
  readonly site: Site | null;
  readonly practice: PracticeNetwork | null;
  /** Of the site; of the desk itself while there is none. */
  readonly records: Records;
  /** Leaves what is connected and connects. Does not throw: what went wrong is its status. */
  connect(wanted: Wanted): Promise<void>;
  connectPractice(): Promise<void>;
  leave(): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectionEvents {
  changed(): void;
  readonly reading: (reached: number, last: number) => void;
}

/**
 * The records of what is practised, apart from real ones. A practice network that was set up anew knows nothing of
 * recoveries on the one before.
 * @param data the data folder that they lie below.
 */
export function openPracticeRecords(data: string, fresh: boolean): Records {
  const folder = practiceRecordsFolder(data);
  if (fresh) rmSync(folder, { recursive: true, force: true });
  return openRecords(folder);
}

export function createConnection(
  data: string,
  records: Records,
  programs: ChildPrograms,
  events: ConnectionEvents,
): Connection {
  let status: Status = { status: 'none' };
  let site: Site | null = null;
  let practice: PracticeNetwork | null = null;
  let practiceRecords: Records | null = null;
  let giveUp = new AbortController();
  /** Settles once whatever was begun has ended: the practice network's folder has one owner at a time. */
  let ended: Promise<unknown> = Promise.resolve();
  const set = (next: Status): void => {
    status = next;
    events.changed();
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = ended.then(work);
    ended = done.catch(() => undefined);
    return done;
  };
  /**
   * Gives up what is being opened and takes down what is open, at once.
   * @returns what closes it, and the signal of whatever comes in its place: aborted once that is left in turn.
   */
  const takeDown = (): { readonly close: () => Promise<void>; readonly signal: AbortSignal } => {
    giveUp.abort();
    giveUp = new AbortController();
    const { signal } = giveUp;
    const [left, network, kept] = [site, practice, practiceRecords];
    site = null;
    practice = null;
    practiceRecords = null;
    set({ status: 'none' });
    const close = async (): Promise<void> => {
      await left?.close();
      kept?.close();
      await network?.close();
    };
    return { close, signal };
  };
  const leave = (): Promise<void> => inTurn(takeDown().close);
  const openUnless = async (
    signal: AbortSignal,
    name: string,
    open: (signal: AbortSignal) => Promise<Site>,
  ): Promise<void> => {
    if (signal.aborted) return;
    set({ status: 'connecting', name });
    try {
      const opened = await open(signal);
      if (signal.aborted) {
        await opened.close();
        return;
      }
      site = opened;
      const { profile } = opened;
      set({
        status: 'connected',
        name: profile.name,
        chainId: profile.chainId,
        practice: profile.practice === true,
      });
    } catch (thrown) {
      if (!signal.aborted) set({ status: 'failed', name, error: asDeskError(thrown).toJSON() });
    }
  };
  /** Whatever was begun later wins: an attempt that was left does not come back. */
  const attempt = (name: string, open: (signal: AbortSignal) => Promise<Site>): Promise<void> => {
    const { close, signal } = takeDown();
    return inTurn(async () => {
      await close();
      await openUnless(signal, name, open);
    });
  };
  return {
    get status() {
      return status;
    },
    get site() {
      return site;
    },
    get practice() {
      return practice;
    },
    get records() {
      return practiceRecords ?? records;
    },
    connect: ({ id, name, profileFile, participantsFile }) =>
      attempt(name, (signal) =>
        openSite({
          id,
          profileFile,
          participantsFile,
          records,
          programs,
          onScan: events.reading,
          giveUp: signal,
        }),
      ),
    connectPractice: () =>
      attempt(PRACTICE_NAME, async (signal) => {
        const folder = path.join(path.resolve(data), 'practice', 'network');
        const network = await openPracticeNetwork({ folder });
        if (signal.aborted) await network.close();
        signal.throwIfAborted();
        practice = network;
        practiceRecords = openPracticeRecords(data, network.fresh);
        await setUpPracticePeople(practiceRecords.local, network.files);
        return openSite({
          id: PRACTICE_ID,
          profileFile: network.files.network,
          participantsFile: null,
          records: practiceRecords,
          programs,
          onScan: events.reading,
          giveUp: signal,
        });
      }),
    leave,
    async close() {
      await leave();
      records.close();
    },
  };
}
