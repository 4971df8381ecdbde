/**
 * The component library, for all views but the first: that one is drawn before a quarter of a megabyte of it has come.
 * Its variables and classes come from files: the page's policy allows no style made at run time.
 */
import { MantineProvider } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import './component-library.css';
import { theme } from './component-library-theme.ts';
import { useWindow } from './store.ts';
import { useColorScheme } from './use-color-scheme.ts';

export function ComponentLibrary({ children }: { readonly children: ReactNode }): ReactElement {
  const scheme = useColorScheme(useWindow((state) => state.deskState?.appearance ?? 'system'));
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateCssVariables={false}
    >
      {children}
    </MantineProvider>
  );
}
