/** A network that is worked on: its profile, its connection, the people on it, and the records kept of it. */
import path from 'node:path';
import { connect } from '../desk.ts';
import type { Connected, Records } from '../desk.ts';
import { directoryInUse } from '../participants/directory-in-use.ts';
import type { ParticipantDirectory } from '../participants/directory.ts';
import { readParticipantsFile } from '../participants/participants-file.ts';
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
  readonly onScan: (reached: number, last: number) => void;
  readonly giveUp: AbortSignal;
}

/** @throws DeskError PROFILE_*, PARTICIPANTS_INVALID, CHAIN_ID_MISMATCH, ENDPOINT_*, HOST_NOT_ALLOWED. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const { id, participantsFile, records, onScan, giveUp } = options;
  const profileFile = path.resolve(options.profileFile);
  const { profile, dir } = loadNetworkProfile(profileFile);
  const named = participantsFile === null ? null : await readParticipantsFile(participantsFile);
  const directory = directoryInUse(named, records.local);
  const connection = await connect({ profile, profileDir: dir, directory, known: records, onScan, giveUp });
  return {
    id,
    profile,
    profileFile,
    records,
    connection,
    directory,
    participantsFile,
    close: () => connection.close(),
  };
}

/** Records of the practice network, apart from those of real ones: what is stuck there must hold nothing here. */
export function practiceRecordsFolder(data: string): string {
  return path.join(path.resolve(data), 'practice', 'desk');
}
