import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbiddenArrows } from '../../support/arrows.ts';
import { reachOf } from '../../support/imports.ts';
import { codeFilesBelow, readSource, shapeFaults, strangeFolders, topFolders } from '../../support/tree.ts';

const application = ['electron', 'shared', 'renderer'].flatMap(codeFilesBelow);
const all = [...application, ...['test', 'resources/scripts'].flatMap(codeFilesBelow)];

function arrows(path: string, text: string): string[] {
  return forbiddenArrows({ path, text });
}

describe('this checkout', () => {
  it('has sources to hold the rules against', () => {
    expect(application.some((file) => file.startsWith('electron/'))).toBe(true);
    expect(application.some((file) => file.startsWith('shared/'))).toBe(true);
  });

  it('draws no forbidden arrow', () => {
    expect(application.map(readSource).flatMap(forbiddenArrows)).toEqual([]);
  });

  it('keeps the names and lengths of its files', () => {
    expect(all.map(readSource).flatMap(shapeFaults)).toEqual([]);
  });

  it('has no folder at the top beside the fixed ones', () => {
    expect(strangeFolders(topFolders())).toEqual([]);
  });
});

describe('arrows between rooms', () => {
  it.each([
    ['shared/plan.ts', '../electron/chain/read.ts', 'shared must not import chain'],
    ['shared/plan.ts', '../renderer/desk.ts', 'shared must not import renderer'],
    ['renderer/app/main.tsx', '../../electron/desk.ts', 'renderer must not import desk'],
    ['electron/store/open.ts', '../chain/read.ts', 'store must not import chain'],
    ['electron/store/open.ts', '../network/request.ts', 'store must not import network'],
    ['electron/chain/read.ts', '../protocols/protocol.ts', 'chain must not import protocols'],
    ['electron/protocols/protocol.ts', '../recovery/plan.ts', 'protocols must not import recovery'],
    ['electron/recovery/plan.ts', '../audit/log.ts', 'recovery must not import audit'],
    ['electron/operator/session.ts', '../ipc/dispatch.ts', 'operator must not import ipc'],
    ['electron/ipc/dispatch.ts', '../desk.ts', 'ipc must not import desk'],
    ['electron/ipc/dispatch.ts', '../practice/start.ts', 'ipc must not import practice'],
    ['electron/practice/start.ts', '../protocols/protocol.ts', 'practice must not import protocols'],
    ['electron/practice/start.ts', '../recovery/plan.ts', 'practice must not import recovery'],
    ['electron/desk.ts', './cli/main.ts', 'desk must not import cli'],
    ['electron/shell/window.ts', '../cli/main.ts', 'shell must not import cli'],
    ['electron/cli/main.ts', '../shell/window.ts', 'cli must not import shell'],
    ['electron/preload.ts', './ipc/dispatch.ts', 'preload must not import ipc'],
    ['electron/chromium-runtime/app.ts', '../../shared/plan.ts', 'chromium-runtime must not import shared'],
    ['electron/shell/window.ts', '../chromium-runtime/app.ts', 'shell must not import chromium-runtime'],
    [
      'electron/recovery/plan.ts',
      '../../test/support/tree.ts',
      'imports test/support/tree.ts, which is no room',
    ],
  ])('refuses %s importing %s', (path, specifier, refusal) => {
    expect(arrows(path, `import { x } from '${specifier}';`)).toEqual([expect.stringContaining(refusal)]);
  });

  it.each([
    ['shared/plan.ts', './case.ts'],
    ['renderer/app/main.tsx', '../../shared/plan.ts'],
    ['electron/store/open.ts', '../../shared/plan.ts'],
    ['electron/chain/read.ts', '../network/request.ts'],
    ['electron/protocols/smart/smart.ts', '../../chain/read.ts'],
    ['electron/recovery/plan.ts', '../protocols/protocol.ts'],
    ['electron/practice/start.ts', '../chain/read.ts'],
    ['electron/desk.ts', './practice/start.ts'],
    ['electron/cli/main.ts', '../desk.ts'],
    ['electron/main.ts', './shell/window.ts'],
  ])('lets %s import %s', (path, specifier) => {
    expect(arrows(path, `import { x } from '${specifier}';`)).toEqual([]);
  });

  it('refuses an arrow of types alone, because it ties the rooms together all the same', () => {
    const text = `import type { X } from '../chain/types.ts';`;
    expect(arrows('electron/store/open.ts', text)).toHaveLength(1);
  });

  it('refuses a source that lies in no room', () => {
    expect(arrows('electron/tools/x.ts', '')).toEqual(['electron/tools/x.ts: belongs to no room']);
    expect(arrows('electron/extra.ts', '')).toEqual(['electron/extra.ts: belongs to no room']);
  });

  it('refuses one protocol family importing another, and lets it import what families share', () => {
    const file = 'electron/protocols/smart/smart.ts';
    expect(arrows(file, `import '../erc3643/tokens.ts';`)).toHaveLength(1);
    expect(arrows(file, `import '../protocol.ts'; import './tokens.ts';`)).toEqual([]);
  });
});

describe('arrows to what signs', () => {
  it.each([
    `import { signerBy } from '../operator/signer.ts';`,
    `import { remoteMeans } from '../operator/signers/remote-signer.ts';`,
    `import { OpenKey } from '../operator/keystore.ts';`,
    `import { openKeystore, readKeystoreFile } from '../operator/keystore.ts';`,
    `import * as keystore from '../operator/keystore.ts';`,
    `const { openKeystore } = await import('../operator/keystore.ts');`,
    `import { signerBehind } from '../operator/held-signer.ts';`,
    `export * from '../operator/held-signer.ts';`,
  ])('refuses %s in other rooms', (text) => {
    expect(arrows('electron/workbench/operator.ts', text)).toEqual([
      expect.stringContaining('only operator signs'),
    ]);
  });

  it.each([
    `import { readKeystoreFile } from '../operator/keystore.ts';`,
    `import { openKeystoreSigner } from '../operator/operator-signers.ts';`,
    `import { armSigner } from '../operator/armed-signer.ts';`,
    `import type { HeldSigner } from '../operator/held-signer.ts';`,
  ])('lets other rooms have %s', (text) => {
    expect(arrows('electron/workbench/operator.ts', text)).toEqual([]);
  });

  it('lets arming alone take a signer from behind what other rooms hold', () => {
    const text = `import { signerBehind } from './held-signer.ts';`;
    expect(arrows('electron/operator/session.ts', text)).toHaveLength(1);
    expect(arrows('electron/operator/armed-signer.ts', text)).toEqual([]);
  });
});

describe('what main loads before its first view', () => {
  /** Packages that the file loads with itself, and with what it imports. */
  function packagesOf(file: string, seen = new Set<string>()): Set<string> {
    if (seen.has(file)) return new Set();
    seen.add(file);
    const atOnce = reachOf(file, readSource(file).text).imports.filter(
      ({ typeOnly, lazy }) => !typeOnly && !lazy,
    );
    return new Set(
      atOnce.flatMap(({ specifier }) =>
        /^\..*\.ts$/u.test(specifier)
          ? [...packagesOf(path.posix.join(path.posix.dirname(file), specifier), seen)]
          : [specifier],
      ),
    );
  }
  const heavy = ['ethers', 'openid-client', 'otpauth', 'uqr'];

  it('is neither the engine nor what signs', () => {
    const loaded = packagesOf('electron/main.ts');
    expect(loaded).toContain('better-sqlite3');
    expect(heavy.filter((name) => loaded.has(name))).toEqual([]);
  });

  it('would show them', () => {
    const loaded = packagesOf('electron/workbench/workbench.ts');
    expect(heavy.filter((name) => loaded.has(name))).toContain('ethers');
  });
});

describe('arrows out of the house', () => {
  it.each(['electron/chain/read.ts', 'electron/cli/main.ts', 'electron/desk.ts', 'shared/plan.ts'])(
    'refuses electron in %s',
    (path) => {
      expect(arrows(path, `import { app } from 'electron';`)).toHaveLength(1);
      expect(arrows(path, `import { app } from 'electron/main';`)).toHaveLength(1);
    },
  );

  it.each(['electron/shell/window.ts', 'electron/main.ts', 'electron/preload.ts'])(
    'lets %s import electron',
    (path) => {
      expect(arrows(path, `import { app } from 'electron';`)).toEqual([]);
    },
  );

  it('lets the stand-in for electron import its types and nothing more of it', () => {
    const file = 'electron/chromium-runtime/app.ts';
    expect(arrows(file, `import type { App } from 'electron';`)).toEqual([]);
    expect(arrows(file, `import { app } from 'electron';`)).toHaveLength(1);
  });

  it.each(['ethers', 'better-sqlite3', 'keytar'])('keeps %s under electron/', (name) => {
    const text = `import { x } from '${name}';`;
    expect(arrows('shared/plan.ts', text)).toHaveLength(1);
    expect(arrows('renderer/desk.ts', text)).toHaveLength(1);
    expect(arrows('electron/store/open.ts', text)).toEqual([]);
  });

  it('keeps zod out of pages', () => {
    expect(arrows('renderer/desk.ts', `import { z } from 'zod';`)).toHaveLength(1);
    expect(arrows('renderer/desk.ts', `import type { z } from 'zod';`)).toEqual([]);
    expect(arrows('shared/plan.ts', `import { z } from 'zod';`)).toEqual([]);
  });

  it.each(['node:http', 'https', 'node:http2', 'net', 'node:tls', 'node:dgram', 'undici', 'ws'])(
    'lets only network import %s',
    (name) => {
      const text = `import * as x from '${name}';`;
      expect(arrows('electron/chain/read.ts', text)).toHaveLength(1);
      expect(arrows('renderer/desk.ts', text)).toHaveLength(1);
      expect(arrows('electron/network/request.ts', text)).toEqual([]);
    },
  );

  it.each(['openid-client', 'oauth4webapi'])('lets sign-in alone load %s, when somebody signs in', (name) => {
    const lazily = `const library = await import('${name}');`;
    const file = 'electron/operator/oidc/provider.ts';
    expect(arrows(file, lazily)).toEqual([]);
    expect(arrows(file, `import type { Configuration } from '${name}';`)).toEqual([]);
    expect(arrows(file, `import { discovery } from '${name}';`)).toHaveLength(1);
    expect(arrows(file, `import * as library from '${name}';`)).toHaveLength(1);
    expect(arrows('electron/operator/session.ts', lazily)).toHaveLength(1);
    expect(arrows('electron/shell/window.ts', lazily)).toHaveLength(1);
  });

  it('lets practice use node:net to find a free port, and no other socket module', () => {
    const file = 'electron/practice/start.ts';
    expect(arrows(file, `import net from 'node:net';`)).toEqual([]);
    expect(arrows(file, `import http from 'node:http';`)).toHaveLength(1);
  });

  it.each([
    `await fetch('x');`,
    `await globalThis.fetch('x');`,
    `new WebSocket('x');`,
    `new EventSource('x');`,
  ])('lets only network run %s', (text) => {
    expect(arrows('electron/chain/read.ts', text)).toHaveLength(1);
    expect(arrows('renderer/desk.ts', text)).toHaveLength(1);
    expect(arrows('electron/network/request.ts', text)).toEqual([]);
  });

  it('lets only network use the parts of ethers that connect by themselves', () => {
    const file = 'electron/chain/endpoint.ts';
    expect(arrows(file, `import { JsonRpcProvider } from 'ethers';`)).toHaveLength(1);
    expect(arrows(file, `import { FetchRequest } from 'ethers';`)).toHaveLength(1);
    expect(arrows(file, `import * as all from 'ethers';`)).toHaveLength(1);
    expect(arrows(file, `import { ethers } from 'ethers';`)).toHaveLength(1);
    expect(arrows(file, `import { type JsonRpcProvider, JsonRpcApiProvider } from 'ethers';`)).toEqual([]);
    expect(arrows('electron/network/request.ts', `import { JsonRpcProvider } from 'ethers';`)).toEqual([]);
  });

  it('lets only practice know the practice artifacts', () => {
    const text = `const folder = 'out/practice';`;
    expect(arrows('electron/desk.ts', text)).toHaveLength(1);
    expect(arrows('electron/practice/start.ts', text)).toEqual([]);
  });
});

describe('reading what a source reaches for', () => {
  it.each([
    `import '../chain/a.ts';`,
    `import a from '../chain/a.ts';`,
    `import {\n  type A,\n  b,\n} from "../chain/a.ts";`,
    `export * from '../chain/a.ts';`,
    `export { a } from '../chain/a.ts';`,
    `const a = await import('../chain/a.ts');`,
    `const a = require('../chain/a.ts');`,
    `const a = module.require('../chain/a.ts');`,
    `import a = require('../chain/a.ts');`,
    `type A = import('../chain/a.ts').A;`,
  ])('sees %j', (text) => {
    expect(arrows('electron/store/open.ts', text)).toHaveLength(1);
  });

  it('is not misled by comments and strings', () => {
    const text = `// import '../chain/a.ts';\nconst a = "import '../chain/a.ts'"; // fetch('x')`;
    expect(reachOf('electron/store/open.ts', text)).toEqual({ imports: [], globals: [] });
  });

  it('refuses to judge what does not parse', () => {
    expect(() => reachOf('electron/store/open.ts', 'import {')).toThrow('electron/store/open.ts');
  });
});

describe('the shape of files', () => {
  it('refuses a strange folder at the top, and lets the ones of tools be', () => {
    expect(strangeFolders(['electron', 'lib', '.ci', 'out', 'node_modules'])).toEqual(['lib']);
  });

  it('refuses an index file under electron and shared', () => {
    expect(shapeFaults({ path: 'electron/store/index.ts', text: '' })).toHaveLength(1);
    expect(shapeFaults({ path: 'shared/index.ts', text: '' })).toHaveLength(1);
    expect(shapeFaults({ path: 'renderer/features/preview/index.ts', text: '' })).toEqual([]);
  });

  it.each(['shared/Plan.ts', 'shared/plan_digest.ts', 'shared/planDigest.ts'])(
    'refuses the name %s',
    (path) => {
      expect(shapeFaults({ path, text: '' })).toHaveLength(1);
    },
  );

  it('refuses more than 300 lines outside tests', () => {
    const lines = (count: number) => 'x\n'.repeat(count);
    expect(shapeFaults({ path: 'electron/store/open.ts', text: lines(301) })).toHaveLength(1);
    expect(shapeFaults({ path: 'electron/store/open.ts', text: lines(300) })).toEqual([]);
    expect(shapeFaults({ path: 'test/unit/store/open.test.ts', text: lines(301) })).toEqual([]);
  });
});
