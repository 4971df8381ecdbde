/**
 * A stub of Keycloak's admin REST API: a double, made from the published API and the documentation, because no Keycloak
 * can be had here. It keeps to what these say of requests, answers and refusals, and knows nothing that they do not say.
 * @see https://www.keycloak.org/docs-api/latest/rest-api/index.html
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startHttpServer } from './http-server.ts';

export const REALM = 'people';
export const CLIENT_ID = 'recovery-desk';
export const CLIENT_SECRET = 'the-secret-of-the-client';

interface StubUser {
  [key: string]: unknown;
  id: string;
  username: string;
  enabled: boolean;
  attributes: Record<string, string[]>;
  requiredActions: string[];
}

export interface KeycloakStub {
  readonly url: string;
  readonly users: Map<string, StubUser>;
  readonly sessions: Map<
    string,
    { id: string; userId: string; ipAddress: string; start: number; lastAccess: number }[]
  >;
  readonly credentials: Map<string, { id: string; type: string; userLabel?: string; createdDate?: number }[]>;
  readonly linked: Map<string, { identityProvider: string; userId: string; userName: string }[]>;
  /** Seconds since 1970 before which a user's tokens are not taken. */
  readonly notBefore: Map<string, number>;
  /** Attributes of the realm's user profile; null where every attribute may be set. */
  attributes: readonly string[] | null;
  /** Whether the service account may see the realm's settings. */
  seesRealm: boolean;
  /** Paths that were asked for with an access token, below the realm's. */
  readonly asked: string[];
  /** Access tokens that were given out. */
  tokensGiven: number;
  /** Takes back all access tokens. */
  takeBackTokens(): void;
  add(username: string, more?: Partial<StubUser>): StubUser;
  stop(): Promise<void>;
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

export async function startKeycloakStub(): Promise<KeycloakStub> {
  const users: KeycloakStub['users'] = new Map();
  const tokens = new Set<string>();

  const server = await startHttpServer((request, response, body) => answer(request, response, body));
  const stub: KeycloakStub = {
    url: server.url,
    users,
    sessions: new Map(),
    credentials: new Map(),
    linked: new Map(),
    notBefore: new Map(),
    attributes: null,
    seesRealm: true,
    asked: [],
    tokensGiven: 0,
    takeBackTokens: () => tokens.clear(),
    add(username, more = {}) {
      const id = `00000000-0000-4000-8000-${String(users.size + 1).padStart(12, '0')}`;
      const user = {
        id,
        username,
        enabled: true,
        emailVerified: true,
        email: `${username}@example.org`,
        firstName: 'Ada',
        lastName: 'Lovelace',
        createdTimestamp: 1_700_000_000_000,
        attributes: {},
        requiredActions: [],
        ...more,
      };
      users.set(id, user);
      return user;
    },
    stop: () => server.stop(),
  };

  function giveToken(response: ServerResponse, body: string): void {
    const form = new URLSearchParams(body);
    if (form.get('grant_type') !== 'client_credentials') {
      return send(response, 400, { error: 'unsupported_grant_type' });
    }
    if (form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET) {
      const error_description = 'Invalid client or Invalid client credentials';
      return send(response, 401, { error: 'unauthorized_client', error_description });
    }
    stub.tokensGiven += 1;
    const token = `token-${stub.tokensGiven}`;
    tokens.add(token);
    return send(response, 200, { access_token: token, expires_in: 300, token_type: 'Bearer' });
  }

  /** Attributes that are sent are all there are afterwards; what the user profile does not know is dropped. */
  function update(user: StubUser, changes: Partial<StubUser>): { error: string } | null {
    if (changes.attributes !== undefined) {
      if (changes.username === undefined) return { error: 'User name is missing' };
      for (const own of ['email', 'firstName', 'lastName']) user[own] = changes[own];
      const known = Object.entries(changes.attributes).filter(
        ([name]) => stub.attributes === null || stub.attributes.includes(name),
      );
      user.attributes = Object.fromEntries(known.filter(([, values]) => values.length > 0));
    }
    if (changes.enabled !== undefined) user.enabled = changes.enabled;
    if (changes.requiredActions !== undefined) user.requiredActions = changes.requiredActions;
    return null;
  }

  function listUsers(query: URLSearchParams): readonly StubUser[] {
    const search = query.get('search')?.toLowerCase();
    const [name, value] = query.get('q')?.split(/:(.*)/su) ?? [];
    const first = Number(query.get('first') ?? 0);
    return [...users.values()]
      .filter((user) => name === undefined || user.attributes[name]?.includes(value ?? '') === true)
      .filter(({ username, email, firstName, lastName }) =>
        search === undefined
          ? true
          : [username, email, firstName, lastName].some((text) =>
              String(text).toLowerCase().includes(search),
            ),
      )
      .slice(first, first + Number(query.get('max') ?? 100))
      .map((user) => {
        const { attributes: _left, ...brief } = user;
        return query.get('briefRepresentation') === 'false' ? user : (brief as StubUser);
      });
  }

  function ofUser(
    method: string,
    user: StubUser,
    rest: string,
    body: string,
    response: ServerResponse,
  ): void {
    const credentials = stub.credentials.get(user.id) ?? [];
    const route = `${method} ${rest}`;
    if (route === 'GET ') return send(response, 200, user);
    if (route === 'PUT ') {
      const refusal = update(user, JSON.parse(body) as Partial<StubUser>);
      return refusal === null ? send(response, 204) : send(response, 400, refusal);
    }
    if (route === 'GET /sessions') return send(response, 200, stub.sessions.get(user.id) ?? []);
    if (route === 'GET /credentials') return send(response, 200, credentials);
    if (route === 'GET /federated-identity') return send(response, 200, stub.linked.get(user.id) ?? []);
    if (route === 'POST /logout') {
      stub.sessions.set(user.id, []);
      stub.notBefore.set(user.id, Math.floor(Date.now() / 1000));
      return send(response, 204);
    }
    const id = /^DELETE \/credentials\/(?<id>[^/]+)$/u.exec(route)?.groups?.['id'];
    if (id === undefined || credentials.every((one) => one.id !== id)) {
      return send(response, 404, { error: 'Credential not found' });
    }
    stub.credentials.set(
      user.id,
      credentials.filter((one) => one.id !== id),
    );
    return send(response, 204);
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stub');
    if (pathname === `/realms/${REALM}/protocol/openid-connect/token`) return giveToken(response, body);
    const token = request.headers.authorization?.replace(/^Bearer /u, '') ?? '';
    if (!tokens.has(token)) return send(response, 401, { error: 'HTTP 401 Unauthorized' });
    const realm = `/admin/realms/${REALM}`;
    if (!pathname.startsWith(realm)) return send(response, 404, { error: 'Realm not found.' });
    const path = pathname.slice(realm.length);
    stub.asked.push(path);
    if (path === '') {
      const seen = { realm: REALM, accessTokenLifespan: 300, actionTokenGeneratedByUserLifespan: 600 };
      return stub.seesRealm
        ? send(response, 200, seen)
        : send(response, 403, { error: 'HTTP 403 Forbidden' });
    }
    if (path === '/users') return send(response, 200, listUsers(searchParams));
    const { id = '', rest = '' } = /^\/users\/(?<id>[^/]+)(?<rest>.*)$/u.exec(path)?.groups ?? {};
    const user = users.get(decodeURIComponent(id));
    if (user === undefined) return send(response, 404, { error: 'User not found' });
    return ofUser(request.method ?? '', user, rest, body, response);
  }

  return stub;
}
