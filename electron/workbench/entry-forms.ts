/**
 * The forms of the entry window that are asked more than once. Only what they say and ask is here; who opens one judges
 * what was typed.
 */
import type { EntryField, EntryValues, FormView } from '../../shared/entry-view.ts';
import { PRACTICE_PASSPHRASE } from '../practice/practice-keys.ts';

type Needed = Pick<FormView, 'title' | 'action'>;
const NEW_OPERATOR = 'A new operator';
const CODE_HINT = 'Six digits from your authenticator, or one of your recovery codes.';

type NeededField = Pick<EntryField, 'name' | 'label' | 'kind'>;

/** A form with nothing in it but what is given. */
export function entryForm(parts: Needed & Partial<FormView>): FormView {
  return {
    kind: 'form',
    intro: [],
    facts: [],
    practice: false,
    qr: null,
    lines: null,
    fields: [],
    ...parts,
  };
}

/** A field that has to be filled. */
export function entryField(parts: NeededField & Partial<EntryField>): EntryField {
  return { hint: null, minLength: null, optional: false, ...parts };
}

/** Under a passphrase that is asked for on the practice network: whoever trains there need not look for it. */
export function practiceHint(practice: boolean): string | null {
  return practice ? `In training it is ${PRACTICE_PASSPHRASE}, unless you chose another.` : null;
}

/**
 * What was typed into a field, as bytes that the caller wipes after use (see `EntryValues` for what cannot be wiped).
 * @throws RangeError where the view had no such field.
 */
export function secretOf(values: EntryValues, name: string): Buffer {
  return Buffer.from(textOf(values, name), 'utf8');
}

/** @throws RangeError where the view had no such field. */
export function textOf(values: EntryValues, name: string): string {
  const typed = values[name];
  if (typed === undefined) throw new RangeError(`there is no field ${name}`);
  return typed;
}

/** The passphrase of a keystore; answered as `passphrase`. */
export function passphraseForm(asked: { readonly what: string; readonly file: string }): FormView {
  return entryForm({
    title: asked.what,
    action: 'Open',
    facts: [['File', asked.file]],
    fields: [entryField({ name: 'passphrase', label: 'Passphrase', kind: 'passphrase' })],
  });
}

/** A passphrase for a wallet that is being made, typed twice; answered as `passphrase`. */
export function newPassphraseForm(asked: { readonly what: string; readonly minLength: number }): FormView {
  const { what, minLength } = asked;
  return entryForm({
    title: what,
    action: 'Set the passphrase',
    intro: [`At least ${minLength} characters. Nobody can reset it: without it the wallet cannot be opened.`],
    fields: [entryField({ name: 'passphrase', label: 'New passphrase', kind: 'new_passphrase', minLength })],
  });
}

/** A one-time code, once the passphrase was right; answered as `code`. */
export function codeForm(asked: Needed): FormView {
  return entryForm({
    ...asked,
    fields: [
      entryField({
        name: 'code',
        label: 'One-time code',
        kind: 'code',
        hint: CODE_HINT,
      }),
    ],
  });
}

/**
 * Sets up one-time codes: what the authenticator scans or is typed into it, and its first code, answered as `code`.
 * @param asked.qr of the otpauth address, without a border.
 * @param asked.secret in base32.
 */
export function totpForm(asked: {
  readonly why?: string;
  readonly qr: readonly (readonly boolean[])[];
  readonly secret: string;
}): FormView {
  return entryForm({
    title: 'One-time codes',
    action: 'Check the code',
    intro: [
      ...(asked.why === undefined ? [] : [asked.why]),
      'Scan this with your authenticator, or type the secret into it. Then enter the code that it shows.',
    ],
    qr: asked.qr,
    lines: { label: 'The secret', values: [asked.secret] },
    fields: [
      entryField({ name: 'code', label: 'One-time code', kind: 'code', hint: 'Six digits.', minLength: 6 }),
    ],
  });
}

/** Recovery codes, shown this once; answered as `kept`. */
export function recoveryCodesForm(codes: readonly string[]): FormView {
  return entryForm({
    title: 'Recovery codes',
    action: 'Done',
    intro: [
      'Each of these signs you in once when your authenticator is not at hand. They are shown now and never again.',
    ],
    lines: { label: 'Your recovery codes', values: codes },
    fields: [
      entryField({ name: 'kept', label: 'I have put them where only I find them', kind: 'acknowledge' }),
    ],
  });
}

/** What an operator signs in with; answered as `passphrase`. */
export function operatorPassphraseForm(asked: {
  readonly title: string;
  readonly name: string;
  readonly practice: boolean;
}): FormView {
  return entryForm({
    title: asked.title,
    action: 'Go on',
    facts: [['Operator', asked.name]],
    practice: asked.practice,
    fields: [
      entryField({
        name: 'passphrase',
        label: 'Passphrase',
        kind: 'passphrase',
        hint: practiceHint(asked.practice),
      }),
    ],
  });
}

/** All that an operator signs in with, before something of theirs is changed; answered as `passphrase`, `code`. */
export function wholeProofForm(asked: {
  readonly title: string;
  readonly name: string;
  readonly practice: boolean;
  readonly codes: boolean;
}): FormView {
  const form = operatorPassphraseForm(asked);
  const code = entryField({ name: 'code', label: 'One-time code', kind: 'code', hint: CODE_HINT });
  return asked.codes ? { ...form, fields: [...form.fields, code] } : form;
}

/** A new operator for whom nothing is to be typed: the provider vouches for them, and their key is elsewhere; `right`. */
export function vouchedOperatorForm(asked: {
  readonly name: string;
  readonly address: string;
  readonly issuer: string;
  readonly subject: string;
}): FormView {
  const { name, address, issuer, subject } = asked;
  return entryForm({
    title: NEW_OPERATOR,
    action: 'Set up',
    facts: [
      ['Name', name],
      ['Address', address],
      ['Identity provider', new URL(issuer).host],
      ['There known as', subject],
    ],
    fields: [
      entryField({ name: 'right', label: 'This is me, and I sign with this address', kind: 'acknowledge' }),
    ],
  });
}

export const REMOVAL_TITLE = 'Remove this operator from the desk';

/** That somebody is to be removed of whom nothing on this desk opens with a passphrase. */
export function removalForm(asked: { readonly name: string; readonly practice: boolean }): FormView {
  return entryForm({
    title: REMOVAL_TITLE,
    action: 'Remove',
    facts: [['Operator', asked.name]],
    practice: asked.practice,
    fields: [
      entryField({
        name: 'knowing',
        label: 'The desk is to forget how they sign in and where their key is',
        kind: 'acknowledge',
      }),
    ],
  });
}

/** The passphrase of a keystore whose key is taken over; answered as `passphrase`. */
export function keystoreKeyForm(file: string): FormView {
  return entryForm({
    title: 'The keystore to take over',
    action: 'Open',
    intro: ['The file stays as it is. The desk seals its key anew, under a passphrase that you choose next.'],
    facts: [['File', file]],
    fields: [entryField({ name: 'passphrase', label: 'Its passphrase', kind: 'passphrase' })],
  });
}

/** A private key, entered once; answered as `key`. */
export function privateKeyForm(): FormView {
  return entryForm({
    title: 'The private key',
    action: 'Take it over',
    intro: ['Entered this once, and never shown again. Clear the clipboard if it came from there.'],
    fields: [
      entryField({
        name: 'key',
        label: 'Private key',
        kind: 'passphrase',
        hint: '64 characters of 0 to 9 and a to f.',
      }),
    ],
  });
}

/** A recovery phrase; answered as `phrase`, `extra` and `path`. */
export function phraseForm(): FormView {
  return entryForm({
    title: 'The recovery phrase',
    action: 'Take it over',
    intro: [
      'The words of the wallet, in their order (BIP-39). They are not kept: only the key of one account is.',
    ],
    fields: [
      entryField({
        name: 'phrase',
        label: 'Recovery phrase',
        kind: 'long_text',
        hint: '12 to 24 English words.',
      }),
      entryField({
        name: 'extra',
        label: 'Passphrase of the phrase',
        kind: 'passphrase',
        hint: 'Only where the wallet has one, a "25th word".',
        optional: true,
      }),
      entryField({
        name: 'path',
        label: 'Derivation path',
        kind: 'text',
        hint: "Empty for m/44'/60'/0'/0/0, the first account.",
        optional: true,
      }),
    ],
  });
}

/** The passphrase of a new operator; answered as `newPassphrase`. */
export function newOperatorForm(asked: {
  readonly name: string;
  readonly address: string;
  readonly minLength: number;
  readonly withoutKeychain: boolean;
}): FormView {
  const { name, address, minLength, withoutKeychain } = asked;
  const passphrase = entryField({
    name: 'newPassphrase',
    label: 'New passphrase',
    kind: 'new_passphrase',
    minLength,
  });
  const knowing = entryField({
    name: 'knowing',
    label: 'Whoever copies the disk can try passphrases on it: mine is long',
    kind: 'acknowledge',
  });
  return entryForm({
    title: NEW_OPERATOR,
    action: 'Set up',
    intro: [
      `At least ${minLength} characters. Nobody can reset it: without it the key is lost to this desk.`,
      withoutKeychain
        ? 'There is no keychain on this machine to keep a second secret in: the key opens with the passphrase alone.'
        : 'The key opens with this passphrase and an entry of the keychain of this machine, and with neither alone.',
    ],
    facts: [
      ['Name', name],
      ['Address', address],
    ],
    fields: withoutKeychain ? [passphrase, knowing] : [passphrase],
  });
}
