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

/** Why whoever is signed in cannot take a half; null where they can. */
export function whyNot(view: HandOverShown, half: HandOverHalf, who: SignedInView): string | null {
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
  if (view.state === 'clearing' || haveLeft(view)) return null;
  return 'Keystore and passphrase have to leave first: after that the desk keeps nothing.';
}
