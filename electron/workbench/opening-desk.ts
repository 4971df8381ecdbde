/**
 * The desk of the window, which opens in two: the front answers what the first view asks; the workbench is loaded behind
 * it, and whatever else is asked waits for that before it is looked at.
 */
import type { ProcedureName } from '../../shared/contract-names.ts';
import type { Handlers } from '../ipc/handlers.ts';
import type { WorkbenchOptions } from './bench.ts';
import { openFront } from './front.ts';
import type { Front } from './front.ts';
import type { Workbench } from './workbench.ts';

type Answers = Partial<Handlers> & Pick<Handlers, 'desk.state'>;

export interface OpeningDesk extends Omit<Workbench, 'handlers'> {
  readonly handlers: Answers;
  /** Settles once what answers the procedure is there. Rejects where the workbench cannot be opened. */
  ready(name: ProcedureName): Promise<void>;
}

type Answering = Pick<OpeningDesk, 'handlers' | 'rights' | 'lock'>;

/** Nobody is signed in yet, so nobody has a right, and there is nobody to lock the desk for. */
function answeringOf(front: Front): Answering {
  const no = (): boolean => false;
  const wizard = front.wizard();
  return {
    handlers: {
      'desk.state': () => front.state(),
      ...(wizard === null ? {} : { 'wizard.state': () => wizard }),
    },
    rights: { signedIn: no, identityManager: no, custodian: no, initiatorOf: no, partyOf: no },
    lock: { heldBy: () => front.lockedOn, closed: no },
  };
}

/** @throws DeskError DATA_FOLDER_*, DATABASE_*, AUDIT_BROKEN, POLICY_INVALID, SETTINGS_UNUSABLE. */
export function openInTwo(options: WorkbenchOptions): OpeningDesk {
  const front = openFront(options);
  const before = answeringOf(front);
  let work: Workbench | null = null;
  let opening: Promise<Workbench> | null = null;
  let started: Promise<void> = Promise.resolve();

  async function load(): Promise<Workbench> {
    const { openWorkbench } = await import('./workbench.ts');
    work = openWorkbench(options, front);
    started = work.start();
    return work;
  }
  function open(): Promise<Workbench> {
    opening ??= load();
    return opening;
  }
  const now = (): Answering => work ?? before;

  return {
    get handlers() {
      return now().handlers;
    },
    rights: {
      signedIn: () => now().rights.signedIn(),
      identityManager: () => now().rights.identityManager(),
      custodian: () => now().rights.custodian(),
      initiatorOf: (id) => now().rights.initiatorOf(id),
      partyOf: (id) => now().rights.partyOf(id),
    },
    lock: { heldBy: () => now().lock.heldBy(), closed: () => now().lock.closed() },
    async ready(name) {
      if (now().handlers[name] === undefined) await open();
    },
    busy: () => work?.busy() ?? false,
    ended: () => work?.ended() ?? false,
    handSeen: () => work?.handSeen(),
    lockNow: (cause) => work?.lockNow(cause),
    stopSafely: async () => work?.stopSafely(),
    async start() {
      await open();
      await started;
    },
    async close() {
      // One that could not be opened has nothing to close but these.
      const opened = opening === null ? null : await opening.catch(() => null);
      if (opened === null) front.records.close();
      else await opened.close();
    },
  };
}
