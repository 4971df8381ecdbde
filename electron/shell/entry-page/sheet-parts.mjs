// @ts-check
import { element } from './elements.mjs';

/** The mark of the practice network, so that it is never mistaken for a real one. */
export function practiceMark() {
  return element(
    'p',
    { class: 'practice' },
    element('strong', {}, 'Practice'),
    ' Nothing here is real: a training network on this machine.',
  );
}

/** @param {readonly (readonly [string, Node | string])[]} rows */
export function facts(rows) {
  return element(
    'dl',
    {},
    ...rows.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}

/**
 * What the person is to keep: each is selected by a click, as a whole.
 * @param {string} label
 * @param {readonly string[]} values
 */
export function keptLines(label, values) {
  return element(
    'section',
    { 'aria-labelledby': 'lines' },
    element('h2', { id: 'lines' }, label),
    element(
      'ul',
      { class: 'lines', translate: 'no' },
      ...values.map((value) => element('li', {}, element('code', {}, value))),
    ),
    element(
      'p',
      { class: 'hint' },
      'A click selects one, Ctrl+C copies it. What is copied can be read by every program until something else is copied.',
    ),
  );
}

/** The sheet on paper; entry.css says what of it. Straight to the printer: main writes no file of it. */
export function printButton() {
  const button = element('button', { type: 'button', class: 'print' }, 'Print the sealed letter…');
  button.addEventListener('click', () => print());
  return element('p', {}, button);
}
