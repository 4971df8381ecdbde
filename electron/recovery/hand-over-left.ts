/** Leaves to the holder what a wallet was to recover itself and has not: from then on its key signs nothing at the desk. */
import { DeskError } from '../../shared/errors.ts';
import type { HandOverOf } from '../../shared/hand-over.ts';
import { assertCompleted, handOverNow } from './hand-over.ts';
import type { HandOverContext, Person } from './hand-over.ts';

/**
 * @returns symbols of what is left.
 * @throws DeskError as `handOverNow`; HAND_OVER_NOT_READY, also where nothing is left; HAND_OVER_DONE.
 */
export function leaveToHolder(context: HandOverContext, of: HandOverOf, person: Person): readonly string[] {
  const now = handOverNow(context, of);
  assertCompleted(now);
  const { toRecover = [] } = now.view;
  if (toRecover.length === 0) {
    throw new DeskError('HAND_OVER_NOT_READY', {
      message: `The wallet ${of.wallet} has nothing left to recover itself. Nothing was recorded.`,
      remedy: 'Go on with the hand-over.',
      retry: 'never',
    });
  }
  context.journal.recordHandOver(of.recoveryId, {
    wallet: of.wallet,
    what: 'left_to_holder',
    ...person,
    recipient: null,
  });
  context.checkpoint('hand_over:left_to_holder');
  return toRecover;
}
