/** What a hand-over comes to, in words. */
import type { HandOverShown } from '../../../shared/hand-over-procedures.ts';
import type { Leaving } from '../../../shared/hand-over.ts';
import { haveLeft, tookOther } from '../../../shared/hand-over-rules.ts';
import type { HandOverHalf } from '../../../shared/hand-over-rules.ts';
import type { SignedInView } from '../../../shared/desk-state.ts';
import { timeText } from '../../components/time-text.ts';

export const STATE_WORDS: Readonly<Record<HandOverShown['state'], string>> = {
  waiting: 'Once the recovery has completed',
  open: 'To be done',
  clearing: 'Marked done, not yet let go of',
  done: 'Done: the desk keeps neither half',
};

function nameOf({ names }: HandOverShown, { operatorId, operator }: Leaving): string {
  return names.find((one) => one.operatorId === operatorId)?.name ?? operator;
}

/** Who took it, and when. */
export function tookWords(view: HandOverShown, leavings: readonly Leaving[]): string {
  if (leavings.length === 0) return 'Has not left';
  return leavings
    .map((leaving) =>
      leaving.operatorId === null
        ? `Chosen by who began the recovery (${leaving.operator})`
        : `${nameOf(view, leaving)}, ${timeText(leaving.at)}`,
    )
    .join('; ');
}

/** Whether the desk still needs the wallet, so that nothing of it leaves yet. */
export function waits({ state, toRecover, underWay }: HandOverShown): boolean {
  return state === 'open' && (toRecover !== undefined || underWay !== undefined);
}

/** Which recovery is to end first, where the desk needs the wallet for another one; null for none. */
export function underWayWords({ underWay }: HandOverShown): string | null {
  return underWay === undefined
    ? null
    : `Nothing of the wallet leaves before recovery ${underWay.join(' and ')} has ended, which is to the same wallet: go on with it from the list of recoveries.`;
}

/** Where a retry is begun. */
export function retryWords({ recoveryId, toRecoverIn = [] }: HandOverShown): string {
  const others = toRecoverIn.filter((id) => id !== recoveryId);
  const where =
    others.length === 0
      ? 'remove the cause, then retry the failed tokens below'
      : `remove the cause, open recovery ${others.join(' and ')} from the list of recoveries, and retry the failed tokens there`;
  const here = others.length > 0 && others.length < toRecoverIn.length ? ', and those of this one below' : '';
  return `Retry the recovery: ${where}${here}. This desk then signs with the wallet once more.`;
}

/** Why whoever is signed in cannot take a half; null where they can. */
export function whyNot(view: HandOverShown, half: HandOverHalf, who: SignedInView): string | null {
  if (waits(view)) return 'It leaves once what is said above is settled.';
  if (half === 'passphrase' && !view.passphraseKept)
    return 'The desk does not have the passphrase: whoever chose it gives it to the holder.';
  if (view.byOne) return null;
  const other = tookOther(view, half, { operatorId: who.id, operator: who.address });
  if (other === null) return null;
  const [taken, left] = half === 'keystore' ? ['passphrase', 'keystore'] : ['keystore', 'passphrase'];
  const verb = other.operatorId === null ? 'chose' : 'took';
  return `You ${verb} the ${taken}, so another operator takes the ${left}.`;
}

/** What marking it done comes to. */
export function endWords({ others, signInHeld }: HandOverShown): string {
  const words = 'You tick these in a window of its own. The desk then deletes keystore and passphrase.';
  if (others.length === 0 || !signInHeld) return words;
  const rest = others.length === 1 ? 'the other wallet is' : `the other ${others.length} wallets are`;
  return `${words} Sign-in stays held until ${rest} handed over, too.`;
}

/** Why it cannot be marked done; null where it can. */
export function whyNotDone(view: HandOverShown): string | null {
  if (waits(view)) return 'What is said above has to be settled first.';
  if (view.state === 'clearing' || haveLeft(view)) return null;
  return 'Keystore and passphrase have to leave first: after that the desk keeps nothing.';
}
