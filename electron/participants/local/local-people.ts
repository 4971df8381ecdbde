/** The desk's own people: the directory that they answer as, and what is written into it. */
import type { AccessRepository } from '../../store/access-repository.ts';
import type { ParticipantRepository } from '../../store/participant-repository.ts';
import type { ParticipantDirectory } from '../directory.ts';
import { localDirectory } from './local-directory.ts';
import type { LocalParts } from './local-directory.ts';

export interface LocalPeople {
  readonly directory: ParticipantDirectory;
  readonly people: ParticipantRepository;
  readonly access: AccessRepository;
  isEmpty(): boolean;
  transaction<T>(work: () => T): T;
}

export function localPeople(parts: LocalParts): LocalPeople {
  return {
    ...parts,
    directory: localDirectory(parts),
    isEmpty: () => parts.people.search('', 1, null).length === 0,
  };
}
