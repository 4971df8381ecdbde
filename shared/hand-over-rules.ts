/** Who may take what of a generated wallet, and what has to be true before that is done. Pure: the window shows it, too. */
import type { HandOverView, Leaving } from './hand-over.ts';

/** What of the wallet one person can take. */
export type HandOverHalf = 'keystore' | 'passphrase';

/** What has to be true before a hand-over is done, as it is ticked. */
export const HAND_OVER_CHECKS = {
  identified: 'The holder was identified again by whoever gave out each half',
  received: 'The holder has keystore and passphrase, and they did not travel together',
  opened: 'The holder opened the wallet with both and told its address, and it is the one above',
  understood: 'The holder knows that nobody can open it for them once the desk keeps nothing',
} as const satisfies Readonly<Record<string, string>>;
export type HandOverCheck = keyof typeof HAND_OVER_CHECKS;

type Person = Pick<Leaving, 'operatorId' | 'operator'>;

/** Whether both are one person, as far as a desk can tell: by record or by key. */
export function isSamePerson(one: Person, other: Person): boolean {
  return one.operator === other.operator || (one.operatorId !== null && one.operatorId === other.operatorId);
}

/** Whoever took the other half, if that was this person. */
export function tookOther(view: HandOverView, half: HandOverHalf, person: Person): Leaving | null {
  const other = half === 'keystore' ? view.passphrase : view.keystore;
  return other.find((leaving) => isSamePerson(leaving, person)) ?? null;
}

/** Whether both halves are with the holder's two messengers, or in the holder's file. */
export function haveLeft({ keystore, passphrase, sealed }: HandOverView): boolean {
  return sealed.length > 0 || (keystore.length > 0 && passphrase.length > 0);
}
