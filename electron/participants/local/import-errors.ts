/** Why a file cannot be imported, with the line where that is known. */
import { DeskError } from '../../../shared/errors.ts';

/** Nothing was changed, whatever is wrong. */
export function notImported(what: string, cause?: unknown): DeskError {
  return new DeskError('PARTICIPANTS_INVALID', {
    message: `The file cannot be imported: ${what}. Nothing was changed.`,
    remedy: 'Correct the file, or have it exported again as UTF-8, then import it once more.',
    retry: 'never',
    cause,
  });
}

export function changedMeanwhile(): DeskError {
  return new DeskError('PARTICIPANTS_CHANGED', {
    message: 'Since this was shown, the participants were changed. Nothing of it was carried out.',
    remedy: 'Look at it again as it is now, then repeat it.',
    retry: 'safe',
  });
}
