/** Builds the window alone, by the very section of the application's own build. */
import path from 'node:path';
import type { UserConfig } from 'vite';
import application from '../../electron.vite.config.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

function rendererSection(): UserConfig {
  if (typeof application !== 'object' || !('renderer' in application)) {
    throw new Error('the build has no section for the window');
  }
  const { renderer } = application;
  return {
    ...renderer,
    root: path.join(ROOT, 'renderer'),
    base: './',
    build: { ...renderer?.build, outDir: path.join(ROOT, 'out/renderer'), emptyOutDir: true },
  };
}

export default rendererSection();
