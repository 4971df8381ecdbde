/** Builds the workbench: one data folder, one network at a time, one operator, one wizard, one running recovery. */
import type { Drill, DeskState } from '../../shared/desk-state.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { BEING_BEGUN } from '../ipc/needs.ts';
import type { Lock, Rights } from '../ipc/needs.ts';
import { drillsOf } from '../practice/drills.ts';
import { answerAsHolder } from '../practice/practice-holder.ts';
import { writeDeskSettings } from '../policy/desk-settings.ts';
import type { OrderedCause } from '../operator/desk-lock.ts';
import { attendedDialogs } from './attended-dialogs.ts';
import { attendedEntry } from './attended-entry.ts';
import { createConnection } from './connection.ts';
import { createExecution } from './execution.ts';
import { failedConnection } from './failed-connection.ts';
import { openFront } from './front.ts';
import { custodyOf } from './hand-over-services.ts';
import { deskHandlers } from './desk-handlers.ts';
import { checkNetwork, networkEntries, networkOf } from './networks.ts';
import { operatorHandlers } from './operator-handlers.ts';
import { createOperatorRoom } from './operator-room.ts';
import type { OperatorRoom } from './operator-room.ts';
import { enterPractice } from './practice-operators.ts';
import type { SignedIn } from './signed-in.ts';
import { createPeopleDesk } from './people-desk.ts';
import { notConnected, notSignedIn } from './refusals.ts';
import { rightsOf } from './rights.ts';
import { openSite } from './site.ts';
import { soon } from './soon.ts';
import { unendedPastReturn, wantedNetwork } from './wanted-network.ts';
import { wizardHandlers } from './wizard-handlers.ts';
import { resume, show } from './wizard-execution.ts';
import { createWizardHolder } from './wizard-holder.ts';
import type { WizardParts } from './wizard-parts.ts';
import type { Bench, WorkbenchOptions } from './bench.ts';

export type { WorkbenchOptions } from './bench.ts';

export interface Workbench {
  readonly handlers: Handlers;
  readonly rights: Rights;
  readonly lock: Lock;
  /** Whether a recovery is executed in this process, or is about to be: confirmed, and being begun. */
  busy(): boolean;
  /** Whether the one that was executed last came to its end; not where it waits, stopped or was not begun. */
  ended(): boolean;
  /** A person has a hand on the desk. */
  handSeen(): void;
  /** Locks the desk, and takes the key out of memory. */
  lockNow(cause: OrderedCause): void;
  /** Asks it to stop at the next safe point, and closes what is being asked for it. @returns when it has. */
  stopSafely(): Promise<void>;
  /**
   * Connects to what was chosen last, or to where a recovery waits to be gone on with. Does not throw: what went wrong
   * is told as the connection's.
   */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** How often a running recovery is drawn anew, in milliseconds. */
const REDRAW_MS = 100;

/**
 * @param front what is open of the desk already; closed with the workbench.
 * @throws DeskError of `openFront`.
 */
export function openWorkbench(options: WorkbenchOptions, front = openFront(options)): Workbench {
  const { data, tell } = options;
  const { records } = front;
  let { settings, lockedOn } = front;
  /** What keeps the chosen network from being worked on, though it may be connected. */
  let failure: DeskState['connection'] | null = null;
  /** Why the recovery that holds the desk cannot even be shown: what is stored of it was altered. */
  let unreadable: DeskState['connection'] | null = null;
  let choices = 0;

  const holder = createWizardHolder(() => tell('wizard.changed', holder.wizard));
  const changed = (): void => tell('desk.changed', state());
  const connection = createConnection(data, records, options.programs, {
    changed: () => changed(),
    reading: (reached, last) =>
      tell('reading.progress', { what: 'Reading the network’s logs', reached, last }),
  });
  const people = createPeopleDesk(() => connection.site);
  const room: OperatorRoom = createOperatorRoom({
    programs: options.programs,
    openExternal: options.openExternal,
    records: () => connection.records,
    isPractice: (asked) => asked !== records,
    busy: () => execution.busy,
    disarm: (because) => execution.disarm(because),
    changed,
    left: () => options.entry.cancel(),
    fault: options.fault,
  });
  const away = (): boolean => ['hidden', 'locked'].includes(room.lock.state().kind);
  const relock = (): void => {
    lockedOn = unendedPastReturn(connection.records);
    people.changed();
    changed();
  };
  const redraw = soon(REDRAW_MS, () => {
    const id = execution.current;
    if (id === null) return;
    if (lockedOn === null) relock();
    show(parts, connection.records, id);
  });
  const execution = createExecution(
    {
      reserved: changed,
      changed: redraw.ask,
      over: (id) => {
        redraw.drop();
        room.lock.workEnded();
        relock();
        show(parts, connection.records, id);
        // Unlocked before it had come to a halt: nobody asked for it, so nobody is answered where it cannot go on.
        if (room.lock.state().kind === 'open') bench.goOn().catch(() => undefined);
      },
    },
    options.checkpoint ?? (() => undefined),
  );
  const parts: WizardParts = {
    holder,
    execution,
    dialogs: attendedDialogs(options.dialogs, away),
    entry: attendedEntry(options.entry, away),
    site: () => {
      if (connection.site === null) throw notConnected();
      return connection.site;
    },
    operator: () => {
      const now = room.current();
      if (now === null) throw notSignedIn();
      return now;
    },
    operators: () => room.operators(),
    provider: () => room.provider(),
    custodian: null,
    custody: () => custodyOf(options.programs, connection.records),
    practiceAnswer: async ({ replacement, typedData }) =>
      connection.practice === null ? null : answerAsHolder(connection.practice.seed, replacement, typedData),
  };

  function drills(): Drill[] {
    return connection.practice === null ? [] : drillsOf(connection.practice.seed);
  }
  function held(): string | null {
    return execution.current ?? lockedOn ?? (execution.busy ? BEING_BEGUN : null);
  }
  function state(): DeskState {
    return {
      version: options.version,
      runtime: options.runtime,
      appearance: settings.appearance,
      networks: networkEntries(settings),
      connection: unreadable ?? failure ?? connection.status,
      participantsFile: connection.site?.participantsFile ?? null,
      directory: connection.site?.directory()?.kind ?? null,
      ...room.view(),
      lockedOn: held(),
      drills: drills(),
    };
  }
  const signedIn = (next: SignedIn | null): void => {
    room.set(next);
    if (next !== null) failure = null;
    changed();
  };
  async function connectPractice(): Promise<void> {
    await connection.connectPractice();
    const { practice, site } = connection;
    if (practice === null || site === null) return;
    people.changed();
    try {
      signedIn(await enterPractice(bench, practice, site));
    } catch (thrown) {
      // Of a network that was left meanwhile nothing is told.
      if (connection.site === site) throw thrown;
    }
  }
  async function connectWanted(): Promise<void> {
    const wanted = wantedNetwork(records, settings, lockedOn);
    if (wanted === 'practice') await connectPractice();
    else if (wanted === null) await connection.leave();
    else await connection.connect(wanted);
  }
  function showHeld(): void {
    unreadable = null;
    relock();
    if (lockedOn === null || execution.current !== null) return;
    try {
      show(parts, connection.records, lockedOn);
    } catch (thrown) {
      unreadable = failedConnection(connection.status, thrown);
      changed();
    }
  }
  async function connectChosen(): Promise<void> {
    choices += 1;
    const mine = choices;
    failure = null;
    signedIn(null);
    try {
      // Also where nobody can be signed in: what waits on a network holds the desk all the same.
      await connectWanted().finally(showHeld);
    } catch (thrown) {
      if (mine === choices) failure = failedConnection(connection.status, thrown);
      changed();
      throw thrown;
    }
  }
  async function stop(): Promise<void> {
    options.entry.cancel();
    await execution.stop();
  }
  const bench: Bench = {
    options,
    connection,
    people,
    wizard: parts,
    settings: () => settings,
    set: (next) => {
      writeDeskSettings(records.folder, next);
      settings = next;
      changed();
    },
    room,
    operator: () => room.current(),
    signedIn,
    async goOn() {
      const { wizard } = holder;
      const id = lockedOn ?? (wizard.step === 'progress' ? wizard.progress.recoveryId : null);
      const row = id === null ? undefined : connection.records.journal.read(id)?.recovery;
      if (row?.statusReason?.code !== 'DESK_LOCKED' || execution.busy) return;
      await resume(parts, row.id);
    },
    held,
    state,
    connectChosen,
    checkNetwork: async (id) => {
      if (connection.site?.id === id) return checkNetwork(connection.site.connection);
      const { file } = networkOf(settings, id);
      const beside = await openSite({
        id,
        profileFile: file,
        participantsFile: null,
        records,
        programs: options.programs,
        onScan: () => undefined,
        giveUp: new AbortController().signal,
      });
      try {
        return await checkNetwork(beside.connection);
      } finally {
        await beside.close();
      }
    },
  };
  if (lockedOn !== null) showHeld();
  return {
    handlers: { ...deskHandlers(bench), ...operatorHandlers(bench), ...wizardHandlers(bench) },
    rights: rightsOf(room, () => connection.records),
    lock: { heldBy: held, closed: away },
    busy: () => execution.busy,
    ended: () => execution.ended,
    handSeen: () => room.lock.handSeen(),
    lockNow: (cause) => room.lock.lock(cause),
    stopSafely: stop,
    start() {
      // Of those who were removed the keychain may still hold something.
      room.services.of(records).finishRemovals().catch(options.fault);
      // Nobody asked for it, so nobody is answered: the state has what went wrong.
      return connectChosen().catch(() => undefined);
    },
    async close() {
      await stop();
      redraw.drop();
      room.close();
      await connection.close();
    },
  };
}
