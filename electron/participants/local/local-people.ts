/** The desk's own people: the directory that they answer as, and what is written into it. */
import type { AuditEvent } from '../../../shared/audit.ts';
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
  /** Appends to the audit log; inside a transaction, with it. */
  audit(event: AuditEvent): void;
  /** One import at a time. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export function localPeople(
  parts: LocalParts & { readonly audit: (event: AuditEvent) => void },
): LocalPeople {
  let before: Promise<unknown> = Promise.resolve();
  return {
    ...parts,
    inTurn(work) {
      const done = before.then(work);
      before = done.catch(() => undefined);
      return done;
    },
    directory: localDirectory(parts),
    isEmpty: () => parts.people.search('', 1, null).length === 0,
  };
}
