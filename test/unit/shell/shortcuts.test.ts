import { describe, expect, it } from 'vitest';
import { setupShortcuts, wishOf } from '../../../electron/shell/shortcuts.ts';
import { WindowDouble } from './doubles.ts';

/** A key by its name, such as `Ctrl+Shift+I`. */
function pressed(keys: string) {
  const parts = keys.split(/\+(?!$)/u);
  return {
    key: parts.at(-1) ?? '',
    control: parts.includes('Ctrl'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
    meta: parts.includes('Cmd'),
  };
}

describe('keys', () => {
  it.each([
    'F5',
    'Ctrl+r',
    'Ctrl+R',
    'Ctrl+Shift+R',
    'Ctrl+F5',
    'Cmd+r',
    'Ctrl+Shift+I',
    'Ctrl+Shift+J',
    'Ctrl+Shift+C',
    'Cmd+Alt+i',
    'F12',
    'Alt+ArrowLeft',
    'Alt+ArrowRight',
    'Alt+Home',
    'BrowserBack',
    'BrowserForward',
    'BrowserRefresh',
    'Ctrl+n',
    'Ctrl+Shift+N',
    'Ctrl+t',
    'Ctrl+Shift+T',
    'Ctrl+p',
    'Ctrl+s',
    'Ctrl+o',
    'Ctrl+u',
    'F7',
  ])('%s is held', (keys) => {
    expect(wishOf(pressed(keys))).toBe('held');
  });

  it.each(['Ctrl+w', 'Ctrl+W', 'Cmd+w', 'Ctrl+F4'])('%s closes', (keys) => {
    expect(wishOf(pressed(keys))).toBe('close');
  });

  it.each([
    'Ctrl+c',
    'Ctrl+v',
    'Ctrl+a',
    'Ctrl+z',
    'Backspace',
    'Ctrl+Backspace',
    'ArrowLeft',
    'Tab',
    'r',
    'Escape',
    'Ctrl+k',
    '+',
    '-',
    '0',
    'Ctrl+Alt+0',
    'Ctrl+1',
  ])('%s is left to the page', (keys) => {
    expect(wishOf(pressed(keys))).toBe('left to the page');
  });
});

describe('a window', () => {
  it.each([
    ['Ctrl++', 0.5],
    ['Ctrl+=', 0.5],
    ['Ctrl+Shift++', 0.5],
    ['Cmd++', 0.5],
    ['Ctrl+-', -0.5],
    ['Cmd+-', -0.5],
    ['Ctrl+0', 0],
    ['Ctrl+Shift+0', 0],
  ])('is drawn at another size by %s, of which its page sees nothing', (keys, level) => {
    const window = new WindowDouble();
    setupShortcuts(window.asWindow());
    const { webContents } = window;
    expect(webContents.raise('before-input-event', { type: 'keyDown', ...pressed(keys) })).toBe(true);
    expect(webContents.raise('before-input-event', { type: 'keyUp', ...pressed(keys) })).toBe(true);
    expect(webContents.zoomLevel).toBe(level);
  });

  it('is drawn larger and smaller while a key is held down, within what can still be read', () => {
    const window = new WindowDouble();
    setupShortcuts(window.asWindow());
    const { webContents } = window;
    const hold = (keys: string) => {
      for (let count = 0; count < 50; count += 1) {
        webContents.raise('before-input-event', { type: 'keyDown', isAutoRepeat: true, ...pressed(keys) });
      }
      return 1.2 ** webContents.zoomLevel;
    };
    expect(hold('Ctrl++')).toBeCloseTo(4.3, 1);
    expect(hold('Ctrl+-')).toBeCloseTo(0.5, 1);
    expect(hold('Ctrl+0')).toBe(1);
  });

  it('holds a key before its page sees it', () => {
    const window = new WindowDouble();
    setupShortcuts(window.asWindow());
    expect(window.webContents.raise('before-input-event', { type: 'keyDown', ...pressed('F5') })).toBe(true);
    expect(window.webContents.raise('before-input-event', { type: 'keyUp', ...pressed('F5') })).toBe(true);
    expect(window.webContents.raise('before-input-event', { type: 'keyDown', ...pressed('a') })).toBe(false);
  });

  it('asks to be closed once by one press of Ctrl+W', () => {
    const window = new WindowDouble();
    setupShortcuts(window.asWindow());
    const key = { type: 'keyDown', ...pressed('Ctrl+w') };
    window.webContents.raise('before-input-event', { ...key, isAutoRepeat: false });
    window.webContents.raise('before-input-event', { ...key, isAutoRepeat: true });
    window.webContents.raise('before-input-event', { ...key, type: 'keyUp' });
    expect(window.done).toEqual(['close']);
  });
});
