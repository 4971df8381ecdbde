import { once } from 'node:events';
import { createServer } from 'node:https';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openProviderConnection } from '../../../electron/network/provider-connection.ts';
import type { ProviderConnection } from '../../../electron/network/provider-connection.ts';
import type { Policy } from '../../../shared/policy.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { makeSelfSigned } from '../../support/self-signed.ts';

const GET = { method: 'GET', headers: {} };

function open(issuer: string, policy: Partial<Policy> = {}): ProviderConnection {
  const connection = openProviderConnection({ issuer, policy: { ...DEFAULT_POLICY, ...policy } });
  onTestFinished(() => connection.close());
  return connection;
}

async function serve(...args: Parameters<typeof startHttpServer>): Promise<string> {
  const server = await startHttpServer(...args);
  onTestFinished(() => server.stop());
  return server.url;
}

describe('the hosts of an identity provider', () => {
  it.each([
    ['https://id.example/x', 'https://id.example', null],
    ['https://id.example:443/x', 'https://id.example', null],
    ['https://keys.example/x', 'https://id.example', ['id.example', 'keys.example']],
    ['http://127.0.0.1:4000/x', 'http://127.0.0.1:4000', null],
    ['http://127.0.0.1:4000/x', 'http://127.0.0.1:4000', []],
    ['http://[::1]:4000/x', 'http://[::1]:4000', null],
  ])('%s is connected to for %s under the list %j', (url, issuer, allowedHosts) => {
    expect(() => open(issuer, { allowedHosts }).assertAllowed(new URL(url))).not.toThrow();
  });

  it.each([
    ['https://keys.example/x', 'https://id.example', null],
    ['https://id.example:8443/x', 'https://id.example', null],
    ['https://sub.id.example/x', 'https://id.example', null],
    ['https://id.example/x', 'https://id.example', ['other.example']],
    ['http://id.example/x', 'https://id.example', ['id.example']],
    ['http://127.0.0.1:4001/x', 'http://127.0.0.1:4000', null],
    ['http://127.0.0.1:4001/x', 'https://id.example', ['id.example']],
    ['file:///etc/passwd', 'https://id.example', null],
  ])('%s is refused for %s under the list %j', async (url, issuer, allowedHosts) => {
    const connection = open(issuer, { allowedHosts, allowPlainHttp: true });

    expect(() => connection.assertAllowed(new URL(url))).toThrow(
      expect.objectContaining({
        code: 'HOST_NOT_ALLOWED',
        remedy: expect.not.stringMatching(/network profile|endpoint|allowPlainHttp/u),
      }),
    );
    await expect(connection.fetch(url, GET)).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
  });
});

describe('a request to an identity provider', () => {
  it('sends forms, and gives the answer as the Fetch API would', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response, body) => {
      seen.push(request.method, request.headers['content-type'], request.headers.authorization, body);
      response
        .writeHead(400, { 'content-type': 'application/json', 'set-cookie': 'a=b' })
        .end('{"error":"x"}');
    });

    const answer = await open(url).fetch(`${url}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code: 'a b' }),
    });

    expect(seen).toEqual(['POST', 'application/x-www-form-urlencoded', undefined, 'code=a+b']);
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'x' }]);
    expect([...answer.headers.keys()]).toEqual(['content-type']);
  });

  it('does not obey proxies of the environment', async () => {
    const url = await serve((_request, response) => void response.end('here'));
    for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, 'http://127.0.0.1:9');
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    onTestFinished(() => void vi.unstubAllEnvs());

    expect(await (await open(url).fetch(url, GET)).text()).toBe('here');
  });

  it('does not follow where it is sent on', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });

    await expect(open(url).fetch(url, GET)).rejects.toMatchObject({
      code: 'OIDC_UNAVAILABLE',
      message: expect.stringContaining('redirect') as string,
    });
    expect(asked).toBe(1);
  });

  it.each([408, 429, 500, 503])('takes HTTP %i for trouble of the provider', async (status) => {
    const url = await serve((_request, response) => void response.writeHead(status).end());

    await expect(open(url).fetch(url, GET)).rejects.toMatchObject({
      code: 'OIDC_UNAVAILABLE',
      retry: 'safe',
    });
  });

  it('has limits on time and size', async () => {
    const hanging = await serve(() => undefined);
    const huge = await serve((_request, response) => void response.end('x'.repeat(513 * 1024)));

    await expect(open(hanging, { requestTimeoutMs: 100 }).fetch(hanging, GET)).rejects.toMatchObject({
      code: 'OIDC_UNAVAILABLE',
    });
    await expect(open(huge).fetch(huge, GET)).rejects.toMatchObject({ code: 'OIDC_UNAVAILABLE' });
  });

  it('is refused a certificate that nobody vouches for', async () => {
    const server = createServer(makeSelfSigned('127.0.0.1'), (_request, response) => void response.end('{}'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

    await expect(open(url).fetch(url, GET)).rejects.toMatchObject({
      code: 'OIDC_UNAVAILABLE',
      message: expect.stringContaining('SELF_SIGNED') as string,
    });
  });

  it('ends when the connection is closed, and when its caller gives up', async () => {
    let arrived = (): void => undefined;
    const url = await serve(() => arrived());
    const connection = open(url);
    arrived = () => connection.close();
    await expect(connection.fetch(url, GET)).rejects.toMatchObject({ code: 'OIDC_UNAVAILABLE' });

    const signal = AbortSignal.abort(new Error('given up'));
    await expect(connection.fetch(url, { ...GET, signal })).rejects.toThrow('given up');
  });

  it.each([
    ['a method that a sign-in does not need', { method: 'DELETE', headers: {} }],
    ['a body that is no form', { method: 'POST', headers: {}, body: new Uint8Array(1) }],
  ])('is not made with %s', async (_what, request) => {
    const url = await serve((_request, response) => void response.end());

    await expect(open(url).fetch(url, request)).rejects.toThrow(TypeError);
  });
});
