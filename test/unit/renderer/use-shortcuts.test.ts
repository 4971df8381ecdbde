import { describe, expect, it } from 'vitest';
import { locks } from '../../../renderer/app/use-shortcuts.ts';

const pressed = { key: 'l', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('the keys that lock the desk', () => {
  it('are Ctrl or Command and L', () => {
    expect(locks({ ...pressed, ctrlKey: true })).toBe(true);
    expect(locks({ ...pressed, metaKey: true, key: 'L' })).toBe(true);
  });

  it('are no others: what is typed with Alt is a letter on many keyboards', () => {
    expect(locks(pressed)).toBe(false);
    expect(locks({ ...pressed, ctrlKey: true, altKey: true })).toBe(false);
    expect(locks({ ...pressed, ctrlKey: true, shiftKey: true })).toBe(false);
    expect(locks({ ...pressed, ctrlKey: true, metaKey: true })).toBe(false);
    expect(locks({ ...pressed, ctrlKey: true, key: 'k' })).toBe(false);
  });
});
