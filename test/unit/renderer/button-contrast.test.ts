/** A button's words are read on every colour that the button takes: axe sees only the one it has at that moment. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const tokens = readFileSync(join(import.meta.dirname, '../../../renderer/app/tokens.css'), 'utf8');
const HEX = '#[0-9a-f]{6}';
const words = new RegExp(`--on-button: (${HEX});`).exec(tokens)?.[1] ?? '';
const fills = [...tokens.matchAll(new RegExp(`--(button[a-z-]*): light-dark\\((${HEX}), (${HEX})\\);`, 'g'))];

/** Relative luminance as WCAG 2.2 defines it, of `#rrggbb`. */
function luminance(color: string): number {
  const linear = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = linear;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('the words of a filled button', () => {
  it('are looked at on each fill, at rest and under the pointer', () => {
    expect(words).toMatch(/^#/);
    expect(fills.map(([, name]) => name)).toEqual([
      'button',
      'button-over',
      'button-danger',
      'button-danger-over',
    ]);
  });

  it.each(fills.map(([, name, light, dark]) => ({ name, light, dark })))(
    'reach WCAG AA on $name, in light and in dark',
    ({ light = '', dark = '' }) => {
      expect(contrast(words, light)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(words, dark)).toBeGreaterThanOrEqual(4.5);
    },
  );
});
