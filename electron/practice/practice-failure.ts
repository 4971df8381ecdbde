/** The one error of this room: the practice network is not to be had. */
import { DeskError } from '../../shared/errors.ts';

/** PRACTICE_UNAVAILABLE in words for a person; no real network is ever touched by it. */
export function practiceUnavailable(message: string, remedy: string, cause?: unknown): DeskError {
  return new DeskError('PRACTICE_UNAVAILABLE', { message, remedy, retry: 'safe', cause });
}
