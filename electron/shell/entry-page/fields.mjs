// @ts-check
import { element } from './elements.mjs';
import { passphraseInput } from './passphrase-input.mjs';

/** @typedef {import('../../../shared/entry-view.ts').EntryField} EntryField */

/**
 * A field as the document works with it.
 * @typedef {object} Field
 * @property {string} name
 * @property {HTMLElement[]} rows
 * @property {HTMLInputElement | HTMLTextAreaElement} input what is given the focus
 * @property {boolean} secret whether what was typed goes from the document as soon as it was sent
 * @property {() => string} read
 * @property {() => string | null} problem why it cannot be sent as it is
 * @property {() => void} clear
 */

/** Nothing is remembered, offered, corrected or looked up of what is typed. */
export const PLAIN = {
  autocomplete: 'off',
  autocapitalize: 'off',
  autocorrect: 'off',
  spellcheck: 'false',
};

/** @param {string} name */
export const idOf = (name) => `field-${name}`;

/**
 * @param {EntryField} field
 * @returns {Record<string, string>}
 */
function attributesOf({ name, hint, optional }) {
  const id = idOf(name);
  return {
    ...PLAIN,
    id,
    'aria-describedby': hint === null ? 'problem' : `${id}-hint problem`,
    ...(optional ? {} : { required: '' }),
  };
}

/**
 * A label, a hint and what is typed into.
 * @param {EntryField} field
 * @param {Node} control
 */
function rowOf({ name, label, hint, optional }, control) {
  const id = idOf(name);
  const words = optional ? `${label} (may stay empty)` : label;
  const hints = hint === null ? [] : [element('p', { id: `${id}-hint`, class: 'hint' }, hint)];
  return element('div', { class: 'field' }, element('label', { for: id }, words), ...hints, control);
}

/**
 * @param {EntryField} field
 * @param {string} typed
 */
function shortfall({ label, kind, minLength, optional }, typed) {
  if (typed === '') return optional ? null : `${label}: this is needed.`;
  if (minLength === null || Array.from(typed).length >= minLength) return null;
  return kind === 'new_passphrase'
    ? `The passphrase needs at least ${minLength} characters.`
    : `${label}: at least ${minLength} characters are needed.`;
}

/**
 * @param {EntryField} field
 * @returns {Field}
 */
export function fieldOf(field) {
  switch (field.kind) {
    case 'passphrase':
      return passphraseField(field);
    case 'new_passphrase':
      return newPassphraseField(field);
    case 'acknowledge':
      return acknowledgeField(field);
    case 'long_text':
      return writtenField(field, element('textarea', { ...attributesOf(field), rows: '4' }), true);
    case 'code':
      // Not a number alone: a recovery code has letters. Nothing is offered to fill it with.
      return writtenField(
        field,
        element('input', { ...attributesOf(field), type: 'text', class: 'mono' }),
        true,
      );
    case 'text':
      return writtenField(field, element('input', { ...attributesOf(field), type: 'text' }), false);
  }
}

/**
 * @param {EntryField} field
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {boolean} secret
 * @returns {Field}
 */
function writtenField(field, input, secret) {
  return {
    name: field.name,
    rows: [rowOf(field, input)],
    input,
    secret,
    read: () => input.value,
    problem: () => shortfall(field, input.value),
    clear() {
      input.value = '';
    },
  };
}

/**
 * @param {EntryField} field
 * @returns {Field}
 */
function passphraseField(field) {
  const { line, input, clear } = passphraseInput(attributesOf(field), field.label);
  return {
    name: field.name,
    rows: [rowOf(field, line)],
    input,
    secret: true,
    read: () => input.value,
    problem: () => shortfall(field, input.value),
    clear,
  };
}

/**
 * @param {EntryField} field
 * @returns {Field}
 */
function newPassphraseField(field) {
  const first = passphraseField(field);
  const again = passphraseField({
    ...field,
    name: `${field.name}-again`,
    label: 'The same again',
    hint: null,
  });
  return {
    ...first,
    rows: [...first.rows, ...again.rows],
    problem: () =>
      first.problem() ?? (first.read() === again.read() ? null : 'The two passphrases are not the same.'),
    clear() {
      first.clear();
      again.clear();
    },
  };
}

/**
 * @param {EntryField} field
 * @returns {Field}
 */
function acknowledgeField(field) {
  const { id = '', ...attributes } = attributesOf(field);
  const input = element('input', { ...attributes, id, type: 'checkbox' });
  const hints = field.hint === null ? [] : [element('p', { id: `${id}-hint`, class: 'hint' }, field.hint)];
  const row = element(
    'div',
    { class: 'field' },
    element('div', { class: 'tick' }, input, element('label', { for: id }, field.label)),
    ...hints,
  );
  return {
    name: field.name,
    rows: [row],
    input,
    secret: false,
    // The word of ACKNOWLEDGED in shared/entry-view.ts.
    read: () => (input.checked ? 'yes' : ''),
    problem: () => (input.checked || field.optional ? null : `Please tick: ${field.label}.`),
    clear() {
      input.checked = false;
    },
  };
}
