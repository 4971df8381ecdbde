// @ts-check
import { element } from './elements.mjs';

/**
 * What a passphrase is typed into: hidden unless the person asks to see it.
 * @param {Record<string, string>} attributes with the id
 * @param {string} label
 */
export function passphraseInput(attributes, label) {
  const input = element('input', { ...attributes, type: 'password' });
  const toggle = element('button', { type: 'button', class: 'quiet', 'aria-controls': input.id });

  /** @param {boolean} shown */
  function show(shown) {
    input.type = shown ? 'text' : 'password';
    toggle.textContent = shown ? 'Hide' : 'Show';
    toggle.setAttribute('aria-pressed', String(shown));
    toggle.setAttribute('aria-label', `${shown ? 'Hide' : 'Show'}: ${label}`);
  }

  show(false);
  toggle.addEventListener('click', () => {
    show(input.type === 'password');
    input.focus();
  });
  return {
    line: element('div', { class: 'line' }, input, toggle),
    input,
    clear: () => {
      input.value = '';
      show(false);
    },
  };
}
