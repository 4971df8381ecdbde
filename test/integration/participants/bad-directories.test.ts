/** Directories that are down, slow, wrong or hostile: a coded error each time, nothing hangs, nothing is pretended. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ParticipantDirectory } from '../../../electron/participants/directory.ts';
import { toAddress } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { Policy } from '../../../shared/policy.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { openTestDirectory } from '../../support/http-directory.ts';

const SECRET = 'a-secret-that-no-error-names';
const WALLET = toAddress('0x1111111111111111111111111111111111111111');
const OTHER = toAddress('0x2222222222222222222222222222222222222222');
const CALLS: readonly [string, (directory: ParticipantDirectory) => Promise<unknown>][] = [
  ['capabilities', (directory) => directory.capabilities()],
  ['get', (directory) => directory.get('p-1')],
  ['findByWallet', (directory) => directory.findByWallet(WALLET)],
  ['search', (directory) => directory.search({ text: 'ada', limit: 2, after: null })],
  ['access', (directory) => directory.access('p-1')],
  ['revokeSessions', (directory) => directory.revokeSessions('p-1')],
  ['resetFactors', (directory) => directory.resetFactors('p-1')],
  ['holdSignIn', (directory) => directory.holdSignIn('p-1')],
  ['releaseSignIn', (directory) => directory.releaseSignIn('p-1')],
  [
    'linkWallet',
    (directory) => directory.linkWallet('p-1', { lost: WALLET, replacement: OTHER, effective: true }),
  ],
];
const KINDS = ['better-auth', 'keycloak'] as const;
type Kind = (typeof KINDS)[number];

function openAt(url: string, kind: Kind, policy: Partial<Policy> = {}): Promise<ParticipantDirectory> {
  const profile =
    kind === 'keycloak'
      ? { kind, name: 'Bad', url, realm: 'people', clientId: 'desk' }
      : { kind, name: 'Bad', url, credential: { kind: 'session' } };
  return openTestDirectory(profile, SECRET, policy);
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function serve(answer: Answer): Promise<string> {
  const server = await startHttpServer(answer);
  onTestFinished(() => server.stop());
  return server.url;
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What each call comes to: the code of its error, which does not name the secret. */
async function outcomes(directory: ParticipantDirectory): Promise<Readonly<Record<string, string>>> {
  const all: Record<string, string> = {};
  for (const [name, call] of CALLS) {
    all[name] = await call(directory).then(
      () => 'came through',
      (error: unknown) => {
        if (!(error instanceof DeskError) || error.remedy === '') return 'no coded error';
        return `${JSON.stringify(error)} ${String(error)}`.includes(SECRET) ? 'names the secret' : error.code;
      },
    );
  }
  return all;
}

function every(code: string): Readonly<Record<string, string>> {
  return Object.fromEntries(CALLS.map(([name]) => [name, code]));
}

describe.each(KINDS)('a %s directory', (kind) => {
  it('that is down', async () => {
    const server = await startHttpServer(() => undefined);
    await server.stop();

    expect(await outcomes(await openAt(server.url, kind))).toEqual(every('DIRECTORY_DOWN'));
  });

  it('that never answers', async () => {
    const url = await serve(() => undefined);

    expect(await outcomes(await openAt(url, kind, { requestTimeoutMs: 100 }))).toEqual(
      every('DIRECTORY_TIMEOUT'),
    );
  });

  it('that answers a byte now and then', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });

    expect(await outcomes(await openAt(url, kind, { requestTimeoutMs: 150 }))).toEqual(
      every('DIRECTORY_TIMEOUT'),
    );
  });

  it.each([
    ['a page', '<!doctype html><title>Sign in</title>'],
    ['half of JSON', '{"users": ['],
    ['another form of JSON', '{"hello": "world"}'],
    ['null', 'null'],
    ['nothing', ''],
  ])('that answers %s', async (_what, text) => {
    const url = await serve((_request, response) => response.writeHead(200).end(text));

    expect(await outcomes(await openAt(url, kind))).toEqual(every('DIRECTORY_GARBAGE'));
  });

  it.each([401, 403])('that answers %s', async (status) => {
    const url = await serve((_request, response) => json(response, { error: 'no' }, status));

    expect(await outcomes(await openAt(url, kind))).toEqual(every('DIRECTORY_UNAUTHORISED'));
  });

  it.each([429, 500, 502, 503])('that answers %s', async (status) => {
    const url = await serve((_request, response) => json(response, {}, status));

    expect(await outcomes(await openAt(url, kind))).toEqual(every('DIRECTORY_DOWN'));
  });

  it('that answers without an end', async () => {
    const chunk = Buffer.alloc(256 * 1024, ' ');
    const url = await serve((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });

    expect(await outcomes(await openAt(url, kind))).toEqual(every('DIRECTORY_GARBAGE'));
  });

  it('that sends on to somebody else, who never gets the secret', async () => {
    const seen: unknown[] = [];
    const elsewhere = await serve((request, response, body) => {
      seen.push(request.headers, body);
      json(response, {});
    });
    const url = await serve((_request, response) => response.writeHead(307, { location: elsewhere }).end());

    expect(await outcomes(await openAt(url, kind))).toEqual(every('DIRECTORY_GARBAGE'));
    expect(seen).toEqual([]);
  });

  it('that answers nothing of what it is asked', async () => {
    const url = await serve((_request, response) => json(response, {}, 404));

    expect(await outcomes(await openAt(url, kind))).toEqual(every('DIRECTORY_GARBAGE'));
  });

  it('is given up when the caller says so', async () => {
    const url = await serve(() => undefined);
    const directory = await openAt(url, kind);
    const giveUp = new AbortController();

    const asked = directory.get('p-1', { signal: giveUp.signal });
    giveUp.abort(new Error('enough'));

    await expect(asked).rejects.toThrow('enough');
  });

  it('on another machine is not asked without encryption, whatever policy allows for nodes', async () => {
    await expect(openAt('http://directory.example', kind, { allowPlainHttp: true })).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
  });

  it('is not asked where it is not on the list of allowed hosts', async () => {
    await expect(
      openAt('https://directory.example', kind, { allowedHosts: ['node.example'] }),
    ).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
  });
});

interface Lie {
  readonly user?: object;
  readonly users?: readonly object[];
  /** Whether a filter finds anybody. */
  readonly finds?: boolean;
  readonly sessions?: readonly object[];
  /** What comes of changing a user. */
  readonly updated?: object;
}

const USER = {
  id: 'p-1',
  name: 'Ada',
  banned: false,
  banExpires: null,
  twoFactorEnabled: true,
  wallet: WALLET,
};
const LIVE = {
  userId: 'p-1',
  id: 's-1',
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2099-01-01T00:00:00Z',
};

/** A Better Auth that answers in the right form, and not the truth. */
async function lying({
  user = USER,
  users,
  finds = true,
  sessions = [],
  updated = user,
}: Lie): Promise<ParticipantDirectory> {
  const list = users ?? [user];
  const url = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://lying');
    const listed = finds || !searchParams.has('filterField') ? list : [];
    const answers: Record<string, unknown> = {
      '/admin/get-user': user,
      '/admin/list-users': { users: listed, total: listed.length },
      '/admin/list-user-sessions': { sessions },
      '/admin/revoke-user-sessions': { success: true },
      '/admin/set-user-password': { status: true },
      '/admin/update-user': updated,
      '/admin/unban-user': { user: updated },
    };
    json(response, answers[pathname]);
  });
  return openAt(url, 'better-auth');
}

describe('a directory that answers in the right form, and not the truth', () => {
  const wrong = { code: 'DIRECTORY_WRONG_PERSON' };
  const garbage = { code: 'DIRECTORY_GARBAGE' };

  it('answers for another person than was asked for', async () => {
    const directory = await lying({ user: { ...USER, id: 'p-2' } });

    for (const [name, call] of CALLS.filter(([name]) => !/capabilities|search|findByWallet/u.test(name))) {
      await expect(call(directory), name).rejects.toMatchObject(wrong);
    }
  });

  it('finds somebody without the wallet', async () => {
    const directory = await lying({ users: [{ ...USER, wallet: OTHER }] });

    await expect(directory.findByWallet(WALLET)).rejects.toMatchObject(wrong);
  });

  it('lists the sessions of somebody else', async () => {
    const directory = await lying({ sessions: [{ ...LIVE, userId: 'p-2' }] });

    await expect(directory.access('p-1')).rejects.toMatchObject(wrong);
  });

  it('changes somebody else', async () => {
    const directory = await lying({ updated: { ...USER, id: 'p-2' } });

    await expect(directory.holdSignIn('p-1')).rejects.toMatchObject(wrong);
  });

  it('says that sessions are ended, and lists them still', async () => {
    const directory = await lying({ sessions: [LIVE] });

    await expect(directory.revokeSessions('p-1')).rejects.toMatchObject(garbage);
  });

  it('says that somebody is banned, who is not, or not for good', async () => {
    await expect((await lying({})).holdSignIn('p-1')).rejects.toMatchObject(garbage);
    const lapsing = { ...USER, banned: true, banExpires: '2099-01-01T00:00:00Z' };
    await expect((await lying({ updated: lapsing })).holdSignIn('p-1')).rejects.toMatchObject(garbage);
  });

  it('says that a second factor is off, which is on', async () => {
    await expect((await lying({})).resetFactors('p-1')).rejects.toMatchObject(garbage);
  });

  it('says that a wallet is written, which is not', async () => {
    const directory = await lying({ finds: false });

    await expect(
      directory.linkWallet('p-1', { lost: WALLET, replacement: OTHER, effective: true }),
    ).rejects.toMatchObject({
      ...garbage,
      message: expect.stringContaining('did not keep the wallet'),
    });
  });

  it('has something else than an address for a wallet', async () => {
    const directory = await lying({ user: { ...USER, wallet: '0x123' } });

    await expect(directory.get('p-1')).rejects.toMatchObject(garbage);
  });

  it('lists the same page again and again', async () => {
    const page = ['a', 'b', 'c'].map((id) => ({ ...USER, id }));
    const directory = await lying({ users: page });

    const first = await directory.search({ text: '', limit: 2, after: null });
    expect(first.after).not.toBeNull();
    await expect(directory.search({ text: '', limit: 2, after: first.after })).rejects.toMatchObject(garbage);
  });

  it('lists more people than it was asked for, or one of them twice', async () => {
    const many = ['a', 'b', 'c', 'd'].map((id) => ({ ...USER, id }));
    const wanted = { text: '', limit: 2, after: null };

    await expect((await lying({ users: many })).search(wanted)).rejects.toMatchObject(garbage);
    await expect((await lying({ users: [USER, USER] })).search(wanted)).rejects.toMatchObject(garbage);
  });

  it('lists nobody at all', async () => {
    await expect((await lying({ users: [] })).findByWallet(WALLET)).rejects.toMatchObject(garbage);
  });
});
