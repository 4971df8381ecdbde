/**
 * Before a suite: builds what its tests start as processes of their own, as the product is built. A start of the sources
 * takes twice as long, and there are hundreds.
 */
import { build } from 'vite';
import { bundled } from '../../resources/scripts/bundled.mjs';
import { projectRoot } from './tree.ts';

export default async function buildProcesses(): Promise<void> {
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    ssr: { noExternal: bundled },
    build: {
      ssr: true,
      // As deep below the root as the sources: what they look for beside themselves is found.
      outDir: 'out/test',
      target: 'node24',
      rolldownOptions: {
        input: {
          'crashing-cli': 'test/support/crashing-cli.ts',
          'count-effects': 'test/support/count-effects.mjs',
          cli: 'electron/cli/main.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}
