import { useEffect } from 'react';
import type { RefObject } from 'react';

/** The slash takes the cursor to the search, unless it is being typed somewhere. */
export function useSearchKey(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [field]);
}

function isTyping(event: KeyboardEvent): boolean {
  return (
    event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]')
  );
}
