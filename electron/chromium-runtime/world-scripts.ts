import { randomUUID } from 'node:crypto';
import { bridgeWorld } from './bridge-world.ts';
import { heldKeys } from './held-keys.ts';
import { pageSignals } from './page-signals.ts';
import { preloadWorld, type WorldNames } from './preload-world.ts';

/** Fresh names that no page can guess. */
export function worldNames(): WorldNames {
  const name = () => `_${randomUUID().replaceAll('-', '')}`;
  return { world: name(), binding: name(), receive: name(), toPage: name(), toPreload: name() };
}

/** The script that runs first in a page's own world: its end of the bridge, and no trace of it. */
export function pageScript(names: WorldNames): string {
  const { toPage, toPreload } = names;
  return `'use strict';(${bridgeWorld.toString()})('page', ${JSON.stringify(toPage)}, ${JSON.stringify(toPreload)});`;
}

/**
 * The script that runs first in the isolated world: the other end, then the preload.
 * @param preload its text, CommonJS
 * @param subFrames whether the preload runs in frames below the top as well
 */
export function preloadScript(names: WorldNames, preload: string, subFrames: boolean): string {
  return `'use strict';
if (${subFrames} || globalThis.top === globalThis.self) {
  const bridge = (${bridgeWorld.toString()})('preload', ${JSON.stringify(names.toPreload)}, ${JSON.stringify(names.toPage)});
  const world = (${preloadWorld.toString()})(${JSON.stringify(names)}, bridge);
  (${heldKeys.toString()})(world);
  (${pageSignals.toString()})(world);
  const module = { exports: {} };
  const process = Object.freeze({ type: 'renderer', sandboxed: true, contextIsolated: true });
  (function (require, module, exports, process) {
${preload}
  }).call(module.exports, world.require, module, module.exports, process);
}`;
}
