/** A sign-in that stands: renewal, fresh proof, sign-out, and where its secrets are not. */
import { once, EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { OidcSession } from '../../../electron/operator/oidc/session.ts';
import type { DeskError } from '../../../shared/errors.ts';
import { follow, visit } from '../../support/follow.ts';
import { oidcScene } from '../../support/oidc-scene.ts';

/** Resolves with the reason when the session ends by itself. */
async function endOf(session: OidcSession): Promise<DeskError> {
  const told = new EventEmitter();
  session.onEnd((reason) => told.emit('end', reason));
  const [reason] = (await once(told, 'end')) as [DeskError];
  return reason;
}

describe('a session', () => {
  it('is renewed with the token that the provider gave last', async () => {
    const { desk, stub } = await oidcScene();
    const session = await desk.signIn();

    await session.refresh();
    await session.refresh();

    expect(session.endedBy).toBeNull();
    expect(stub.requests.filter((one) => one === 'POST /token')).toHaveLength(3);
  });

  it('is renewed once where it is asked twice at a time', async () => {
    const { desk, stub } = await oidcScene();
    const session = await desk.signIn();

    await Promise.all([session.refresh(), session.refresh()]);

    expect(stub.requests.filter((one) => one === 'POST /token')).toHaveLength(2);
  });

  it('is renewed by itself before its tokens run out', async () => {
    const told = new EventEmitter();
    const { desk, stub } = await oidcScene({ tokens: (tokens) => ({ ...tokens, expires_in: 1 }) });
    const session = await desk.signIn();
    stub.bends = {
      tokens: (tokens) => {
        told.emit('renewed');
        return tokens;
      },
    };

    await once(told, 'renewed');

    expect(session.endedBy).toBeNull();
  });

  it('ends when the provider refuses to renew it', async () => {
    const { desk, stub } = await oidcScene();
    const session = await desk.signIn();
    stub.bends = {
      request: (path, response) => {
        if (path === '/token')
          response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
        return path === '/token';
      },
    };
    const ended = endOf(session);

    await expect(session.refresh()).rejects.toMatchObject({ code: 'OIDC_UNTRUSTED' });
    expect((await ended).code).toBe('OIDC_UNTRUSTED');
    await expect(session.refresh()).rejects.toMatchObject({ code: 'OIDC_UNTRUSTED' });
  });

  it.each([
    ['is somebody else', 'OIDC_UNTRUSTED', { sub: 'person-2' }],
    ['belongs to another sign-in', 'OIDC_UNTRUSTED', { nonce: 'another' }],
    ['names another login', 'OIDC_UNTRUSTED', { auth_time: 1 }],
    ['is for another application', 'OIDC_UNTRUSTED', { aud: 'other' }],
    ['no longer has what policy requires', 'OIDC_DENIED', { groups: ['staff'] }],
  ])('ends when the renewed sign-in %s', async (_what, code, other) => {
    const { desk, stub } = await oidcScene({}, { oidc: { requiredClaims: { groups: 'desk' } } });
    const session = await desk.signIn();
    stub.bends = { claims: (claims) => ({ ...claims, ...other }) };

    await expect(session.refresh()).rejects.toMatchObject({ code });
    expect(session.endedBy).toMatchObject({ code });
  });

  it('bears a provider that is down for as long as its tokens are good', async () => {
    const { desk, stub } = await oidcScene();
    const session = await desk.signIn();
    const back = stub.bends;
    stub.bends = { request: (_path, response) => response.destroy() !== null };

    await expect(session.refresh()).rejects.toMatchObject({ code: 'OIDC_UNAVAILABLE' });
    expect(session.endedBy).toBeNull();
    stub.bends = back;
    await session.refresh();
    expect(session.endedBy).toBeNull();
  });

  it('ends when the provider is down and its tokens have run out', async () => {
    const { desk, stub } = await oidcScene({ tokens: (tokens) => ({ ...tokens, expires_in: 0 }) });
    stub.bends = {
      ...stub.bends,
      request: (path, response) =>
        stub.requests.filter((one) => one === 'POST /token').length > 1 &&
        path === '/token' &&
        response.destroy() !== null,
    };
    const session = await desk.signIn();

    expect((await endOf(session)).code).toBe('OIDC_UNAVAILABLE');
  });

  it('is renewed once in a second at the most, though its tokens live for less', async () => {
    const told = new EventEmitter();
    const { desk, stub } = await oidcScene({ tokens: (tokens) => ({ ...tokens, expires_in: 0 }) });
    await desk.signIn();
    stub.bends = {
      tokens: (tokens) => {
        told.emit('renewed');
        return { ...tokens, expires_in: 0 };
      },
    };

    await once(told, 'renewed');
    const from = performance.now();
    await once(told, 'renewed');

    // A timer may come a millisecond early.
    expect(performance.now() - from).toBeGreaterThanOrEqual(990);
  });

  it('has the lifetime of before where a renewal names none', async () => {
    const { desk, stub } = await oidcScene();
    const session = await desk.signIn();
    stub.bends = {
      idToken: () => undefined,
      tokens: (tokens) => ({ ...tokens, expires_in: undefined }),
    };
    await session.refresh();
    stub.bends = { request: (_path, response) => response.destroy() !== null };

    await expect(session.refresh()).rejects.toMatchObject({ code: 'OIDC_UNAVAILABLE' });

    expect(session.endedBy).toBeNull();
  });

  it('stands as long as its tokens where there is no renewal, also for longer than a timer holds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const days = 24 * 60 * 60;
    const { desk } = await oidcScene({
      tokens: (tokens) => ({ ...tokens, refresh_token: undefined, expires_in: 30 * days }),
    });
    const session = await desk.signIn();

    await session.refresh();
    await vi.advanceTimersByTimeAsync(29 * days * 1000);
    expect(session.endedBy).toBeNull();

    await vi.advanceTimersByTimeAsync(days * 1000);
    expect(session.endedBy).toMatchObject({ code: 'OIDC_ENDED' });
  });

  it('tells everybody of its end, though one of them fails at it', async () => {
    const { desk } = await oidcScene({
      tokens: (tokens) => ({ ...tokens, refresh_token: undefined, expires_in: 0 }),
    });
    const session = await desk.signIn();
    session.onEnd(() => {
      throw new Error('cannot take it');
    });

    expect(await endOf(session)).toMatchObject({ code: 'OIDC_ENDED' });
  });

  it('ends with its tokens where the provider gives no renewal', async () => {
    const { desk } = await oidcScene({
      tokens: (tokens) => ({ ...tokens, refresh_token: undefined, expires_in: 0 }),
    });
    const session = await desk.signIn();

    expect(await endOf(session)).toMatchObject({
      code: 'OIDC_ENDED',
      message: expect.stringContaining('gives no renewal') as string,
    });
  });
});

describe('a fresh proof', () => {
  it('asks the provider to ask the person, and gives the time of the login', async () => {
    const { desk, stub } = await oidcScene({}, { oidc: { scopes: ['openid', 'offline_access'] } });
    const { person } = await desk.signIn();

    const proven = await desk.proveAgain(person);

    expect(stub.logins[1]?.get('max_age')).toBe('0');
    expect(stub.logins[1]?.get('scope')).toBe('openid');
    expect(proven).toEqual({ ...person, authTime: new Date(stub.authTime * 1000).toISOString() });
    expect(Date.parse(proven.authTime ?? '')).toBeGreaterThan(Date.parse(person.authTime ?? ''));
  });

  it('is refused where the provider did not ask', async () => {
    const { desk, stub } = await oidcScene();
    const { person } = await desk.signIn();
    const standing = stub.authTime;
    stub.bends = { claims: (claims) => ({ ...claims, auth_time: standing }) };

    await expect(desk.proveAgain(person)).rejects.toMatchObject({
      code: 'OIDC_UNTRUSTED',
      message: expect.stringContaining('not asked anew') as string,
    });
  });

  it('is refused for a login of a moment ago that was there before', async () => {
    const { desk, stub } = await oidcScene();
    stub.authTime = Math.floor(Date.now() / 1000) - 2;
    const { person } = await desk.signIn();
    const standing = stub.authTime;
    stub.bends = { claims: (claims) => ({ ...claims, auth_time: standing }) };

    await expect(desk.proveAgain(person)).rejects.toMatchObject({ code: 'OIDC_UNTRUSTED' });
  });

  it('is refused for a login that the desk did not know of, from before it asked', async () => {
    const { desk, stub } = await oidcScene();
    const { person } = await desk.signIn();
    const meanwhile = stub.authTime + 300;
    stub.bends = { claims: (claims) => ({ ...claims, auth_time: meanwhile }) };

    await expect(desk.proveAgain(person)).rejects.toMatchObject({ code: 'OIDC_UNTRUSTED' });
    await expect(desk.proveAgain({ ...person, authTime: null })).rejects.toMatchObject({
      code: 'OIDC_UNTRUSTED',
    });
  });

  it('counts a login once', async () => {
    const { desk, stub } = await oidcScene();
    const { person } = await desk.signIn();
    await desk.proveAgain(person);
    const used = stub.authTime;
    stub.bends = { claims: (claims) => ({ ...claims, auth_time: used }) };

    await expect(desk.proveAgain(person)).rejects.toMatchObject({ code: 'OIDC_UNTRUSTED' });
  });

  it('is refused where the provider does not say when', async () => {
    const { desk, stub } = await oidcScene();
    const { person } = await desk.signIn();
    stub.bends = { claims: (claims) => ({ ...claims, auth_time: undefined }) };

    await expect(desk.proveAgain(person)).rejects.toMatchObject({
      code: 'OIDC_UNTRUSTED',
      message: expect.stringContaining('does not say when') as string,
    });
  });

  it('is refused to somebody else, and leaves the session as it is', async () => {
    const { desk, stub } = await oidcScene();
    const session = await desk.signIn();
    stub.bends = { claims: (claims) => ({ ...claims, sub: 'person-2' }) };

    await expect(desk.proveAgain(session.person)).rejects.toMatchObject({
      code: 'OIDC_UNTRUSTED',
      message: expect.stringContaining('somebody else') as string,
    });
    expect(session.endedBy).toBeNull();
    expect(stub.revoked).toEqual([]);
  });
});

describe('a sign-out', () => {
  it('takes the refresh token back and leads the browser to the sign-out page', async () => {
    const { desk, stub, opened, browsed } = await oidcScene();
    const session = await desk.signIn();
    const told: DeskError[] = [];
    session.onEnd((reason) => told.push(reason));

    const report = await session.signOut();

    expect(report).toMatchObject({ tokens: 'revoked', browser: 'led_to' });
    await browsed();
    expect(stub.revoked).toHaveLength(1);
    const [query] = stub.signOuts;
    expect(stub.secrets).toContain(query?.get('id_token_hint'));
    expect(query?.get('client_id')).toBe('recovery-desk');
    expect(session.endedBy).toMatchObject({ code: 'OIDC_ENDED' });
    expect(told).toEqual([]);
    // What a program was given as an argument holds no token, and is good for once.
    const [, address = ''] = opened;
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/u);
    await expect(visit(address)).rejects.toThrow(/ECONNREFUSED/u);
  });

  it('says what the provider does not offer', async () => {
    const { desk } = await oidcScene({
      description: (d) => ({ ...d, revocation_endpoint: undefined, end_session_endpoint: undefined }),
    });
    const session = await desk.signIn();

    const report = await session.signOut();

    expect(report).toMatchObject({ tokens: 'not_offered', browser: 'not_offered' });
    expect(report.notes.join(' ')).toContain('still signed in');
  });

  it('says that the desk held nothing any more, after a session that had ended by itself', async () => {
    const { desk, stub } = await oidcScene({
      tokens: (tokens) => ({ ...tokens, refresh_token: undefined, expires_in: 0 }),
    });
    const session = await desk.signIn();
    await endOf(session);

    const report = await session.signOut();

    expect(report).toMatchObject({ tokens: 'none_held', browser: 'led_to' });
    expect(report.notes.join(' ')).toContain('no tokens any more');
    expect(stub.revoked).toEqual([]);
  });

  it('ends the session here though the provider and the browser fail, and says so', async () => {
    let broken = false;
    const { desk, stub } = await oidcScene(
      {},
      { browse: (url) => (broken ? Promise.reject(new Error('no browser')) : follow(url)) },
    );
    const session = await desk.signIn();
    broken = true;
    stub.bends = { request: (_path, response) => response.writeHead(500).end() !== null };

    expect(await session.signOut()).toMatchObject({ tokens: 'failed', browser: 'failed' });
    await expect(session.refresh()).rejects.toMatchObject({ code: 'OIDC_ENDED' });
  });
});

describe('the secrets of a sign-in', () => {
  it('are in no form of the session, in no error and in no output', async () => {
    const written: string[] = [];
    const catching = (['stdout', 'stderr'] as const).map((name) =>
      vi.spyOn(process[name], 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0),
    );
    const logged = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) =>
      vi
        .spyOn(console, name)
        .mockImplementation((...words) => void written.push(inspect(words, { depth: null }))),
    );
    onTestFinished(() => [...catching, ...logged].forEach((spy) => spy.mockRestore()));
    const { desk, stub } = await oidcScene();
    const errors: unknown[] = [];
    const failing = async (what: () => Promise<unknown>): Promise<void> => {
      await what().then(
        () => expect.unreachable(),
        (error: unknown) => errors.push(error),
      );
    };
    const session = await desk.signIn();
    const kept = stub.bends;
    for (const bends of [
      { claims: (claims: Record<string, unknown>) => ({ ...claims, nonce: 'another' }) },
      { idToken: (token: string) => `${token.slice(0, -8)}AAAAAAAA` },
      { idToken: () => 'eyJhbGciOiJSUzI1NiJ9.no' },
      { algorithm: 'none' as const },
      { tokens: (tokens: Record<string, unknown>) => ({ ...tokens, token_type: 'strange' }) },
      { tokens: (tokens: Record<string, unknown>) => ({ ...tokens, expires_in: 'never' }) },
      { redirect: (answer: URLSearchParams) => answer.set('iss', 'https://other.example') },
      { redirect: (answer: URLSearchParams) => answer.set('error', 'access_denied') },
      { redirect: (answer: URLSearchParams) => answer.set('code', stub.secrets[0] ?? '') },
    ]) {
      stub.bends = bends;
      await failing(() => desk.signIn());
    }
    stub.bends = { claims: (claims) => ({ ...claims, sub: 'person-2' }) };
    await failing(() => desk.proveAgain(session.person));
    const forms = [
      JSON.stringify({ session }),
      inspect(session, { depth: null }),
      Object.keys(session).join(),
    ];
    await failing(() => session.refresh());
    stub.bends = kept;
    forms.push(inspect(session, { depth: null }), JSON.stringify(session.person));

    const told = errors.map((error) => inspect(error, { depth: null, showHidden: true }));
    const everything = [...forms, ...told, ...written].join('\n');
    const secrets = [...new Set(stub.secrets)].filter((secret) => secret !== '');
    expect(secrets.length).toBeGreaterThan(20);
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
    expect(
      secrets
        .flatMap((secret) => secret.split('.'))
        .filter((part) => part.length > 40 && everything.includes(part)),
    ).toEqual([]);
    expect(forms[0]).toBe('{}');
    expect(errors).toHaveLength(11);
  });
});
