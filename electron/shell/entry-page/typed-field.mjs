// @ts-check
import { element } from './elements.mjs';
import { idOf, PLAIN } from './fields.mjs';

/** @typedef {import('./fields.mjs').Field} Field */

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
 * @param {(words: string) => void} refused told when a way of filling it was refused
 * @returns {Field}
 */
export function typedField(refused) {
  const id = idOf('typed');
  const attributes = { ...PLAIN, 'aria-describedby': 'problem', required: '' };
  const input = element('input', { ...attributes, id, type: 'text', class: 'mono' });
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
  return {
    name: 'typed',
    rows: [element('div', { class: 'field' }, element('label', { for: id }, 'Confirmation text'), input)],
    input,
    secret: false,
    read: () => input.value,
    problem: () => (input.value === '' ? 'Please type the text that is shown.' : null),
    clear() {
      input.value = '';
    },
  };
}
