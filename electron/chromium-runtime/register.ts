/** Loaded by `node --import` before the application: answers `electron` with the stand-in beside it. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beginBrowser } from './begin-browser.ts';
import { assertSafeStart } from './safe-start.ts';

// Built, this file is JavaScript and lies beside its built sibling; in the source tree both are TypeScript.
const built = new URL('./chromium-electron.js', import.meta.url);
const standIn = existsSync(fileURLToPath(built)) ? built : new URL('./electron.ts', import.meta.url);

assertSafeStart();
// What keeps it from starting is told by the stand-in, which waits for it.
beginBrowser().catch(() => undefined);
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron' && specifier !== 'electron/main') return next(specifier, context);
    return { url: standIn.href, shortCircuit: true };
  },
});
