import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundled } from './resources/scripts/bundled.mjs';

/** Nothing is painted before the first view can be: an empty page, painted first, holds that view up. */
const paintedOnce = {
  name: 'painted-once',
  transformIndexHtml: {
    order: 'post' as const,
    handler: (html: string) =>
      html.replaceAll('<script type="module"', '<script type="module" blocking="render"'),
  },
};

// Each process of the application has its section here, one output folder below out/ for each.
export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: bundled },
      target: 'node24',
      sourcemap: true,
      rolldownOptions: {
        input: {
          cli: 'electron/cli/main.ts',
          main: 'electron/main.ts',
          // Runs in a process of its own, which the others start by its name.
          keychain: 'electron/operator/keychain-program.ts',
          // The stand-in for Electron: what `node --import` loads, and what answers `electron` then.
          'chromium-register': 'electron/chromium-runtime/register.ts',
          'chromium-electron': 'electron/chromium-runtime/electron.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // SECURITY: a sandboxed preload has no module but `electron`, so everything else of it is in the one file.
      externalizeDeps: false,
      // The same reason: what the two preloads share would else be a file that neither can require.
      isolatedEntries: true,
      sourcemap: false,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts', 'entry-preload': 'electron/entry-preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), paintedOnce],
    build: {
      target: 'chrome130',
      minify: true,
      // SECURITY: the page's policy takes scripts and styles from files alone, so nothing is put into the page or into data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: 'renderer/index.html',
        output: {
          codeSplitting: {
            groups: [
              // What asks main runs before the rest is read.
              { name: 'ask', test: /renderer[\\/]app[\\/]first-answers\.ts$/u, priority: 2 },
              // What the first view needs is one file; else each part that a later view shares with it would be one more.
              { name: 'first', test: /renderer[\\/]app[\\/]main\.tsx$/u },
            ],
          },
        },
      },
    },
  },
});
