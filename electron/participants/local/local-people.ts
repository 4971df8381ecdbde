/** The desk's own people: the directory that they answer as, and what is written into it. */
import type { AuditEvent } from '../../../shared/audit.ts';
import type { AccessRepository } from '../../store/access-repository.ts';
import type { ParticipantRepository } from '../../store/participant-repository.ts';
import type { ParticipantDirectory } from '../directory.ts';
import { localDirectory } from './local-directory.ts';
import type { LocalParts } from './local-directory.ts';

/** The people as they stand at one moment, whatever is imported or edited meanwhile. */
export interface LocalSnapshot {
  readonly directory: Pick<ParticipantDirectory, 'search'>;
  count(): number;
  close(): void;
}

export interface LocalPeople {
  readonly directory: ParticipantDirectory;
  readonly people: ParticipantRepository;
  readonly access: AccessRepository;
  isEmpty(): boolean;
  /** To be closed soon. */
  snapshot(): LocalSnapshot;
  transaction<T>(work: () => T): T;
  /** Appends to the audit log; inside a transaction, with it. */
  audit(event: AuditEvent): void;
  /** One import at a time. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export interface LocalPeopleParts extends LocalParts {
  readonly audit: (event: AuditEvent) => void;
  /** The same people, by a connection of its own that sees nothing of what is written from then on. */
  readonly standingStill: () => { readonly people: ParticipantRepository; readonly close: () => void };
}

export function localPeople({ standingStill, ...parts }: LocalPeopleParts): LocalPeople {
  let before: Promise<unknown> = Promise.resolve();
  return {
    ...parts,
    inTurn(work) {
      const done = before.then(work);
      before = done.catch(() => undefined);
      return done;
    },
    directory: localDirectory(parts),
    snapshot() {
      const { people, close } = standingStill();
      return { directory: localDirectory({ ...parts, people }), count: () => people.count(), close };
    },
    isEmpty: () => parts.people.search('', 1, null).length === 0,
  };
}
