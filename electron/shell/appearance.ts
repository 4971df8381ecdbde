import type { NativeTheme } from 'electron';
import type { Appearance } from '../../shared/desk-state.ts';

/**
 * The theme that a person chose holds for every window, and for the questions of main.
 * @returns what has to be called whenever it may have changed.
 */
export function setupAppearance(
  theme: Pick<NativeTheme, 'themeSource'>,
  chosen: () => Appearance | Promise<Appearance>,
): () => Promise<void> {
  return async () => {
    const appearance = await chosen();
    if (theme.themeSource !== appearance) theme.themeSource = appearance;
  };
}
