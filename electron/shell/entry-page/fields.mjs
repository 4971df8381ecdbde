// @ts-check
import { element } from './elements.mjs';

/**
 * A field with its label.
 * @typedef {{ row: HTMLElement, input: HTMLInputElement }} Field
 */

const PLAIN = {
  autocomplete: 'off',
  autocapitalize: 'off',
  autocorrect: 'off',
  spellcheck: 'false',
  'aria-describedby': 'problem',
  required: '',
};

/** Ways of filling a field other than typing. */
const FILLED = new Set([
  'insertFromPaste',
  'insertFromPasteAsQuotation',
  'insertFromDrop',
  'insertFromYank',
  'insertReplacementText',
]);

/**
 * The field of a confirmation: it has to be typed, because what is pasted was not read.
 * @param {string} id
 * @param {string} label
 * @param {(words: string) => void} refused
 * @returns {Field}
 */
export function typedField(id, label, refused) {
  const input = element('input', { ...PLAIN, id, type: 'text' });
  /** @param {Event} event */
  const refuse = (event) => {
    event.preventDefault();
    refused('Please type the text. It cannot be pasted or dropped here.');
  };
  // SECURITY: a confirmation is an act of a person, not of the clipboard.
  input.addEventListener('paste', refuse);
  input.addEventListener('drop', refuse);
  input.addEventListener('beforeinput', (event) => {
    if (FILLED.has(event.inputType)) refuse(event);
  });
  return { row: element('div', { class: 'field' }, element('label', { for: id }, label), input), input };
}

/**
 * The field of a passphrase, hidden unless the person asks to see it.
 * @param {string} id
 * @param {string} label
 * @returns {Field}
 */
export function passphraseField(id, label) {
  const input = element('input', { ...PLAIN, id, type: 'password' });
  const toggle = element(
    'button',
    { type: 'button', class: 'quiet', 'aria-pressed': 'false', 'aria-controls': id },
    'Show',
  );
  toggle.setAttribute('aria-label', `Show: ${label}`);
  toggle.addEventListener('click', () => {
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    toggle.textContent = shown ? 'Hide' : 'Show';
    toggle.setAttribute('aria-pressed', String(shown));
    toggle.setAttribute('aria-label', `${shown ? 'Hide' : 'Show'}: ${label}`);
    input.focus();
  });
  const line = element('div', { class: 'line' }, input, toggle);
  return { row: element('div', { class: 'field' }, element('label', { for: id }, label), line), input };
}
