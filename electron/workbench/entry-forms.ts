/**
 * The forms of the entry window that are asked more than once. Only what they say and ask is here; who opens one judges
 * what was typed.
 */
import type { EntryField, EntryValues, FormView } from '../../shared/entry-view.ts';

type Needed = Pick<FormView, 'title' | 'action'>;
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
        hint: 'Six digits from your authenticator, or one of your recovery codes.',
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
  readonly qr: readonly (readonly boolean[])[];
  readonly secret: string;
}): FormView {
  return entryForm({
    title: 'One-time codes',
    action: 'Check the code',
    intro: [
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
