/** Leaves to the holder what a wallet was to recover itself and has not: from then on its key signs nothing at the desk. */
import { DeskError } from '../../shared/errors.ts';
import type { HandOverOf } from '../../shared/hand-over.ts';
import { walletsToHandOver } from '../../shared/hand-over-wallets.ts';
import { assertCompleted, handOverNow } from './hand-over.ts';
import type { HandOverContext, HandOverNow, Person } from './hand-over.ts';

/** The one that it is done in, and each other that hands the wallet over and had any: its result and letter tell of it. */
function recordedIn({ view, needed }: HandOverNow): readonly string[] {
  const others = needed.left.flatMap(({ recoveryId, plan }) =>
    walletsToHandOver(plan).some(({ replacement }) => replacement.address === view.wallet)
      ? [recoveryId]
      : [],
  );
  return [...new Set([view.recoveryId, ...others])];
}

/**
 * What of a wallet can be left to its holder, in whichever recovery to it; at least one.
 * @throws DeskError as `handOverNow`; HAND_OVER_NOT_READY, also where nothing is left; HAND_OVER_DONE;
 *   HAND_OVER_WAITS while another recovery to it has not ended.
 */
export function leavableToHolder(context: HandOverContext, of: HandOverOf): HandOverNow {
  const now = handOverNow(context, of);
  assertCompleted(now);
  if (now.needed.left.length === 0) {
    throw new DeskError('HAND_OVER_NOT_READY', {
      message: `The wallet ${of.wallet} has nothing left to recover itself. Nothing was recorded.`,
      remedy: 'Go on with the hand-over.',
      retry: 'never',
    });
  }
  return now;
}

/**
 * @returns symbols of what is left.
 * @throws DeskError as `leavableToHolder`.
 */
export function leaveToHolder(context: HandOverContext, of: HandOverOf, person: Person): readonly string[] {
  const now = leavableToHolder(context, of);
  const fact = { wallet: of.wallet, what: 'left_to_holder', ...person, recipient: null } as const;
  context.transaction(() => {
    for (const recoveryId of recordedIn(now)) context.journal.recordHandOver(recoveryId, fact);
  });
  context.checkpoint('hand_over:left_to_holder');
  return now.view.toRecover ?? [];
}
