import { useEffect } from 'react';
import { ENTRIES } from './navigation.tsx';
import { isLocked, show, useWindow } from './store.ts';

/** Alt and a digit bring a view to the front. None of it works while a recovery is being executed. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (isLocked(useWindow.getState()) || !event.altKey || event.ctrlKey || event.metaKey) return;
  const entry = ENTRIES.find((one) => String(one.digit) === event.key);
  if (entry === undefined) return;
  event.preventDefault();
  show(entry.view);
}
