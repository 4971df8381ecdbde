/** The forms of a hand-over: what is said before a half leaves, the passphrase itself, what is left to the holder, and the checklist. */
import type { EntryField, FormView } from '../../shared/entry-view.ts';
import { HAND_OVER_CHECKS } from '../../shared/hand-over-rules.ts';
import type { HandOverView } from '../../shared/hand-over.ts';
import type { HandOverCheck } from '../../shared/hand-over-rules.ts';
import { symbolsOfSteps } from '../../shared/holders-way.ts';
import { holdersOwnCall } from '../recovery/holders-own-call.ts';
import type { LeftIn } from '../recovery/hand-over-needed.ts';
import { entryField, entryForm } from './entry-forms.ts';

const checks = Object.entries(HAND_OVER_CHECKS) as readonly (readonly [HandOverCheck, string])[];

type Named = Pick<HandOverView, 'wallet' | 'lostWallet' | 'recoveryId'>;

function factsOf({ wallet, lostWallet, recoveryId }: Named): FormView['facts'] {
  return [
    ['Wallet', wallet],
    ['In place of', lostWallet],
    ['Recovery', recoveryId],
  ];
}

/** @param proof the field of the fresh proof; none for who proves it at the provider. */
export interface HandOverForm {
  readonly view: Named;
  readonly practice: boolean;
  readonly proof: readonly EntryField[];
}

export function keystoreForm({ view, practice, proof }: HandOverForm): FormView {
  return entryForm({
    title: 'Take the keystore',
    action: 'Take it',
    intro: [
      'It is written down as having left with you, and you can then not take the passphrase. Next you choose where it is saved.',
    ],
    facts: factsOf(view),
    practice,
    fields: proof,
  });
}

export function takePassphraseForm({ view, practice, proof }: HandOverForm): FormView {
  return entryForm({
    title: 'Take the passphrase',
    action: 'Show it',
    intro: [
      'It is written down as having left with you, and you can then not take the keystore. Have an envelope at hand, and nobody behind you.',
    ],
    facts: factsOf(view),
    practice,
    fields: proof,
  });
}

/** The passphrase, this once; answered as `sealed`. */
export function passphraseLetterForm(view: Named, practice: boolean, passphrase: string): FormView {
  return entryForm({
    title: 'The passphrase of your new wallet',
    action: 'Done',
    intro: [
      'For the holder alone. It opens the keystore file, which comes by another way. Type the words in small letters, with one space between. Nobody from the desk will ever ask for them.',
    ],
    facts: factsOf(view),
    practice,
    lines: { label: 'Passphrase', values: [passphrase] },
    printable: true,
    fields: [
      entryField({ name: 'sealed', label: 'It is written down or printed, and sealed', kind: 'acknowledge' }),
    ],
  });
}

/** The holder's public key; answered as `recipient`. */
export function recipientForm({ view, practice, proof }: HandOverForm): FormView {
  return entryForm({
    title: "One file for the holder's key",
    action: 'Go on',
    intro: [
      'Keystore and passphrase go into one file that only the private key of the holder opens. Have the holder read the public key to you. The file is made when two people named the same key.',
    ],
    facts: factsOf(view),
    practice,
    fields: [
      entryField({
        name: 'recipient',
        label: 'Public key of the holder',
        kind: 'text',
        hint: 'age, begins with age1.',
      }),
      ...proof,
    ],
  });
}

/** What each token that is left takes of the holder; answered as `left`. */
export function leaveForm({ view, practice, proof }: HandOverForm, left: readonly LeftIn[]): FormView {
  const calls = left.flatMap(({ plan, steps }) =>
    steps.map((step) => [symbolsOfSteps(plan, [step]).join(', '), holdersOwnCall(step)] as const),
  );
  return entryForm({
    title: 'Leave to the holder',
    action: 'Leave it to the holder',
    intro: [
      'These tokens are not recovered. The holder then recovers them with the new wallet, once it is theirs: the letter says how. The desk signs nothing with it any more, and that cannot be taken back.',
    ],
    facts: [...factsOf(view), ...calls],
    practice,
    fields: [
      entryField({
        name: 'left',
        label: 'The holder recovers these tokens, and the desk does not try again',
        kind: 'acknowledge',
      }),
      ...proof,
    ],
  });
}

/** The checklist; answered by the names of the checks. */
export function doneForm({ view, practice, proof }: HandOverForm): FormView {
  return entryForm({
    title: 'The hand-over is done',
    action: 'Let go of the wallet',
    intro: [
      'The desk then deletes keystore and passphrase. Nobody but the holder can open the wallet after that.',
    ],
    facts: factsOf(view),
    practice,
    fields: [...checks.map(([name, label]) => entryField({ name, label, kind: 'acknowledge' })), ...proof],
  });
}
