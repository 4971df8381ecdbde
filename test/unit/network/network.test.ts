import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openNetwork } from '../../../electron/network/network.ts';
import type { Network, NetworkOptions } from '../../../electron/network/network.ts';
import type { Policy } from '../../../shared/policy.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { makeSelfSigned } from '../../support/self-signed.ts';

const SECRET = 'a-secret-nobody-may-read';
const toClose: (() => void | Promise<void>)[] = [];
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'desk-network-'));
  toClose.push(() => rmSync(dir, { recursive: true }));
});

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function serve(...args: Parameters<typeof startHttpServer>): Promise<string> {
  const server = await startHttpServer(...args);
  toClose.push(() => server.stop());
  return server.url;
}

/** A server that says the same to everybody. */
function say(status: number, body: string, headers: Record<string, string> = {}): Promise<string> {
  return serve((_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  });
}

function open(
  rpcUrls: string[],
  policy: Partial<Policy> = {},
  more: { auth?: NetworkOptions['profile']['auth']; maxResponseBytes?: number } = {},
): Network {
  const { auth, ...rest } = more;
  const network = openNetwork({
    profile: { rpcUrls, ...(auth === undefined ? {} : { auth }) },
    policy: { ...DEFAULT_POLICY, requestTimeoutMs: 2_000, ...policy },
    profileDir: dir,
    ...rest,
  });
  toClose.push(() => network.close());
  return network;
}

function keep(name: string, text: string): string {
  writeFileSync(path.join(dir, name), text);
  return name;
}

describe('which hosts are connected to', () => {
  it('another host than the profile names is refused', async () => {
    const network = open(['https://node.example/rpc']);

    await expect(network.postJson('https://other.example/', {})).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
      retry: 'never',
    });
  });

  it("policy's list replaces the profile's hosts", async () => {
    const network = open(['https://node.example/'], { allowedHosts: ['only.example'] });

    await expect(network.postJson('https://node.example/', {})).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
  });

  it('this machine is allowed where the profile names it, whatever the list says', async () => {
    const url = await say(200, '{"ok":1}');

    expect(await open([url], { allowedHosts: [] }).postJson(url, {})).toEqual({ ok: 1 });
  });

  it('this machine is refused where the profile does not name it', async () => {
    const url = await say(200, '{}');

    await expect(open(['https://node.example/']).postJson(url, {})).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
  });

  it('a list may name a host with its port only', async () => {
    const network = open(['https://node.example/'], { allowedHosts: ['node.example:8545'] });

    await expect(network.postJson('https://node.example/', {})).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
  });

  it('plain http to another machine is refused', async () => {
    await expect(open(['http://node.example/']).postJson('http://node.example/', {})).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
      message: expect.stringContaining('not be encrypted'),
    });
  });

  it('plain http to another machine is tried where policy allows it', async () => {
    const network = open(['http://node.invalid/'], { allowPlainHttp: true });

    await expect(network.postJson('http://node.invalid/', {})).rejects.toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
    });
  });
});

describe('what comes back', () => {
  it('a closed port is ENDPOINT_UNREACHABLE and names the host, not the path', async () => {
    const server = await startHttpServer(() => undefined);
    await server.stop();

    const error = await open([server.url])
      .postJson(`${server.url}/v3/${SECRET}`, {})
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      message: expect.stringContaining('127.0.0.1'),
    });
    expect(JSON.stringify(error)).not.toContain(SECRET);
  });

  it('no answer in time is ENDPOINT_TIMEOUT', async () => {
    const url = await serve(() => undefined);

    await expect(open([url], { requestTimeoutMs: 150 }).postJson(url, {})).rejects.toMatchObject({
      code: 'ENDPOINT_TIMEOUT',
    });
  });

  it('an answer that never ends is ENDPOINT_TIMEOUT too', async () => {
    const url = await serve((_request, response) => void response.write('{'));

    await expect(open([url], { requestTimeoutMs: 150 }).postJson(url, {})).rejects.toMatchObject({
      code: 'ENDPOINT_TIMEOUT',
    });
  });

  it('the caller may give up, with its own reason', async () => {
    const giveUp = new AbortController();
    const url = await serve(() => giveUp.abort(new Error('enough')));

    await expect(open([url]).postJson(url, {}, { signal: giveUp.signal })).rejects.toThrow('enough');
  });

  it.each([401, 403])('HTTP %i is ENDPOINT_REFUSED', async (status) => {
    const url = await say(status, '{"error":{}}');

    await expect(open([url]).postJson(url, {})).rejects.toMatchObject({ code: 'ENDPOINT_REFUSED' });
  });

  it('a redirect is not followed', async () => {
    const reached = vi.fn<() => void>();
    const target = await serve((_request, response) => {
      reached();
      response.end('{}');
    });
    const url = await say(307, '', { location: target });

    await expect(open([url, target]).postJson(url, {})).rejects.toMatchObject({ code: 'ENDPOINT_GARBAGE' });
    expect(reached).not.toHaveBeenCalled();
  });

  it('an answer over the size limit is ENDPOINT_GARBAGE', async () => {
    const url = await say(200, JSON.stringify('x'.repeat(2_000)));

    await expect(open([url], {}, { maxResponseBytes: 1_000 }).postJson(url, {})).rejects.toMatchObject({
      code: 'ENDPOINT_GARBAGE',
      message: expect.stringContaining('1000 bytes'),
    });
  });

  it('a sign-in page is ENDPOINT_GARBAGE', async () => {
    const url = await say(200, '<html>Please sign in</html>');

    await expect(open([url]).postJson(url, {})).rejects.toMatchObject({ code: 'ENDPOINT_GARBAGE' });
  });

  it('a gateway that is down is ENDPOINT_UNREACHABLE, with the status as its cause', async () => {
    const url = await say(502, '<html>Bad gateway</html>');

    await expect(open([url]).postJson(url, {})).rejects.toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      cause: { status: 502 },
    });
  });

  it('a JSON-RPC error under an HTTP error status is the answer', async () => {
    const body = { jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'no' } };
    const url = await say(400, JSON.stringify(body));

    expect(await open([url]).postJson(url, {})).toEqual(body);
  });

  it('proxy variables of the environment are not obeyed', async () => {
    const proxied = vi.fn<() => void>();
    const proxy = await serve((_request, response) => {
      proxied();
      response.end('{}');
    });
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, proxy);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    toClose.push(() => void vi.unstubAllEnvs());
    const url = await say(200, '{"direct":true}');

    expect(await open([url]).postJson(url, {})).toEqual({ direct: true });
    expect(proxied).not.toHaveBeenCalled();
  });
});

describe('credentials', () => {
  async function heardBy(
    auth: NonNullable<NetworkOptions['profile']['auth']>,
  ): Promise<IncomingMessage['headers']> {
    let headers: IncomingMessage['headers'] = {};
    const url = await serve((request, response) => {
      headers = request.headers;
      response.end('{}');
    });
    await open([url], {}, { auth }).postJson(url, {});
    return headers;
  }

  it('of kind header are sent as the line of the file', async () => {
    const valueFile = keep('token', `${SECRET}\n`);

    expect(await heardBy({ kind: 'header', name: 'X-Api-Key', valueFile })).toMatchObject({
      'x-api-key': SECRET,
    });
  });

  it('of kind basic are sent as RFC 7617 says', async () => {
    const passwordFile = keep('password', SECRET);

    expect(await heardBy({ kind: 'basic', user: 'desk', passwordFile })).toMatchObject({
      authorization: `Basic ${Buffer.from(`desk:${SECRET}`).toString('base64')}`,
    });
  });

  it('go to the origins of the profile alone', async () => {
    let headers: IncomingMessage['headers'] = {};
    const other = await serve((request, response) => {
      headers = request.headers;
      response.end('{}');
    });
    const own = await say(200, '{}');
    const auth = { kind: 'header', name: 'X-Api-Key', valueFile: keep('token', SECRET) } as const;

    await open([own], { allowedHosts: ['127.0.0.1'] }, { auth }).postJson(other, {});

    expect(headers).not.toHaveProperty('x-api-key');
  });

  it('in a file that is not there are FILE_UNREADABLE', () => {
    const auth = { kind: 'header', name: 'X-Api-Key', valueFile: 'nowhere' } as const;

    expect(() => open(['https://node.example/'], {}, { auth })).toThrow(
      expect.objectContaining({
        code: 'FILE_UNREADABLE',
        message: expect.stringContaining('auth.valueFile'),
      }),
    );
  });

  it.each(['', `${SECRET}\nsecond: line`])(
    'that are not one line are refused without a word of them',
    (text) => {
      const auth = { kind: 'header', name: 'X-Api-Key', valueFile: keep('token', text) } as const;
      let thrown: unknown;
      try {
        open(['https://node.example/'], {}, { auth });
      } catch (error) {
        thrown = error;
      }

      expect(thrown).toMatchObject({ code: 'PROFILE_INVALID' });
      expect(String(thrown)).not.toContain(SECRET);
    },
  );

  it('of kind mtls show the client certificate and trust the authority named', async () => {
    const server = makeSelfSigned('server');
    const client = makeSelfSigned('client');
    const node = createServer({ ...server, ca: client.cert, requestCert: true }, (_request, response) => {
      response.end('{"met":true}');
    });
    node.listen(0, '127.0.0.1');
    await once(node, 'listening');
    toClose.push(() => void node.close());
    const address = node.address();
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const auth = {
      kind: 'mtls',
      certFile: keep('client.pem', client.cert),
      keyFile: keep('client.key', client.key),
      caFile: keep('ca.pem', server.cert),
    } as const;

    expect(await open([url], {}, { auth }).postJson(url, {})).toEqual({ met: true });
    await expect(open([url]).postJson(url, {})).rejects.toMatchObject({ code: 'ENDPOINT_UNREACHABLE' });
  });

  it('of kind mtls with a key of another certificate are refused', () => {
    const auth = {
      kind: 'mtls',
      certFile: keep('client.pem', makeSelfSigned('one').cert),
      keyFile: keep('client.key', makeSelfSigned('two').key),
    } as const;

    expect(() => open(['https://node.example/'], {}, { auth })).toThrow(
      expect.objectContaining({ code: 'PROFILE_INVALID' }),
    );
  });
});
