/**
 * A stub of an OpenID provider, on loopback: it knows one person, asks nothing, and can be bent in any of its answers.
 * What it does unbent (PKCE, codes good for once, signatures) it does for real. For what a well-behaved provider does,
 * see real-oidc-provider.ts.
 */
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { oidcPolicySchema } from '../../shared/policy.ts';
import type { OidcPolicy } from '../../shared/policy.ts';
import { startHttpServer } from './http-server.ts';
import type { HttpServer } from './http-server.ts';

export type Fields = Record<string, unknown>;
export type Algorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA' | 'HS256' | 'none';

/** Where it leaves the protocol. Each is given what it would do. */
export interface Bends {
  readonly algorithm?: Algorithm;
  readonly description?: (fields: Fields) => Fields;
  readonly header?: (fields: Fields) => Fields;
  readonly claims?: (fields: Fields) => Fields;
  readonly idToken?: (token: string) => string | undefined;
  readonly redirect?: (parameters: URLSearchParams, redirectUri: string) => void;
  readonly tokens?: (fields: Fields) => Fields;
  /** Takes a request over; true where it did. */
  readonly request?: (path: string, response: ServerResponse) => boolean;
}

interface Grant {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly authTime: number;
}

const KEYS = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed: generateKeyPairSync('ed25519'),
  foreign: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const CLIENT_ID = 'recovery-desk';

const seconds = (): number => Math.floor(Date.now() / 1000);
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export class StubOidcProvider {
  bends: Bends = {};
  /** Tokens, codes and verifiers that went through it: secrets that nobody may find. */
  readonly secrets: string[] = [];
  /** Method and path of each request, in order. */
  readonly requests: string[] = [];
  readonly revoked: string[] = [];
  /** Queries of the sign-out page. */
  readonly signOuts: URLSearchParams[] = [];
  /** Queries of the login page. */
  readonly logins: URLSearchParams[] = [];
  readonly #server: HttpServer;
  readonly #grants = new Map<string, Grant>();
  readonly #refreshTokens = new Map<string, Grant>();
  authTime = seconds() - 600;

  private constructor(server: HttpServer) {
    this.#server = server;
  }

  static async start(): Promise<StubOidcProvider> {
    let stub: StubOidcProvider | undefined;
    const server = await startHttpServer((request, response, body) => stub?.answer(request, response, body));
    stub = new StubOidcProvider(server);
    return stub;
  }

  get issuer(): string {
    return this.#server.url;
  }

  policy(more: Partial<OidcPolicy> = {}): OidcPolicy {
    return { ...oidcPolicySchema.parse({ issuer: this.issuer, clientId: CLIENT_ID }), ...more };
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** An id token of a key that is none of this provider. */
  foreignToken(token: string): string {
    const [header = '', payload = ''] = token.split('.');
    const signed = `${header}.${payload}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), KEYS.foreign.privateKey).toString('base64url')}`;
  }

  /** Answers one request. */
  answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const url = new URL(request.url ?? '/', this.issuer);
    this.requests.push(`${request.method} ${url.pathname}`);
    if (this.bends.request?.(url.pathname, response) === true) return;
    const form = new URLSearchParams(body);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, this.#description());
      case '/keys':
        return json(response, { keys: publicKeys() });
      case '/login':
        return this.#login(url.searchParams, response);
      case '/token':
        return this.#token(form, response);
      case '/revoke':
        this.revoked.push(form.get('token') ?? '');
        return json(response, {});
      case '/sign-out':
        this.signOuts.push(url.searchParams);
        return void response.end('signed out');
      default:
        return void response.writeHead(404).end();
    }
  }

  #description(): Fields {
    const { issuer } = this;
    const fields = {
      issuer,
      authorization_endpoint: `${issuer}/login`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      revocation_endpoint: `${issuer}/revoke`,
      end_session_endpoint: `${issuer}/sign-out`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256', 'none'],
    };
    return this.bends.description?.(fields) ?? fields;
  }

  #login(query: URLSearchParams, response: ServerResponse): void {
    this.logins.push(query);
    const redirectUri = query.get('redirect_uri') ?? '';
    if (query.get('max_age') === '0') this.authTime = seconds();
    const code = this.#secret();
    this.#grants.set(code, {
      nonce: query.get('nonce') ?? '',
      challenge: query.get('code_challenge') ?? '',
      redirectUri,
      authTime: this.authTime,
    });
    const answer = new URLSearchParams({ code, state: query.get('state') ?? '' });
    this.bends.redirect?.(answer, redirectUri);
    response.writeHead(303, { location: `${redirectUri}?${answer}` }).end();
  }

  #token(form: URLSearchParams, response: ServerResponse): void {
    const grant = form.get('grant_type') === 'refresh_token' ? this.#renewed(form) : this.#redeemed(form);
    if (grant === undefined) return json(response, { error: 'invalid_grant', error_description: 'no' }, 400);
    const accessToken = this.#secret();
    const refreshToken = this.#secret();
    this.#refreshTokens.set(refreshToken, grant);
    const idToken = this.#idToken(grant, accessToken);
    if (idToken !== undefined) this.secrets.push(idToken);
    const fields = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: refreshToken,
      ...(idToken === undefined ? {} : { id_token: idToken }),
    };
    json(response, this.bends.tokens?.(fields) ?? fields);
  }

  #redeemed(form: URLSearchParams): Grant | undefined {
    const [code, verifier] = [form.get('code') ?? '', form.get('code_verifier') ?? ''];
    this.secrets.push(verifier);
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const proven = createHash('sha256').update(verifier).digest('base64url');
    return grant?.challenge === proven && grant.redirectUri === form.get('redirect_uri') ? grant : undefined;
  }

  #renewed(form: URLSearchParams): Grant | undefined {
    const token = form.get('refresh_token') ?? '';
    const grant = this.#refreshTokens.get(token);
    this.#refreshTokens.delete(token);
    return grant;
  }

  #idToken(grant: Grant, accessToken: string): string | undefined {
    const { algorithm = 'RS256', header, claims, idToken } = this.bends;
    const now = seconds();
    const digest = createHash(algorithm === 'EdDSA' ? 'sha512' : 'sha256')
      .update(accessToken)
      .digest();
    const said: Fields = {
      iss: this.issuer,
      sub: 'person-1',
      aud: CLIENT_ID,
      exp: now + 300,
      iat: now,
      nonce: grant.nonce,
      auth_time: grant.authTime,
      at_hash: digest.subarray(0, digest.length / 2).toString('base64url'),
      name: 'Ada Keeper',
      groups: ['desk', 'staff'],
    };
    const head: Fields = { alg: algorithm, kid: kidOf(algorithm), typ: 'JWT' };
    const signed = `${encoded(header?.(head) ?? head)}.${encoded(claims?.(said) ?? said)}`;
    const token = `${signed}.${signatureOf(algorithm, signed).toString('base64url')}`;
    return idToken === undefined ? token : idToken(token);
  }

  #secret(): string {
    const secret = randomBytes(24).toString('base64url');
    this.secrets.push(secret);
    return secret;
  }
}

function kidOf(algorithm: Algorithm): string {
  return algorithm === 'ES256' ? 'ec' : algorithm === 'EdDSA' ? 'ed' : 'rsa';
}

function signatureOf(algorithm: Algorithm, text: string): Buffer {
  const data = Buffer.from(text);
  switch (algorithm) {
    case 'RS256':
      return sign('sha256', data, KEYS.rsa.privateKey);
    case 'PS256':
      return sign('sha256', data, { key: KEYS.rsa.privateKey, padding: 6, saltLength: 32 });
    case 'ES256':
      return sign('sha256', data, { key: KEYS.ec.privateKey, dsaEncoding: 'ieee-p1363' });
    case 'EdDSA':
      return sign(null, data, KEYS.ed.privateKey);
    case 'HS256':
      // The known attack: what everybody can read is taken for a shared secret.
      return createHmac('sha256', KEYS.rsa.publicKey.export({ type: 'spki', format: 'pem' }))
        .update(data)
        .digest();
    case 'none':
      return Buffer.alloc(0);
  }
}

function publicKeys(): Fields[] {
  const key = (pair: { publicKey: KeyObject }, kid: string): Fields => ({
    ...pair.publicKey.export({ format: 'jwk' }),
    kid,
    use: 'sig',
  });
  return [key(KEYS.rsa, 'rsa'), key(KEYS.ec, 'ec'), key(KEYS.ed, 'ed')];
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
