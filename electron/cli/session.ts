/** What commands share while they run: connection, people, interruption. */
import { directoryInUse } from '../participants/directory-in-use.ts';
import { openParticipants } from '../participants/open-participants.ts';
import { loadNetworkProfile } from '../policy/load-network-profile.ts';
import { connect } from '../desk.ts';
import { knownBefore } from '../records.ts';
import type { Checkpoint, Connected } from '../desk.ts';
import type { Records } from '../records.ts';
import type { NetworkProfile } from '../../shared/network-profile.ts';
import { keychainStore } from '../operator/keychain-store.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import type { OpenExternal } from '../operator/oidc/needs.ts';
import type { Output } from './output.ts';
import type { Terminal } from './prompt.ts';

/** Handed to every command. */
export interface Session {
  readonly output: Output;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C or a request to end. */
  readonly signal: AbortSignal;
  readonly checkpoint: Checkpoint;
  /** Runs the helper programs of the desk. */
  readonly programs: ChildPrograms;
  /** Opens an address in the person's own browser. */
  readonly openExternal: OpenExternal;
  /** The exit code of the command; 0 unless set. */
  exit(code: number): void;
}

const SCAN_STEP = 100_000;

function scanProgress(output: Output): (reached: number, last: number) => void {
  let told = 0;
  return (reached, last) => {
    if (last < SCAN_STEP || reached - told < SCAN_STEP) return;
    told = reached;
    output.say(`Reading logs: block ${reached} of ${last}`);
  };
}

export interface ConnectTo {
  readonly profile: NetworkProfile;
  readonly dir: string;
  readonly participants: string | undefined;
  readonly records: Records | null;
  readonly data: string;
}

/** A connection that Ctrl-C drops, until somebody says that it must hold on. */
export interface Held extends Connected {
  holdOn(): void;
}

/** Runs the work connected to the profile's chain, and closes whatever happens. */
export async function connected<T>(
  session: Session,
  to: ConnectTo,
  work: (connection: Held) => Promise<T>,
): Promise<T> {
  const known = knownBefore(to.records, to.data);
  const secrets = keychainStore(session.programs, known.policy);
  const named =
    to.participants === undefined
      ? null
      : await openParticipants(to.participants, { policy: known.policy, secrets });
  const connection = await connect({
    profile: to.profile,
    profileDir: to.dir,
    directory: directoryInUse(named?.directory ?? null, to.records?.local ?? null),
    known,
    onScan: scanProgress(session.output),
    giveUp: session.signal,
  }).catch((thrown: unknown) => {
    named?.close();
    throw thrown;
  });
  // While there is only reading, Ctrl-C ends it at once; what the engine does it ends itself, at a safe point.
  const drop = (): void => void connection.close();
  const holdOn = (): void => session.signal.removeEventListener('abort', drop);
  session.signal.addEventListener('abort', drop, { once: true });
  try {
    if (session.signal.aborted) drop();
    return await work({ ...connection, holdOn });
  } finally {
    holdOn();
    await connection.close();
    named?.close();
  }
}

/** As `connected`, from a profile file. */
export function connectedTo<T>(
  session: Session,
  to: Omit<ConnectTo, 'profile' | 'dir'> & { readonly network: string },
  work: (connection: Held) => Promise<T>,
): Promise<T> {
  return connected(session, { ...to, ...loadNetworkProfile(to.network) }, work);
}

/** Runs the work with the records, and closes them whatever happens. */
export async function withRecords<T, R extends Records | null>(
  records: R,
  work: (records: R) => Promise<T>,
): Promise<T> {
  try {
    return await work(records);
  } finally {
    records?.close();
  }
}
