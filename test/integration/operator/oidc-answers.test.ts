/** Bad answers of an identity provider: from a stub that is bent, over real connections. */
import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startHttpServer } from '../../support/http-server.ts';
import { follow, visit } from '../../support/follow.ts';
import { oidcScene } from '../../support/oidc-scene.ts';
import type { Algorithm, Bends, Fields } from '../../support/stub-oidc-provider.ts';

const now = (): number => Math.floor(Date.now() / 1000);

/** Claims with some put in place of their own; undefined takes one away. */
function saying(other: Fields): Bends {
  return { claims: (claims) => ({ ...claims, ...other }) };
}

async function refusalOf(bends: Bends, options?: Parameters<typeof oidcScene>[1]): Promise<unknown> {
  const { desk } = await oidcScene(bends, options);
  return desk.signIn().then(
    () => 'signed in',
    (error: unknown) => error,
  );
}

describe('a sign-in at a provider that behaves', () => {
  it('tells who it was, and when they logged in', async () => {
    const { desk, stub } = await oidcScene();

    const session = await desk.signIn();

    expect(session.person).toEqual({
      issuer: stub.issuer,
      subject: 'person-1',
      name: 'Ada Keeper',
      authTime: new Date(stub.authTime * 1000).toISOString(),
    });
  });

  it.each<Algorithm>(['RS256', 'PS256', 'ES256', 'EdDSA'])('takes a signature by %s', async (algorithm) => {
    const { desk } = await oidcScene({ algorithm });

    expect((await desk.signIn()).person.subject).toBe('person-1');
  });

  it('asks with code, PKCE, state, nonce and the exact redirect address', async () => {
    const { desk, stub } = await oidcScene({}, { oidc: { scopes: ['profile'] } });

    await desk.signIn();

    expect(Object.fromEntries(stub.logins[0] ?? [])).toEqual({
      response_type: 'code',
      client_id: 'recovery-desk',
      scope: 'openid profile',
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/u) as string,
      state: expect.stringMatching(/^[\w-]{43}$/u) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/u) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/u) as string,
      code_challenge_method: 'S256',
      max_age: '31536000',
    });
  });

  it('asks anew with other values each time', async () => {
    const { desk, stub } = await oidcScene();

    await desk.signIn();
    await desk.signIn();

    const [first, second] = stub.logins;
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first?.get(name)).not.toBe(second?.get(name));
    }
  });

  it('asks for consent where it asks for renewal, and for a login where that is wanted', async () => {
    const { desk, stub } = await oidcScene({}, { oidc: { scopes: ['openid', 'offline_access'] } });

    await desk.signIn({ prompt: 'login' });

    expect(stub.logins[0]?.get('prompt')).toBe('login consent');
  });

  it('uses the connections of the network room alone', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    onTestFinished(() => fetched.mockRestore());
    const { desk, stub } = await oidcScene();

    await desk.signIn();

    expect(fetched).not.toHaveBeenCalled();
    expect(stub.requests).toEqual([
      'GET /.well-known/openid-configuration',
      'GET /login',
      'POST /token',
      'GET /keys',
    ]);
  });

  it('takes a token for several applications that names this one as the party it is for', async () => {
    const { desk } = await oidcScene(saying({ aud: ['recovery-desk', 'other'], azp: 'recovery-desk' }));

    expect((await desk.signIn()).person.subject).toBe('person-1');
  });

  it('bears clocks that differ by less than policy allows', async () => {
    const { desk } = await oidcScene(saying({ iat: now() + 20, exp: now() - 20 }));

    expect((await desk.signIn()).person.subject).toBe('person-1');
  });
});

describe('an id token is not believed', () => {
  it.each<[why: string, says: string, bends: Bends]>([
    ['with a wrong nonce', 'does not belong to this sign-in', saying({ nonce: 'another' })],
    ['without a nonce', 'does not belong to this sign-in', saying({ nonce: undefined })],
    ['for another audience', 'another application', saying({ aud: 'other' })],
    [
      'for several applications without a party',
      'another application',
      saying({ aud: ['recovery-desk', 'b'] }),
    ],
    [
      'for several applications with another party',
      'another application',
      saying({ aud: ['recovery-desk', 'b'], azp: 'b' }),
    ],
    ['for this application with another party', 'another application', saying({ azp: 'other' })],
    ['of another issuer', 'somebody else', saying({ iss: 'https://other.example' })],
    ['that has expired', 'has expired', saying({ exp: now() - 31 })],
    ['without an expiry', 'lacks what it must hold', saying({ exp: undefined })],
    ['without the time it was issued', 'lacks what it must hold', saying({ iat: undefined })],
    ['issued in the future', 'in the future', saying({ iat: now() + 60 })],
    ['issued before the sign-in began', 'before this sign-in', saying({ iat: now() - 60 })],
    ['of a login in the future', 'in the future', saying({ auth_time: now() + 60 })],
    ['not valid yet', 'not valid yet', saying({ nbf: now() + 60 })],
    [
      'with the digest of another access token',
      'access token is not the one',
      saying({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    ],
    ['with a digest that is none', 'access token is not the one', saying({ at_hash: 7 })],
    ['that is not signed', 'signed in a way that is not accepted', { algorithm: 'none' }],
    ['that is signed with the public key as a secret', 'signed in a way', { algorithm: 'HS256' }],
    [
      'signed with a key of nobody',
      'a key that is none of the provider',
      { header: (h) => ({ ...h, kid: 'x' }) },
    ],
    [
      'signed for another algorithm than its key',
      'a key that is none of the provider',
      { header: (h) => ({ ...h, alg: 'EdDSA' }) },
    ],
    ['with an altered content', 'signature of the id token does not hold', { idToken: alteredSubject }],
    [
      'with an altered signature',
      'signature of the id token does not hold',
      { idToken: (token) => `${token.slice(0, -8)}AAAAAAAA` },
    ],
    [
      'with rules that it names as critical',
      'not in the form',
      { header: (h) => ({ ...h, crit: ['x'], x: 1 }) },
    ],
    ['that is no token', 'not in the form', { idToken: () => 'no.token' }],
    ['that is not there', 'there is no id token', { idToken: () => undefined }],
  ])('%s', async (_why, says, bends) => {
    expect(await refusalOf(bends)).toMatchObject({
      code: 'OIDC_UNTRUSTED',
      message: expect.stringContaining(says) as string,
    });
  });

  it('signed by somebody else under the name of a key of the provider', async () => {
    const { desk, stub } = await oidcScene();
    stub.bends = { idToken: (token) => stub.foreignToken(token) };

    await expect(desk.signIn()).rejects.toMatchObject({
      code: 'OIDC_UNTRUSTED',
      message: expect.stringContaining('signature of the id token does not hold') as string,
    });
  });

  it('where its claims are right for the provider and wrong for the policy', async () => {
    const requiring = (requiredClaims: Record<string, string>) => ({ oidc: { requiredClaims } });

    expect(await refusalOf({}, requiring({ groups: 'desk' }))).toBe('signed in');
    expect(await refusalOf({}, requiring({ groups: 'admins' }))).toMatchObject({
      code: 'OIDC_DENIED',
      message: expect.stringContaining('"groups"') as string,
    });
    expect(await refusalOf({}, requiring({ tenant: 'acme' }))).toMatchObject({ code: 'OIDC_DENIED' });
    expect(await refusalOf({}, { oidc: { operatorClaim: 'employee' } })).toMatchObject({
      code: 'OIDC_DENIED',
      message: expect.stringContaining('"employee"') as string,
    });
  });
});

function alteredSubject(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Fields;
  const other = Buffer.from(JSON.stringify({ ...claims, sub: 'person-2' })).toString('base64url');
  return `${header}.${other}.${signature}`;
}

describe('an answer in the browser', () => {
  it('that denies the sign-in is passed on as that', async () => {
    const deny: Bends = {
      redirect: (answer) => {
        answer.delete('code');
        answer.set('error', 'access_denied');
        answer.set('error_description', 'words of the provider');
      },
    };

    const refusal = await refusalOf(deny);

    expect(refusal).toMatchObject({ code: 'OIDC_DENIED' });
    expect(JSON.stringify(refusal)).not.toContain('words of the provider');
  });

  it.each([
    ['login_required', 'OIDC_DENIED'],
    ['invalid_scope', 'OIDC_DENIED'],
    ['temporarily_unavailable', 'OIDC_UNAVAILABLE'],
    ['something <b>else</b>', 'OIDC_DENIED'],
  ])('that says %s is %s', async (error, code) => {
    const refusal = await refusalOf({ redirect: (answer) => answer.set('error', error) });

    expect(refusal).toMatchObject({ code });
    expect(JSON.stringify(refusal)).not.toContain('<b>');
  });

  it('that names another issuer is not believed', async () => {
    expect(
      await refusalOf({ redirect: (answer) => answer.set('iss', 'https://other.example') }),
    ).toMatchObject({
      code: 'OIDC_UNTRUSTED',
      message: expect.stringContaining('another provider') as string,
    });
  });

  it('without a code is not believed', async () => {
    expect(await refusalOf({ redirect: (answer) => answer.delete('code') })).toMatchObject({
      code: 'OIDC_UNTRUSTED',
      message: expect.stringContaining('no code') as string,
    });
  });

  it('with the code of another sign-in is not taken by the provider', async () => {
    const codes: string[] = [];
    const { desk, stub } = await oidcScene({
      redirect: (answer) => {
        codes.push(answer.get('code') ?? '');
        answer.set('code', codes[0] ?? '');
      },
    });
    await desk.signIn();

    await expect(desk.signIn()).rejects.toMatchObject({ code: 'OIDC_UNTRUSTED' });
    expect(stub.logins).toHaveLength(2);
  });

  it('with a code that somebody else began is not taken by the provider', async () => {
    let theirs = '';
    const { desk, stub } = await oidcScene({
      redirect: (answer) => answer.set('code', theirs || (answer.get('code') ?? '')),
    });
    const begun = await visit(
      `${stub.issuer}/login?redirect_uri=http://127.0.0.1:1/signed-in&state=s&nonce=n&code_challenge=theirs`,
    );
    theirs = new URL(begun.headers.location ?? '').searchParams.get('code') ?? '';

    await expect(desk.signIn()).rejects.toMatchObject({ code: 'OIDC_UNTRUSTED' });
  });

  it('that comes twice counts once', async () => {
    const landed: string[] = [];
    const { desk } = await oidcScene(
      {},
      {
        browse: async (url) => {
          landed.push((await follow(url)).url);
        },
      },
    );
    await desk.signIn();

    await expect(visit(landed[0] ?? '')).rejects.toThrow(/ECONNREFUSED/u);
  });

  it("with a foreign state neither ends the sign-in nor takes the answer's place", async () => {
    const seen: number[] = [];
    const { desk } = await oidcScene(
      {},
      {
        browse: async (url) => {
          const redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';
          const state = new URL(url).searchParams.get('state') ?? '';
          const tries = [
            redirectUri,
            `${redirectUri}?code=x&state=another`,
            `${redirectUri}?code=x&state=${state}&state=${state}`,
            `${redirectUri}?code=x&code=y&state=${state}`,
            `${redirectUri}?error=access_denied`,
            `${redirectUri}/more?code=x&state=${state}`,
            new URL('/favicon.ico', redirectUri).href,
          ];
          for (const one of tries) seen.push((await visit(one)).status);
          seen.push((await visit(`${redirectUri}?code=x&state=${state}`, { method: 'POST' })).status);
          seen.push(
            (await visit(`${redirectUri}?code=x&state=${state}`, { headers: { host: 'desk.example' } }))
              .status,
          );
          await follow(url);
        },
      },
    );

    expect((await desk.signIn()).person.subject).toBe('person-1');
    expect(seen).toEqual([400, 400, 400, 400, 400, 404, 404, 400, 400]);
  });
});

describe('a sign-in that comes to nothing', () => {
  it('ends when the person does not come back in time', async () => {
    const { desk } = await oidcScene({}, { oidc: { signInSeconds: 1 }, browse: async () => undefined });

    await expect(desk.signIn()).rejects.toMatchObject({
      code: 'OIDC_ENDED',
      message: expect.stringContaining('within 1 seconds') as string,
    });
  });

  it('ends when it is given up, and gives its port back', async () => {
    const giveUp = new AbortController();
    let redirectUri = '';
    const { desk } = await oidcScene(
      {},
      {
        browse: async (url) => {
          redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';
          giveUp.abort();
        },
      },
    );

    await expect(desk.signIn({ signal: giveUp.signal })).rejects.toMatchObject({ code: 'OIDC_ENDED' });
    await expect(visit(redirectUri)).rejects.toThrow(/ECONNREFUSED/u);
  });

  it.each(['/.well-known/openid-configuration', '/token', '/keys'])(
    'ends when it is given up while %s hangs',
    async (hanging) => {
      const giveUp = new AbortController();
      const giveUpThere: Bends = {
        request: (path) => {
          if (path === hanging) giveUp.abort();
          return path === hanging;
        },
      };
      // Longer than the test has, so that nothing but giving up ends it.
      const { desk } = await oidcScene(giveUpThere, { network: { requestTimeoutMs: 600_000 } });

      await expect(desk.signIn({ signal: giveUp.signal })).rejects.toMatchObject({ code: 'OIDC_ENDED' });
    },
  );

  it('does not begin when it was given up before', async () => {
    const { desk, stub } = await oidcScene();

    await expect(desk.signIn({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'OIDC_ENDED' });
    expect(stub.requests).toEqual([]);
  });

  it('ends when no browser can be opened', async () => {
    const { desk } = await oidcScene({}, { browse: () => Promise.reject(new Error('no browser')) });

    await expect(desk.signIn()).rejects.toMatchObject({
      code: 'OIDC_ENDED',
      message: expect.stringContaining('no browser could be opened') as string,
    });
  });

  it('takes the next port when one is taken, and says so when all are', async () => {
    const taken = await startHttpServer((_request, response) => void response.end());
    onTestFinished(() => taken.stop());
    const port = Number(new URL(taken.url).port);
    const free = await freePort();
    const second = await oidcScene({}, { oidc: { redirectPorts: [port, free] } });
    const none = await oidcScene({}, { oidc: { redirectPorts: [port] } });

    await second.desk.signIn();

    expect(second.stub.logins[0]?.get('redirect_uri')).toBe(`http://127.0.0.1:${free}/signed-in`);
    await expect(none.desk.signIn()).rejects.toMatchObject({
      code: 'OIDC_PORT_TAKEN',
      message: expect.stringContaining(String(port)) as string,
    });
    expect(none.opened).toEqual([]);
  });

  it('is not held up by somebody who keeps a connection open', async () => {
    const { desk } = await oidcScene(
      {},
      {
        browse: async (url) => {
          const { port } = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
          const idle = connect(Number(port), '127.0.0.1');
          onTestFinished(() => void idle.destroy());
          await once(idle, 'connect');
          idle.write('GET /signed-in HTTP/1.1\r\n');
          await follow(url);
        },
      },
    );

    expect((await desk.signIn()).person.subject).toBe('person-1');
  });
});

async function freePort(): Promise<number> {
  const server = await startHttpServer(() => undefined);
  await server.stop();
  return Number(new URL(server.url).port);
}

describe('a provider', () => {
  it.each<[what: string, code: string, bends: Bends]>([
    [
      'that describes another issuer',
      'OIDC_UNTRUSTED',
      { description: (d) => ({ ...d, issuer: 'https://other.example' }) },
    ],
    [
      'whose issuer differs from that of the policy by a slash alone',
      'OIDC_UNTRUSTED',
      {
        description: (d) => ({ ...d, issuer: `${String(d['issuer'])}/` }),
        claims: (claims) => ({ ...claims, iss: `${String(claims['iss'])}/` }),
      },
    ],
    ['whose issuer is no address', 'OIDC_UNTRUSTED', { description: (d) => ({ ...d, issuer: 'other' }) }],
    ...[
      'authorization_endpoint',
      'token_endpoint',
      'jwks_uri',
      'end_session_endpoint',
      'revocation_endpoint',
    ].flatMap((key): [string, string, Bends][] => [
      [
        `whose ${key} is on another host`,
        'OIDC_UNTRUSTED',
        { description: (d) => ({ ...d, [key]: 'https://other.example/x' }) },
      ],
      [
        `whose ${key} is on another port`,
        'OIDC_UNTRUSTED',
        { description: (d) => ({ ...d, [key]: 'http://127.0.0.1:9/x' }) },
      ],
      [
        `whose ${key} starts a program`,
        'OIDC_UNTRUSTED',
        { description: (d) => ({ ...d, [key]: 'file:///bin/sh' }) },
      ],
    ]),
    ['without a place for keys', 'OIDC_UNAVAILABLE', { description: (d) => ({ ...d, jwks_uri: undefined }) }],
    [
      'without PKCE',
      'OIDC_UNAVAILABLE',
      { description: (d) => ({ ...d, code_challenge_methods_supported: ['plain'] }) },
    ],
    [
      'that signs with shared secrets alone',
      'OIDC_UNTRUSTED',
      { description: (d) => ({ ...d, id_token_signing_alg_values_supported: ['HS256', 'none'] }) },
    ],
    [
      'that answers something else than JSON',
      'OIDC_UNAVAILABLE',
      answering('/.well-known/openid-configuration', 200, '<html>'),
    ],
    ['that is in trouble', 'OIDC_UNAVAILABLE', answering('/.well-known/openid-configuration', 503, '')],
    ['that sends on', 'OIDC_UNAVAILABLE', answering('/.well-known/openid-configuration', 302, '')],
    ['that sends the code on', 'OIDC_UNAVAILABLE', answering('/token', 307, '')],
    ['that sends for keys elsewhere', 'OIDC_UNAVAILABLE', answering('/keys', 302, '')],
    ['that answers without end', 'OIDC_UNAVAILABLE', answering('/keys', 200, ' '.repeat(600 * 1024))],
    [
      'that breaks off',
      'OIDC_UNAVAILABLE',
      { request: (path, response) => path === '/token' && response.destroy() !== null },
    ],
    ['that does not know this desk', 'OIDC_DENIED', answering('/token', 401, '{"error":"invalid_client"}')],
    ['whose keys are none', 'OIDC_UNTRUSTED', answering('/keys', 200, '{"keys":"none"}')],
    [
      'whose key is damaged',
      'OIDC_UNTRUSTED',
      answering('/keys', 200, '{"keys":[{"kty":"RSA","n":"!","e":"!"}]}'),
    ],
  ])('%s: %s', async (_what, code, bends) => {
    expect(await refusalOf(bends)).toMatchObject({ code });
  });

  it('that hangs is given up after the time that policy names', async () => {
    const hanging: Bends = { request: (path) => path.startsWith('/.well-known') };

    expect(await refusalOf(hanging, { network: { requestTimeoutMs: 200 } })).toMatchObject({
      code: 'OIDC_UNAVAILABLE',
      message: expect.stringContaining('did not answer in time') as string,
    });
  });

  it('that is down is named', async () => {
    const { desk, stub } = await oidcScene();
    await stub.stop();

    await expect(desk.signIn()).rejects.toMatchObject({
      code: 'OIDC_UNAVAILABLE',
      message: expect.stringContaining(new URL(stub.issuer).host) as string,
    });
  });

  it('may have its endpoints on hosts that policy lists', async () => {
    const far: Bends = { description: (d) => ({ ...d, revocation_endpoint: 'https://other.example/x' }) };

    expect(await refusalOf(far, { network: { allowedHosts: ['other.example'] } })).toBe('signed in');
  });
});

function answering(path: string, status: number, body: string): Bends {
  return {
    request: (asked, response) => {
      if (asked !== path) return false;
      const headers = { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' };
      response.writeHead(status, {
        ...headers,
        ...(status < 400 && status >= 300 ? { location: '/keys' } : {}),
      });
      response.end(body);
      return true;
    },
  };
}
