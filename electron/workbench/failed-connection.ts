import { asDeskError } from '../../shared/errors.ts';
import type { DeskState } from '../../shared/desk-state.ts';

type Status = DeskState['connection'];

/** What is told in place of a status where something beyond connecting failed. */
export function failedConnection(status: Status, thrown: unknown): Status {
  const name = status.status === 'none' ? 'The chosen network' : status.name;
  return { status: 'failed', name, error: asDeskError(thrown).toJSON() };
}
