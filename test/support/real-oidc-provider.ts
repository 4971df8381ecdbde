/**
 * A real OpenID provider (npm `oidc-provider`) on loopback, with the plainest of login and consent pages. People are
 * known by their user name; there are no passwords.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Provider } from 'oidc-provider';
import type { Configuration } from 'oidc-provider';
import { oidcPolicySchema } from '../../shared/policy.ts';
import type { OidcPolicy } from '../../shared/policy.ts';

const CLIENT_ID = 'recovery-desk';
const HOUR = 3600;

export interface RealOidcProvider {
  readonly issuer: string;
  policy(more?: Partial<OidcPolicy>): OidcPolicy;
  /** Ends all that the provider granted, as its administrator would. */
  revokeGrants(): Promise<void>;
  stop(): Promise<void>;
}

/** @param accessSeconds how long an access token lives. */
export async function startRealOidcProvider(accessSeconds = HOUR): Promise<RealOidcProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = new Provider(issuer, configuration(accessSeconds));
  const granted = new Set<string>();
  provider.on('grant.success', (ctx) => {
    const grantId = ctx.oidc.entities.Grant?.jti;
    if (grantId !== undefined) granted.add(grantId);
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const own = request.url?.startsWith('/interaction/') === true;
    const answered = own ? interaction(provider, request, response) : answer(request, response);
    answered.catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  return {
    issuer,
    policy: (more = {}) => ({ ...oidcPolicySchema.parse({ issuer, clientId: CLIENT_ID }), ...more }),
    async revokeGrants() {
      for (const id of granted) {
        await provider.RefreshToken.revokeByGrantId(id);
        await (await provider.Grant.find(id))?.destroy();
      }
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function configuration(accessSeconds: number): Configuration {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/signed-in'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...key, kid: 'first', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub', 'groups'], profile: ['name'] },
    conformIdTokenClaims: false,
    ttl: {
      AccessToken: accessSeconds,
      Grant: HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: HOUR,
      Session: HOUR,
    },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Person ${id}`, groups: id === 'guest' ? ['guests'] : ['desk'] }),
    }),
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = page('<h1>Signed out</h1>');
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  };
}

async function interaction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    const field = details.prompt.name === 'login' ? '<input name="user" aria-label="User">' : '';
    response.writeHead(200, { 'content-type': 'text/html' }).end(
      page(`<h1>${details.prompt.name}</h1><form method="post">${field}
        <button name="do" value="go">Go on</button><button name="do" value="deny">Deny</button></form>`),
    );
    return;
  }
  const form = new URLSearchParams(await text(request));
  if (form.get('do') === 'deny') {
    const denied = { error: 'access_denied', error_description: 'denied by the person' };
    await provider.interactionFinished(request, response, denied, { mergeWithLastSubmission: false });
  } else if (details.prompt.name === 'login') {
    const login = { accountId: form.get('user') ?? '' };
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  } else {
    const grantId = await consent(provider, details);
    await provider.interactionFinished(
      request,
      response,
      { consent: { grantId } },
      { mergeWithLastSubmission: true },
    );
  }
}

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

async function consent(provider: Provider, { session, grantId, params, prompt }: Details): Promise<string> {
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const clientId = String(params['client_id']);
  const accountId = session?.accountId;
  const grant = known ?? new provider.Grant({ clientId, ...(accountId === undefined ? {} : { accountId }) });
  const { missingOIDCScope, missingOIDCClaims } = prompt.details;
  if (Array.isArray(missingOIDCScope)) grant.addOIDCScope(missingOIDCScope.join(' '));
  if (Array.isArray(missingOIDCClaims)) grant.addOIDCClaims(missingOIDCClaims.map(String));
  return grant.save();
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Provider</title><body>${body}</body></html>`;
}
