import { defineConfig } from 'electron-vite';

// Each process of the application has its section here, one output folder below out/ for each.
export default defineConfig({
  main: {
    build: {
      target: 'node24',
      sourcemap: true,
      rolldownOptions: {
        input: {
          cli: 'electron/cli/main.ts',
          // The stand-in for Electron: what `node --import` loads, and what answers `electron` then.
          'chromium-register': 'electron/chromium-runtime/register.ts',
          'chromium-electron': 'electron/chromium-runtime/electron.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
});
