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
 * @param {number} marked how many of its last characters stand out
 */
export function inGroups(value, marked = 0) {
  const pieces = ['0x', ...(value.slice(2).match(/.{1,4}/gu) ?? [])];
  const from = value.length - marked;
  let at = 0;
  const groups = pieces.map((piece) => {
    const plain = Math.min(Math.max(from - at, 0), piece.length);
    at += piece.length;
    const [before, after] = [piece.slice(0, plain), piece.slice(plain)];
    return element(
      'span',
      { class: 'group' },
      before,
      ...(after === '' ? [] : [element('strong', {}, after)]),
    );
  });
  return element('span', { class: 'groups', translate: 'no' }, ...groups);
}

/** Decimals of an amount that are shown; what comes after them is rounded up. */
const SHOWN = 6;

/**
 * Wei as coins of 18 decimals, with thousands separators, to the next higher amount of six decimals.
 * @param {string} wei
 */
export function coins(wei) {
  const unit = 10n ** BigInt(18 - SHOWN);
  const digits = String((BigInt(wei) + unit - 1n) / unit).padStart(SHOWN + 1, '0');
  const whole = digits.slice(0, -SHOWN).replace(/\B(?=(\d{3})+(?!\d))/gu, ',');
  const fraction = digits.slice(-SHOWN).replace(/0+$/u, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
