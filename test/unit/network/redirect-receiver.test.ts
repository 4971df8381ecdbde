import { describe, expect, it, onTestFinished } from 'vitest';
import { openBrowserHandOver } from '../../../electron/network/browser-hand-over.ts';
import { isBrowserAddress } from '../../../electron/network/browser-address.ts';
import { openRedirectReceiver } from '../../../electron/network/redirect-receiver.ts';
import type { RedirectReceiver } from '../../../electron/network/redirect-receiver.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { visit } from '../../support/follow.ts';

const STATE = 'the-state-of-this-sign-in';

async function open(
  more: { ports?: number[]; timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<RedirectReceiver> {
  const receiver = await openRedirectReceiver({ ports: [], state: STATE, timeoutMs: 10_000, ...more });
  onTestFinished(() => receiver.close());
  return receiver;
}

describe('the wait for the browser', () => {
  it('takes the first answer with the right state, and gives a page that runs nothing', async () => {
    const receiver = await open();

    const page = await visit(`${receiver.redirectUri}?code=c&state=${STATE}`);
    const answer = await receiver.answer();

    expect(answer.href).toBe(`${receiver.redirectUri}?code=c&state=${STATE}`);
    expect(page).toMatchObject({
      status: 200,
      body: expect.stringContaining('You may close this window') as string,
      headers: {
        'content-security-policy': expect.stringMatching(/^default-src 'none'/u) as string,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      },
    });
    expect(page.body).not.toContain('<script');
  });

  it('is on this machine alone, under the address that was registered', async () => {
    const { redirectUri } = await open();

    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/u);
    // Another address of this machine, where a server for all of its addresses would answer.
    await expect(visit(redirectUri.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow(
      /ECONNREFUSED|EADDRNOTAVAIL/u,
    );
    await expect(visit(redirectUri.replace('127.0.0.1', '[::1]'))).rejects.toThrow(
      /ECONNREFUSED|EADDRNOTAVAIL/u,
    );
  });

  it.each([
    ['another path', 404, (uri: string) => visit(`${uri}-not?state=${STATE}`)],
    ['no state', 400, (uri: string) => visit(uri)],
    ['another state', 400, (uri: string) => visit(`${uri}?state=${STATE}x`)],
    ['a state twice', 400, (uri: string) => visit(`${uri}?state=${STATE}&state=${STATE}`)],
    ['anything twice', 400, (uri: string) => visit(`${uri}?state=${STATE}&iss=a&iss=b`)],
    ['another method', 400, (uri: string) => visit(`${uri}?state=${STATE}`, { method: 'POST' })],
    [
      'another name',
      400,
      (uri: string) => visit(`${uri}?state=${STATE}`, { headers: { host: 'localhost' } }),
    ],
    [
      'a whole address as its path',
      400,
      (uri: string) => visit(uri, { path: `http://elsewhere.example/signed-in?state=${STATE}` }),
    ],
  ])('goes on after a request with %s', async (_what, status, request) => {
    const receiver = await open();

    expect((await request(receiver.redirectUri)).status).toBe(status);
    expect((await visit(`${receiver.redirectUri}?code=c&state=${STATE}`)).status).toBe(200);
  });

  it('is over after its time, and gives the port back', async () => {
    const receiver = await open({ timeoutMs: 50 });

    await expect(receiver.answer()).rejects.toMatchObject({ code: 'OIDC_ENDED' });
    await expect(visit(receiver.redirectUri)).rejects.toThrow(/ECONNREFUSED/u);
  });

  it('is over when it is given up, before or later', async () => {
    const controller = new AbortController();
    const receiver = await open({ signal: controller.signal });
    controller.abort();

    await expect(receiver.answer()).rejects.toMatchObject({ code: 'OIDC_ENDED' });
    const late = await open({ signal: controller.signal });
    await expect(late.answer()).rejects.toMatchObject({ code: 'OIDC_ENDED' });
  });

  it('tries ports in their order, and says when none is left', async () => {
    const other = await startHttpServer(() => undefined);
    onTestFinished(() => other.stop());
    const taken = Number(new URL(other.url).port);
    const first = await open();
    const free = Number(new URL(first.redirectUri).port);
    first.close();

    expect((await open({ ports: [taken, free] })).redirectUri).toContain(`:${free}/`);
    await expect(open({ ports: [taken] })).rejects.toMatchObject({ code: 'OIDC_PORT_TAKEN', retry: 'safe' });
  });
});

describe('an address handed to the browser', () => {
  const target = new URL('https://id.example/sign-out?id_token_hint=secret');

  it('is not in what is opened, and is given out once', async () => {
    const handOver = await openBrowserHandOver(target, 10_000);

    expect(handOver.url).not.toContain('secret');
    expect((await visit(new URL('/other', handOver.url).href)).status).toBe(404);
    expect(await visit(handOver.url)).toMatchObject({ status: 303, headers: { location: target.href } });
    expect(await handOver.taken).toBe(true);
    await expect(visit(handOver.url)).rejects.toThrow(/ECONNREFUSED/u);
  });

  it('that nobody comes for is said to be that', async () => {
    expect(await (await openBrowserHandOver(target, 20)).taken).toBe(false);
  });
});

describe('an address for a browser', () => {
  it.each(['https://id.example/login', 'http://127.0.0.1:4000/', 'http://localhost/x', 'http://[::1]/'])(
    'may be %s',
    (url) => expect(isBrowserAddress(url)).toBe(true),
  );

  it.each([
    'http://id.example/',
    'file:///bin/sh',
    'https://user:pass@id.example/',
    'javascript:0',
    '',
    '-h',
  ])('may not be "%s"', (url) => expect(isBrowserAddress(url)).toBe(false));
});
