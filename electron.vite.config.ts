import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundled } from './resources/scripts/bundled.mjs';
import { FIRST_VIEW, oneFirstScript, wholeDocument } from './resources/scripts/first-view.mjs';

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
    plugins: [react(), oneFirstScript(), wholeDocument()],
    build: {
      target: 'chrome130',
      minify: true,
      // SECURITY: the page's policy takes scripts and styles from files alone, but for the one style that main knows by its hash: no data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: 'renderer/index.html',
        output: {
          codeSplitting: {
            groups: [
              // What the first view needs is one file; else each part that a later view shares with it would be one more.
              { name: FIRST_VIEW, test: /renderer[\\/]app[\\/]main\.tsx$/u },
            ],
          },
        },
      },
    },
  },
});
