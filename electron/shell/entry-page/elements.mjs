// @ts-check
/** Makes elements out of text alone: no text that somebody wrote can become markup. */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * A long value in full, set in groups so that a person can compare it piece by piece. Its text has no spaces in it.
 * @param {string} value begins with 0x
 */
export function inGroups(value) {
  const pieces = ['0x', ...(value.slice(2).match(/.{1,4}/gu) ?? [])];
  return element(
    'span',
    { class: 'groups', translate: 'no' },
    ...pieces.map((piece) => element('span', { class: 'group' }, piece)),
  );
}

/**
 * Wei as coins of 18 decimals, with thousands separators.
 * @param {string} wei
 */
export function coins(wei) {
  const digits = wei.padStart(19, '0');
  const whole = digits.slice(0, -18).replace(/\B(?=(\d{3})+(?!\d))/gu, ',');
  const fraction = digits.slice(-18).replace(/0+$/u, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
