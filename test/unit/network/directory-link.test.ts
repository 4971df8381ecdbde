import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDirectoryLink } from '../../../electron/network/directory-link.ts';
import type { DirectoryLink } from '../../../electron/network/directory-link.ts';
import { endpointFaults } from '../../../electron/network/network-errors.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { makeSelfSigned } from '../../support/self-signed.ts';

function open(url: string, caFile: string | null = null): DirectoryLink {
  const unusable = (): Error => new Error('no authority');
  const link = openDirectoryLink({
    url,
    caFile,
    policy: DEFAULT_POLICY,
    faults: endpointFaults,
    tlsFaults: { unreadable: unusable, unusable },
  });
  onTestFinished(() => link.close());
  return link;
}

const GET = { method: 'GET', path: '/users', headers: {} } as const;

async function serveTls(): Promise<{ url: string; cert: string }> {
  const { cert, key } = makeSelfSigned('directory');
  const server = createServer({ cert, key }, (_request, response) => response.end('{"over":"tls"}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `https://127.0.0.1:${address.port}`, cert };
}

describe('the connection to a participant directory', () => {
  it('sends below the address of the directory, as JSON or as a form', async () => {
    const seen: unknown[] = [];
    const server = await startHttpServer((request, response, body) => {
      seen.push([
        request.method,
        request.url,
        request.headers['content-type'],
        request.headers['x-key'],
        body,
      ]);
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.writeHead(404).end('{"code":"NOBODY"}');
    });
    onTestFinished(() => server.stop());
    const link = open(`${server.url}/auth/`);

    const answer = await link.send({ ...GET, query: { id: 'a&b' }, headers: { 'x-key': 'k' } });
    await link.send({ ...GET, method: 'PUT', json: { banned: true } });
    await link.send({ ...GET, method: 'POST', form: { secret: 'a+b' } });

    expect(answer).toEqual({ status: 404, json: { code: 'NOBODY' }, cookies: ['a=1', 'b=2'] });
    expect(seen).toEqual([
      ['GET', '/auth/users?id=a%26b', undefined, 'k', ''],
      ['PUT', '/auth/users', 'application/json', undefined, '{"banned":true}'],
      ['POST', '/auth/users', 'application/x-www-form-urlencoded', undefined, 'secret=a%2Bb'],
    ]);
  });

  it('leads nowhere else, whatever is put into a path', async () => {
    const link = open('http://127.0.0.1:1');

    await expect(link.send({ ...GET, path: '@elsewhere.example/users' })).rejects.toMatchObject({
      code: 'ENDPOINT_GARBAGE',
    });
  });

  it('trusts the pinned authority, and no self-made one without', async () => {
    const { url, cert } = await serveTls();
    const folder = mkdtempSync(path.join(tmpdir(), 'directory-link-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const caFile = path.join(folder, 'ca.pem');
    writeFileSync(caFile, cert);

    expect(await open(url, caFile).send(GET)).toMatchObject({ status: 200, json: { over: 'tls' } });
    await expect(open(url).send(GET)).rejects.toMatchObject({ code: 'ENDPOINT_UNREACHABLE' });
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(open(url).send(GET)).rejects.toMatchObject({ code: 'ENDPOINT_UNREACHABLE' });
  });

  it('obeys no proxy of the environment', async () => {
    const server = await startHttpServer((_request, response) => response.end('{}'));
    onTestFinished(() => server.stop());
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, 'http://127.0.0.1:1');
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    onTestFinished(() => void vi.unstubAllEnvs());

    expect(await open(server.url).send(GET)).toMatchObject({ status: 200 });
  });

  it.each(['ftp://directory.example', 'http://directory.example'])('is not opened to %s', (url) => {
    expect(() => open(url)).toThrow(expect.objectContaining({ code: 'HOST_NOT_ALLOWED' }));
  });
});
