/** A network that is worked on: its profile, its connection, the people on it, and the records kept of it. */
import path from 'node:path';
import { connect } from '../desk.ts';
import type { Connected } from '../desk.ts';
import type { Records } from '../records.ts';
import { directoryInUse } from '../participants/directory-in-use.ts';
import type { ParticipantDirectory } from '../participants/directory.ts';
import { openParticipants } from '../participants/open-participants.ts';
import { keychainStore } from '../operator/keychain-store.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import { loadNetworkProfile } from '../policy/load-network-profile.ts';
import type { NetworkProfile } from '../../shared/network-profile.ts';

export interface Site {
  /** Id of the network among those of the desk. */
  readonly id: string;
  readonly profile: NetworkProfile;
  readonly profileFile: string;
  readonly records: Records;
  readonly connection: Connected;
  /** Asked each time: people may be imported while it is worked on. */
  readonly directory: () => ParticipantDirectory | null;
  readonly participantsFile: string | null;
  /** Ends the connection; the records are whoever's opened them. */
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly id: string;
  readonly profileFile: string;
  readonly participantsFile: string | null;
  readonly records: Records;
  /** Runs the keychain program, for a directory that is reached with a credential. */
  readonly programs: ChildPrograms;
  readonly onScan: (reached: number, last: number) => void;
  readonly giveUp: AbortSignal;
}

/** @throws DeskError PROFILE_*, PARTICIPANTS_INVALID, DIRECTORY_PROFILE_INVALID, CHAIN_ID_MISMATCH, ENDPOINT_*, HOST_NOT_ALLOWED. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const { id, participantsFile, records, programs, onScan, giveUp } = options;
  const profileFile = path.resolve(options.profileFile);
  const { profile, dir } = loadNetworkProfile(profileFile);
  const { policy } = records;
  const secrets = keychainStore(programs, policy);
  const named =
    participantsFile === null ? null : await openParticipants(participantsFile, { policy, secrets });
  const directory = directoryInUse(named?.directory ?? null, records.local);
  const connecting = connect({ profile, profileDir: dir, directory, known: records, onScan, giveUp });
  const connection = await connecting.catch((thrown: unknown) => {
    named?.close();
    throw thrown;
  });
  return {
    id,
    profile,
    profileFile,
    records,
    connection,
    directory,
    participantsFile,
    async close() {
      await connection.close();
      named?.close();
    },
  };
}

/** Records of the practice network, apart from those of real ones: what is stuck there must hold nothing here. */
export function practiceRecordsFolder(data: string): string {
  return path.join(path.resolve(data), 'practice', 'desk');
}
