/** Sign-in through a real OpenID provider, by a person at a real browser. */
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../electron/chromium-runtime/find-browser.ts';
import { createOidcSignIn } from '../../../electron/operator/oidc/sign-in.ts';
import type { OidcSignIn } from '../../../electron/operator/oidc/sign-in.ts';
import type { OidcPolicy } from '../../../shared/policy.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';
import { startRealOidcProvider } from '../../support/real-oidc-provider.ts';
import type { RealOidcProvider } from '../../support/real-oidc-provider.ts';

let browser: Browser;
let provider: RealOidcProvider;
/** The person's browser, with a jar of its own for each test. */
let page: Page;

beforeAll(async () => {
  // SECURITY: Chromium's sandbox stays on, but for root, for whom it does not start.
  browser = await chromium.launch({
    executablePath: findBrowser(),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  provider = await startRealOidcProvider();
});
afterAll(async () => {
  await browser.close();
  await provider.stop();
});
beforeEach(async () => {
  page = await (await browser.newContext()).newPage();
});
afterEach(() => page.context().close());

function desk(oidc: Partial<OidcPolicy> = {}): OidcSignIn {
  return createOidcSignIn({
    oidc: provider.policy({ scopes: ['openid', 'profile', 'offline_access'], ...oidc }),
    network: DEFAULT_POLICY,
    openExternal: async (url) => {
      await page.goto(url);
    },
  });
}

const heading = (name: string) => page.getByRole('heading', { name });
const press = (name: string) => page.getByRole('button', { name }).click();

async function logIn(user: string): Promise<void> {
  await heading('login').waitFor();
  await page.getByLabel('User').fill(user);
  await press('Go on');
}

async function agree(): Promise<void> {
  await heading('consent').waitFor();
  await press('Go on');
}

async function isDone(): Promise<void> {
  await heading('Back to Recovery Desk').waitFor();
}

describe('a person at the browser', () => {
  it('logs in, agrees, and is known to the desk by the claims of the provider', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const signingIn = desk({ requiredClaims: { groups: 'desk' } }).signIn();
    await logIn('ada');
    await agree();
    const session = await signingIn;
    await isDone();

    expect(session.person).toMatchObject({ issuer: provider.issuer, subject: 'ada', name: 'Person ada' });
    expect(Date.parse(session.person.authTime ?? '')).toBeGreaterThanOrEqual(before);
    await session.signOut();
  });

  it.each(['light', 'dark'] as const)(
    'comes back to a page that runs nothing, in %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      const signingIn = desk().signIn();
      await logIn('ada');
      const answered = page.waitForResponse((response) => response.url().includes('/signed-in'));
      await agree();
      const answer = await answered;
      await signingIn;
      await isDone();

      const headers = await answer.allHeaders();
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/u,
      );
      expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(background).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(26, 27, 30)');
      // A browser asks for an icon by itself; the page allows none.
      expect(complaints.filter((one) => !one.includes('favicon'))).toEqual([]);
    },
  );

  it('is not asked to log in again while a login stands', async () => {
    const first = desk().signIn();
    await logIn('ada');
    await agree();
    await first;

    const second = desk({ scopes: ['openid', 'profile'] }).signIn();
    // The provider asks of every desk application whether the person meant it.
    await agree();

    expect((await second).person.subject).toBe('ada');
  });

  it('who denies is not signed in', async () => {
    const signingIn = desk().signIn();
    const refused = refusalOf(signingIn);
    await heading('login').waitFor();
    await press('Deny');

    expect(await refused).toMatchObject({ code: 'OIDC_DENIED' });
    await isDone();
  });

  it('who does not agree is not signed in', async () => {
    const refused = refusalOf(desk().signIn());
    await logIn('ada');
    await heading('consent').waitFor();
    await press('Deny');

    expect(await refused).toMatchObject({ code: 'OIDC_DENIED' });
  });

  it('who lacks what policy requires is not signed in', async () => {
    const refused = refusalOf(desk({ requiredClaims: { groups: 'desk' } }).signIn());
    await logIn('guest');
    await agree();

    expect(await refused).toMatchObject({
      code: 'OIDC_DENIED',
      message: expect.stringContaining('"groups"') as string,
    });
  });

  it('who closes the page does not hold the desk up', async () => {
    const refused = refusalOf(desk({ signInSeconds: 2 }).signIn());
    await heading('login').waitFor();
    await page.close();

    expect(await refused).toMatchObject({ code: 'OIDC_ENDED' });
    page = await (await browser.newContext()).newPage();
  });
});

describe('a sign-in that stands', () => {
  it('is renewed, and ends when the provider takes it back', async () => {
    const signingIn = desk().signIn();
    await logIn('ada');
    await agree();
    const session = await signingIn;

    await session.refresh();
    expect(session.endedBy).toBeNull();
    await provider.revokeGrants();
    await expect(session.refresh()).rejects.toMatchObject({ code: 'OIDC_UNTRUSTED' });
    expect(session.endedBy).not.toBeNull();
  });

  it('is proven anew by a login, though one stands', async () => {
    const at = desk();
    const signingIn = at.signIn();
    await logIn('ada');
    await agree();
    const { person } = await signingIn;
    await nextSecond();

    const proving = at.proveAgain(person);
    await logIn('ada');
    await agree();
    const proven = await proving;

    expect(proven.subject).toBe('ada');
    expect(Date.parse(proven.authTime ?? '')).toBeGreaterThan(Date.parse(person.authTime ?? ''));
  });

  it('is not proven by somebody else', async () => {
    const at = desk();
    const signingIn = at.signIn();
    await logIn('ada');
    await agree();
    const { person } = await signingIn;
    await nextSecond();

    const refused = refusalOf(at.proveAgain(person));
    await logIn('eve');
    await agree();

    expect(await refused).toMatchObject({ code: 'OIDC_UNTRUSTED' });
  });

  it('ends at the provider, too, when it is signed out', async () => {
    const signingIn = desk().signIn();
    await logIn('ada');
    await agree();
    const session = await signingIn;

    const report = await session.signOut();
    await press('Sign out');
    await heading('Signed out').waitFor();

    expect(report).toMatchObject({ tokens: 'revoked', browser: 'led_to' });
    const again = refusalOf(desk().signIn());
    await heading('login').waitFor();
    await press('Deny');
    expect(await again).toMatchObject({ code: 'OIDC_DENIED' });
  });
});

/** What it is refused with. Handled from the start, because the refusal comes while the person is at the browser. */
function refusalOf(signingIn: Promise<unknown>): Promise<unknown> {
  return signingIn.then(
    () => 'signed in',
    (error: unknown) => error,
  );
}

/** Times of logins are whole seconds of the provider's clock. */
async function nextSecond(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000)));
}
