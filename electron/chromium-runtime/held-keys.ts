import type { PreloadWorld } from './preload-world.ts';

/**
 * Keeps the browser's own shortcuts and its context menu (with "Inspect" in it) from acting on the application's window, as they do not exist in
 * Electron either, and tells main which keys were pressed with Ctrl, Alt or Meta, and the function keys:
 * what is typed stays in the page. Ctrl+W is left to the browser, which closes the window by it. Sent
 * as text: it must use nothing from outside itself.
 */
export function heldKeys(world: PreloadWorld): void {
  interface Key {
    readonly isTrusted: boolean;
    readonly key: string;
    readonly code: string;
    readonly repeat: boolean;
    readonly ctrlKey: boolean;
    readonly shiftKey: boolean;
    readonly altKey: boolean;
    readonly metaKey: boolean;
    preventDefault(): void;
  }
  const page = globalThis as unknown as {
    addEventListener(type: string, listener: (event: Key) => void, options: object): void;
  };
  // Developer tools, source, reload, new windows and tabs, save, open, print, history, downloads, address, find: what
  // opens a part of the browser beside the page takes the keys along, and there these are not held.
  const withControl = new Set(['t', 'n', 'r', 'u', 's', 'o', 'p', 'h', 'j', 'l', 'd', 'e', 'k', 'f', 'g']);
  const withControlAndShift = new Set(['i', 'j', 'c', 'n', 't', 'r', 'o', 'b', 'm', 'delete']);
  const withAlt = new Set(['arrowleft', 'arrowright', 'home', 'f', 'e', 'd']);
  // Reports to the browser's maker, its toolbars.
  const withAltAndShift = new Set(['i', 't', 'b', 'a']);
  const alone = new Set(['f1', 'f3', 'f5', 'f6', 'f7', 'f10', 'f12', 'browserback', 'browserforward']);

  function isHeld(event: Key): boolean {
    const key = event.key.toLowerCase();
    if (alone.has(key)) return true;
    // The browser's own list of processes, which can end them.
    if (key === 'escape' && event.shiftKey) return true;
    const command = event.ctrlKey || event.metaKey;
    if (command && (event.shiftKey || event.altKey))
      return withControlAndShift.has(key) || withControl.has(key);
    if (command) return withControl.has(key);
    return event.altKey && (withAlt.has(key) || (event.shiftKey && withAltAndShift.has(key)));
  }

  page.addEventListener('contextmenu', (event) => event.preventDefault(), { capture: true });
  page.addEventListener(
    'keydown',
    (event) => {
      if (!event.isTrusted) return;
      if (isHeld(event)) event.preventDefault();
      if (!event.ctrlKey && !event.altKey && !event.metaKey && !/^(?:F\d+|Escape)$/u.test(event.key)) return;
      world.post({
        type: 'key',
        input: {
          type: 'keyDown',
          key: event.key,
          code: event.code,
          isAutoRepeat: event.repeat,
          control: event.ctrlKey,
          shift: event.shiftKey,
          alt: event.altKey,
          meta: event.metaKey,
        },
      });
    },
    { capture: true },
  );
}
