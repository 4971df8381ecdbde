/**
 * A real Better Auth server (npm `better-auth`) on loopback over SQLite in memory: the admin, two-factor, passkey,
 * API-key and bearer plugins, and its cookie cache.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { apiKey } from '@better-auth/api-key';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { admin, bearer, twoFactor } from 'better-auth/plugins';
import Database from 'better-sqlite3';
import { Browser } from './http-browser.ts';

export const PASSWORD = 'a long enough password';

export interface RealBetterAuth {
  /** Of its routes. */
  readonly url: string;
  readonly origin: string;
  /** The session cookie's value of an administrator. */
  readonly adminSession: string;
  /** The administrator's own browser. */
  readonly adminBrowser: Browser;
  /** A person with the test's password, signed up. */
  signUp(email: string): Promise<{ readonly id: string; readonly browser: Browser }>;
  /** What a link of the newest mail for a new password holds. */
  mailedToken(): string;
  stop(): Promise<void>;
}

export interface BetterAuthOptions {
  /** Seconds; 0 for no cookie cache. */
  readonly cacheSeconds?: number;
}

export async function startRealBetterAuth({
  cacheSeconds = 0,
}: BetterAuthOptions = {}): Promise<RealBetterAuth> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const origin = `http://localhost:${address.port}`;
  const database = new Database(':memory:');
  let mailed = '';
  const auth = betterAuth({
    baseURL: origin,
    secret: 'of a server that lives for one test alone',
    database,
    emailAndPassword: {
      enabled: true,
      sendResetPassword: ({ token }) => {
        mailed = token;
        return Promise.resolve();
      },
    },
    session: { cookieCache: { enabled: cacheSeconds > 0, maxAge: cacheSeconds } },
    user: {
      additionalFields: {
        wallet: { type: 'string', required: false, input: false },
        lostWallets: { type: 'string', required: false, input: false },
      },
    },
    plugins: [
      admin(),
      twoFactor(),
      passkey({ rpID: 'localhost', origin }),
      apiKey({ enableSessionForAPIKeys: true, rateLimit: { enabled: false } }),
      bearer(),
    ],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // It tells of each refusal, and that the new database is empty.
    logger: { disabled: true },
  });
  const context = await auth.$context;
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  const handle = toNodeHandler(auth);
  server.on('request', (request, response) => void handle(request, response));
  const url = `${origin}/api/auth`;

  async function signUp(email: string): Promise<{ id: string; browser: Browser }> {
    const browser = new Browser(url);
    const { body } = await browser.post('/sign-up/email', {
      email,
      name: email.split('@')[0],
      password: PASSWORD,
    });
    return { id: (body as { user: { id: string } }).user.id, browser };
  }

  const administrator = await signUp('admin@example.org');
  await context.internalAdapter.updateUser(administrator.id, { role: 'admin' });
  return {
    url,
    origin,
    adminSession: administrator.browser.cookie('better-auth.session_token'),
    adminBrowser: administrator.browser,
    signUp,
    mailedToken: () => mailed,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      database.close();
    },
  };
}
