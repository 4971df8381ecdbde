/** The same words wherever a recovery is asked for that is not there. */
import { DeskError } from './errors.ts';

export function recoveryUnknown(id: string): DeskError {
  return new DeskError('RECOVERY_UNKNOWN', {
    message: `There is no recovery ${id} in this data folder. Nothing was done.`,
    remedy:
      'Look at the history (`list` in the terminal) for those that are there. Another data folder may have it.',
    retry: 'never',
  });
}
