/** What the directory says of the person, as far as it answers: a directory that is down holds no recovery up. */
import type { Address } from '../../shared/address.ts';
import { ACCESS_KINDS } from '../../shared/directory.ts';
import type { Access, AccessCounts, DirectoryFacts } from '../../shared/directory.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Participant } from '../../shared/participant.ts';
import type { Directory } from './needs.ts';
import type { Subject } from './preview-request.ts';

/** Whether it was the directory that failed, and nothing of ours. */
export function isDirectoryFault(thrown: unknown): thrown is DeskError {
  return thrown instanceof DeskError && thrown.code.startsWith('DIRECTORY_');
}

/** How many of each kind there are. */
export function countsOf(access: Access): AccessCounts {
  const counts = Object.entries(ACCESS_KINDS).map(([kind, key]) => [kind, access[key]?.length ?? null]);
  return { ...(Object.fromEntries(counts) as Omit<AccessCounts, 'signIn'>), signIn: access.signIn };
}

/**
 * What it can do about the person's access, and how much there is of it.
 * @returns null where there is no directory.
 */
export async function directoryFacts(
  directory: Directory | null,
  { participant, fault }: Pick<Subject, 'participant' | 'fault'>,
): Promise<DirectoryFacts | null> {
  if (directory === null) return null;
  const { kind } = directory;
  const silent = (error: DeskError): DirectoryFacts => ({
    kind,
    answers: false,
    message: error.message,
    participantId: participant.source === 'directory' ? participant.id : null,
  });
  if (fault !== null) return silent(fault);
  try {
    const capabilities = await directory.capabilities();
    if (participant.source === 'chain')
      return { kind, answers: true, participantId: null, capabilities, access: null };
    const access = countsOf(await directory.access(participant.id));
    return { kind, answers: true, participantId: participant.id, capabilities, access };
  } catch (thrown) {
    if (!isDirectoryFault(thrown)) throw thrown;
    return silent(thrown);
  }
}

/** Whom the directory knows an address as; nobody where it does not answer, which the preview tells. */
export async function ownerOf(directory: Directory | null, wallet: Address): Promise<Participant | null> {
  try {
    return (await directory?.findByWallet(wallet)) ?? null;
  } catch (thrown) {
    if (!isDirectoryFault(thrown)) throw thrown;
    return null;
  }
}
