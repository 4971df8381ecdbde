import { useEffect, useRef } from 'react';
import { ENTRIES } from './navigation.tsx';
import { isAway, isLocked, show, useWindow } from './store.ts';

/** As `aria-keyshortcuts` names it. */
export const LOCK_KEYS = 'Control+L Meta+L';

/**
 * Alt and a digit bring a view to the front, though not while a recovery is being executed. Ctrl or Command and L lock
 * the desk at any time.
 */
export function useShortcuts(lock: () => void): void {
  const latest = useRef(lock);
  latest.current = lock;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (locks(event)) {
        event.preventDefault();
        if (mayLock()) latest.current();
      } else goTo(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export function locks({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): boolean {
  return key.toLowerCase() === 'l' && ctrlKey !== metaKey && !altKey && !shiftKey;
}

function mayLock(): boolean {
  const state = useWindow.getState();
  return (state.deskState?.operator ?? null) !== null && !isAway(state);
}

function goTo(event: KeyboardEvent): void {
  const state = useWindow.getState();
  if (isLocked(state) || isAway(state) || !event.altKey || event.ctrlKey || event.metaKey) return;
  const entry = ENTRIES.find((one) => String(one.digit) === event.key);
  if (entry === undefined) return;
  event.preventDefault();
  show(entry.view);
}
