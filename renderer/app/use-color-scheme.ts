import { useLayoutEffect, useSyncExternalStore } from 'react';
import type { Appearance } from '../../shared/desk-state.ts';

const dark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

/** The colours to draw in: the chosen ones, or those of the system, also when it changes. */
export function useColorScheme(appearance: Appearance): 'light' | 'dark' {
  const system = useSyncExternalStore(
    (changed) => {
      const query = dark();
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => (dark().matches ? 'dark' : 'light'),
  );
  return appearance === 'system' ? system : appearance;
}

/** Draws the page in them. The attribute is the component library's, which looks at it too. */
export function usePageColors(appearance: Appearance): void {
  const scheme = useColorScheme(appearance);
  useLayoutEffect(() => {
    document.documentElement.dataset['mantineColorScheme'] = scheme;
  }, [scheme]);
}
