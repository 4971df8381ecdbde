import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setupAppScheme } from '../../../electron/shell/app-scheme.ts';
import { ENTRY_FILES, setupEntryScheme } from '../../../electron/shell/entry-scheme.ts';
import { SECURITY_HEADERS, securityHeaders } from '../../../electron/shell/security-headers.ts';

type Serve = (request: Request) => Response | Promise<Response>;

const STYLE = '@media (width<=820px){\n  p>b{color:red}\n}';

let root: string;
let serve: Serve;

/** A session that keeps the handler of its one scheme. */
function sessionDouble() {
  const handlers = new Map<string, Serve>();
  return {
    handlers,
    protocol: { handle: (scheme: string, serve: Serve) => void handlers.set(scheme, serve) },
  };
}

function handlerOf(session: ReturnType<typeof sessionDouble>, scheme: string): Serve {
  const handler = session.handlers.get(scheme);
  if (handler === undefined) throw new Error(`${scheme} is not handled`);
  return handler;
}

/** A request as a runtime hands it over: its URL was not made safe by anybody. */
function requestFor(url: string, method = 'GET'): Request {
  return { url, method } as Request;
}

beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'recovery-desk-scheme-'));
  const folder = path.join(root, 'renderer');
  mkdirSync(path.join(folder, 'assets'), { recursive: true });
  writeFileSync(path.join(root, 'secret.html'), 'secret');
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><p>desk');
  writeFileSync(path.join(folder, 'styled.html'), `<style>${STYLE}</style><style>i{}</style><p>styled`);
  writeFileSync(path.join(folder, 'assets', 'app.js'), '"<style>p{}</style>"');
  writeFileSync(path.join(folder, 'assets', 'app.js.map'), '{}');
  writeFileSync(path.join(folder, 'assets', 'app.css'), 'p{}');
  writeFileSync(path.join(folder, 'assets', 'mark.svg'), '<svg/>');
  writeFileSync(path.join(folder, 'assets', 'mark.png'), Uint8Array.of(0x89, 0x50));
  writeFileSync(path.join(folder, 'assets', 'sans.woff2'), Uint8Array.of(0x77, 0x4f));
  symlinkSync(path.join(root, 'secret.html'), path.join(folder, 'assets', 'link.html'));
  const session = sessionDouble();
  setupAppScheme(session, folder);
  serve = handlerOf(session, 'app');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('app://', () => {
  it.each([
    ['app://desk/', 'text/html; charset=utf-8'],
    ['app://desk/index.html', 'text/html; charset=utf-8'],
    ['app://desk/assets/app.js', 'text/javascript; charset=utf-8'],
    ['app://desk/assets/app.css', 'text/css; charset=utf-8'],
    ['app://desk/assets/mark.svg', 'image/svg+xml'],
    ['app://desk/assets/mark.png', 'image/png'],
    ['app://desk/assets/sans.woff2', 'font/woff2'],
  ])('serves %s as %s, with every header', async (url, type) => {
    const response = await serve(requestFor(url));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({ ...SECURITY_HEADERS, 'content-type': type });
  });

  it('allows a document the very styles that are in it', async () => {
    const response = await serve(requestFor('app://desk/styled.html'));
    expect(Object.fromEntries(response.headers)).toEqual({
      ...securityHeaders([STYLE, 'i{}']),
      'content-type': 'text/html; charset=utf-8',
    });
  });

  it('serves the bytes of the file', async () => {
    expect(await (await serve(requestFor('app://desk/'))).text()).toBe('<!doctype html><p>desk');
    const picture = await (await serve(requestFor('app://desk/assets/mark.png'))).arrayBuffer();
    expect([...new Uint8Array(picture)]).toEqual([0x89, 0x50]);
  });

  it.each([
    'app://desk/../secret.html',
    'app://desk/assets/../../secret.html',
    'app://desk/%2e%2e/secret.html',
    'app://desk/..%2fsecret.html',
    'app://desk/%2e%2e%2fsecret.html',
    'app://desk/..%5csecret.html',
    'app://desk/..\\secret.html',
    'app://desk//secret.html',
    'app://desk/assets/link.html',
    'app://desk/assets',
    'app://desk/assets/',
    'app://desk/index.html%00.js',
  ])('finds nothing at %s', async (url) => {
    const response = await serve(requestFor(url));
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('finds nothing of a kind that no page needs', async () => {
    expect((await serve(requestFor('app://desk/assets/app.js.map'))).status).toBe(404);
  });

  it.each(['app://other/', 'app://desk.other/', 'app://desk:1/', 'entry://desk/'])(
    'finds nothing at the other origin of %s',
    async (url) => {
      expect((await serve(requestFor(url))).status).toBe(404);
    },
  );

  it.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('refuses %s', async (method) => {
    const response = await serve(requestFor('app://desk/', method));
    expect(response.status).toBe(405);
    expect(response.headers.get('content-security-policy')).toBe(SECURITY_HEADERS['content-security-policy']);
  });

  it('cannot be set up without the built pages', () => {
    expect(() => setupAppScheme(sessionDouble(), path.join(root, 'nowhere'))).toThrow('ENOENT');
  });
});

describe('entry://', () => {
  const session = sessionDouble();
  setupEntryScheme(session);
  const entry = handlerOf(session, 'entry');

  it('serves the document that is part of main, with every header', async () => {
    const response = await entry(requestFor('entry://window/'));
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(SECURITY_HEADERS['content-security-policy']);
    expect(await response.text()).toContain('<script type="module" src="/entry.mjs">');
  });

  it('serves every file that the document and its scripts name', () => {
    const texts = [...ENTRY_FILES.values()].map((served) => String(served.body));
    const named = texts.flatMap((text) => [...text.matchAll(/(?:from '\.|src="|href=")(\/[\w.-]+)/gu)]);
    expect(named.length).toBeGreaterThan(4);
    expect([...ENTRY_FILES.keys()]).toEqual(expect.arrayContaining(named.map((match) => match[1])));
  });

  it('has neither inline script nor inline style', () => {
    const html = String(ENTRY_FILES.get('/')?.body);
    expect(html).not.toMatch(/<style|style=|\son\w+=|<script>/u);
  });

  it.each(['entry://window/secret', 'entry://other/', 'app://window/'])(
    'finds nothing at %s',
    async (url) => {
      expect((await entry(requestFor(url))).status).toBe(404);
    },
  );
});
