// @ts-check
const SVG = 'http://www.w3.org/2000/svg';
/** Modules of light all around, which readers need (ISO/IEC 18004). */
const QUIET = 4;

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * A QR code: dark on light in every theme, because many readers take no other.
 * @param {readonly (readonly boolean[])[]} rows true for dark
 */
export function qrPicture(rows) {
  const side = rows.length + 2 * QUIET;
  const dark = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  const picture = drawn('svg', {
    viewBox: `0 0 ${side} ${side}`,
    class: 'qr',
    role: 'img',
    'aria-label': 'QR code to scan. What it says is written below it.',
    'shape-rendering': 'crispEdges',
  });
  picture.append(
    drawn('rect', { width: side, height: side, fill: '#ffffff' }),
    drawn('path', { d: dark.join(''), fill: '#000000' }),
  );
  return picture;
}
