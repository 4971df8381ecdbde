/** What the desk does to a person's access at a real Better Auth server, and what of the old access still gets in. */
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ParticipantDirectory } from '../../../electron/participants/directory.ts';
import type { DirectoryEffect } from '../../../shared/directory.ts';
import { toAddress } from '../../../shared/address.ts';
import { Browser } from '../../support/http-browser.ts';
import type { BrowserAnswer } from '../../support/http-browser.ts';
import { openBetterAuth } from '../../support/http-directory.ts';
import { PASSWORD, startRealBetterAuth } from '../../support/real-better-auth.ts';
import type { RealBetterAuth } from '../../support/real-better-auth.ts';
import { softwarePasskey } from '../../support/software-passkey.ts';
import type { SoftwarePasskey } from '../../support/software-passkey.ts';

/** Long enough to be looked at on a busy machine, short enough to be waited for. */
const CACHE_SECONDS = 10;
const EMAIL = 'ada@example.org';
const LOST = toAddress('0x1111111111111111111111111111111111111111');
const REPLACEMENT = toAddress('0x2222222222222222222222222222222222222222');

let server: RealBetterAuth;

beforeEach(async () => {
  server = await startRealBetterAuth({ cacheSeconds: CACHE_SECONDS });
});
afterEach(() => server.stop());

function open(profile: object = {}): Promise<ParticipantDirectory> {
  return openBetterAuth(server, profile);
}

interface OldAccess {
  readonly id: string;
  /** Three browsers that are signed in, as a thief would keep them. */
  readonly sessions: readonly Browser[];
  /** The same, of which the session cookie alone was taken. */
  readonly uncached: readonly Browser[];
  readonly code: () => string;
  readonly backupCodes: readonly string[];
  readonly trustedDevice: Browser;
  /** Two sign-ins that stand at the question for the second factor. */
  readonly pending: readonly [Browser, Browser];
  readonly passkey: SoftwarePasskey;
  readonly apiKey: string;
  /** From a link that was mailed for a new password. */
  readonly mailedToken: string;
}

/** What the platform gives out; none of its forms has more than these. */
interface Given {
  readonly totpURI: string;
  readonly backupCodes: string[];
  readonly challenge: string;
  readonly key: string;
}

function bodyOf(answer: BrowserAnswer): Given {
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as Given;
}

async function withPassword(browser: Browser, password = PASSWORD): Promise<BrowserAnswer> {
  return browser.post('/sign-in/email', { email: EMAIL, password });
}

async function signInWith(passkey: SoftwarePasskey): Promise<{ answer: BrowserAnswer; browser: Browser }> {
  const browser = new Browser(server.url);
  const options = bodyOf(await browser.get('/passkey/generate-authenticate-options'));
  const answer = await browser.post('/passkey/verify-authentication', { response: passkey.signIn(options) });
  return { answer, browser };
}

/** Whom the platform takes a browser for. */
async function seenAs(browser: Browser, headers: Record<string, string> = {}): Promise<string | null> {
  const { body } = await browser.get('/get-session', headers);
  return (body as { user?: { email?: string } } | null)?.user?.email ?? null;
}

function codesOf(totpURI: string): () => string {
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  return () => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}

/** A person who has everything that a person can have, got over HTTP as a person gets it. */
async function personWithEverything(): Promise<OldAccess> {
  const { id, browser } = await server.signUp(EMAIL);
  const enabled = bodyOf(await browser.post('/two-factor/enable', { password: PASSWORD }));
  const code = codesOf(enabled.totpURI);
  bodyOf(await browser.post('/two-factor/verify-totp', { code: code() }));

  const passkey = softwarePasskey(server.origin);
  const options = bodyOf(await browser.get('/passkey/generate-register-options'));
  bodyOf(await browser.post('/passkey/verify-registration', { response: passkey.register(options) }));
  const { key } = bodyOf(await browser.post('/api-key/create', { name: 'script' }));

  const second = new Browser(server.url);
  await withPassword(second);
  bodyOf(await second.post('/two-factor/verify-totp', { code: code(), trustDevice: true }));
  const third = new Browser(server.url);
  bodyOf(await third.post('/sign-in/email', { email: EMAIL, password: PASSWORD, rememberMe: false }));
  bodyOf(await third.post('/two-factor/verify-backup-code', { code: enabled.backupCodes[0] }));

  const pending = [new Browser(server.url), new Browser(server.url)] as const;
  for (const one of pending) {
    expect(bodyOf(await withPassword(one))).toMatchObject({ twoFactorRedirect: true });
  }
  bodyOf(await new Browser(server.url).post('/request-password-reset', { email: EMAIL }));

  const browsers = [browser, second, third];
  // What is kept in their cookie is as fresh as can be.
  for (const one of browsers) await one.get('/get-session?disableCookieCache=true');
  expect(await Promise.all(browsers.map((one) => seenAs(one)))).toEqual([EMAIL, EMAIL, EMAIL]);
  return {
    id,
    sessions: browsers.map((one) => one.stolen()),
    uncached: browsers.map((one) => one.stolenOnly('better-auth.session_token')),
    code,
    backupCodes: enabled.backupCodes.slice(1),
    trustedDevice: second.stolenOnly('better-auth.trust_device'),
    pending,
    passkey,
    apiKey: key,
    mailedToken: server.mailedToken(),
  };
}

function survivor(
  effect: DirectoryEffect,
  what: RegExp,
): { readonly what: string; readonly until: string | null } {
  const found = effect.survivors.find((one) => what.test(one.what));
  if (found === undefined) throw new Error(`no survivor ${String(what)} among ${JSON.stringify(effect)}`);
  return found;
}

/** Awaits that a thief's browser is nobody any more. @returns when that was seen, in milliseconds. */
async function untilRefused(browser: Browser): Promise<number> {
  await vi.waitFor(async () => expect(await seenAs(browser)).toBeNull(), { timeout: 30_000, interval: 100 });
  return Date.now();
}

function time(of: { readonly until: string | null }): number {
  if (of.until === null) throw new Error('it has no end');
  return Date.parse(of.until);
}

/** When the platform stops believing a browser from its cookie, as is written in that cookie. */
function believedUntil(browser: Browser): number {
  const cookie = Buffer.from(browser.cookie('better-auth.session_data'), 'base64url').toString('utf8');
  return (JSON.parse(cookie) as { expiresAt: number }).expiresAt;
}

const REFUSED = { status: 401 };
const HELD = { status: 403, body: { code: 'BANNED_USER' } };
const IN = { status: 200 };

async function setNewPassword(token: string, newPassword: string): Promise<BrowserAnswer> {
  return new Browser(server.url).post('/reset-password', { token, newPassword });
}

describe('a recovery at a real Better Auth server', () => {
  it('tells what a person gets in with, and no token of it', async () => {
    const old = await personWithEverything();
    const directory = await open();

    const access = await directory.access(old.id);

    const session = { label: 'node, 127.0.0.1', lastUsedAt: expect.any(String) };
    expect(access).toMatchObject({
      sessions: [session, session, session],
      secondFactors: [{ id: 'second-factor' }],
      passkeys: null,
      apiKeys: null,
      walletVerifications: null,
      signIn: 'open',
    });
    const tokens = old.uncached.map((one) => one.cookie('better-auth.session_token').split('.')[0] ?? '');
    for (const token of tokens) expect(JSON.stringify(access)).not.toContain(token);
  });

  it('ends every session at once but for browsers that are believed from their cookie, until they are not', async () => {
    const old = await personWithEverything();
    const directory = await open();

    const ended = await directory.revokeSessions(old.id);

    expect(ended.counts).toEqual({ sessions: 3 });
    const believed = survivor(ended, /believed/u);
    expect(await Promise.all(old.uncached.map((one) => seenAs(one)))).toEqual([null, null, null]);
    expect(await Promise.all(old.sessions.map((one) => seenAs(one)))).toEqual([EMAIL, EMAIL, EMAIL]);
    const [first, second, unremembered] = old.sessions;
    if (first === undefined || second === undefined || unremembered === undefined) throw new Error('too few');
    expect(await untilRefused(first)).toBeLessThan(time(believed));
    expect(await untilRefused(second)).toBeLessThan(time(believed));
    // That one is believed for a minute, whatever the cache is set to.
    expect(believedUntil(unremembered)).toBeGreaterThan(believedUntil(first) + 30_000);
    expect(believedUntil(unremembered)).toBeLessThanOrEqual(time(believed));
  });

  it('tells that a believed browser can still change the record and add a passkey, which it can', async () => {
    const old = await personWithEverything();
    const directory = await open();
    const ended = await directory.revokeSessions(old.id);
    await directory.holdSignIn(old.id);
    const [, , thief] = old.sessions;
    if (thief === undefined) throw new Error('too few');

    expect(survivor(ended, /believed/u).what).toMatch(/add a passkey/u);
    expect(await thief.post('/update-user', { name: 'Mallory' })).toMatchObject(IN);
    const added = softwarePasskey(server.origin);
    const registering = thief.copy();
    const options = bodyOf(await registering.get('/passkey/generate-register-options'));
    const response = added.register(options);
    expect(await registering.post('/passkey/verify-registration', { response })).toMatchObject(IN);
    expect((await signInWith(added)).answer).toMatchObject(HELD);
    await directory.releaseSignIn(old.id);
    expect((await signInWith(added)).answer).toMatchObject(IN);
    // What asks the database is refused.
    expect(await thief.post('/api-key/create', { name: 'one more' })).toMatchObject(REFUSED);
    expect(await thief.post('/two-factor/disable', { password: PASSWORD })).toMatchObject(REFUSED);
  });

  it('lets nobody in while the sign-in is held, but who has an API key', async () => {
    const old = await personWithEverything();
    const directory = await open();
    await directory.revokeSessions(old.id);
    const reset = await directory.resetFactors(old.id);
    const held = await directory.holdSignIn(old.id);
    const again = await directory.revokeSessions(old.id);

    expect(reset.counts).toEqual({ second_factors: 1 });
    expect(held.counts).toEqual({ sign_in_hold: 1, sessions: 0 });
    expect(again.counts).toEqual({ sessions: 0 });
    expect(await withPassword(new Browser(server.url))).toMatchObject(REFUSED);
    expect(await withPassword(old.trustedDevice)).toMatchObject(REFUSED);
    const [byTotp, byBackupCode] = old.pending;
    expect(await byTotp.post('/two-factor/verify-totp', { code: old.code() })).toMatchObject(HELD);
    const code = { code: old.backupCodes[0] };
    expect(await byBackupCode.post('/two-factor/verify-backup-code', code)).toMatchObject(HELD);
    expect((await signInWith(old.passkey)).answer).toMatchObject(HELD);
    expect(bodyOf(await setNewPassword(old.mailedToken, 'what the thief chose'))).toBeTruthy();
    expect(await withPassword(new Browser(server.url), 'what the thief chose')).toMatchObject(HELD);
    expect(await directory.access(old.id)).toMatchObject({ sessions: [], secondFactors: [], signIn: 'held' });

    // What gets in is told, and does.
    expect(survivor(held, /API keys/u).until).toBeNull();
    const withKey = { 'x-api-key': old.apiKey };
    expect(await seenAs(new Browser(server.url), withKey)).toBe(EMAIL);
    expect(await new Browser(server.url).post('/api-key/create', { name: 'more' }, withKey)).toMatchObject(
      IN,
    );
    const [added, registering] = [softwarePasskey(server.origin), new Browser(server.url)];
    const options = bodyOf(await registering.get('/passkey/generate-register-options', withKey));
    const response = added.register(options);
    expect(await registering.post('/passkey/verify-registration', { response }, withKey)).toMatchObject(IN);
  });

  it('lets the person in again after the release, with a new password and a new second factor', async () => {
    const old = await personWithEverything();
    const directory = await open();
    await directory.resetFactors(old.id);
    await directory.holdSignIn(old.id);
    const released = await directory.releaseSignIn(old.id);

    expect(released).toEqual({ counts: { sign_in_hold: 1 }, survivors: [] });
    expect(await withPassword(new Browser(server.url))).toMatchObject(REFUSED);
    bodyOf(await new Browser(server.url).post('/request-password-reset', { email: EMAIL }));
    bodyOf(await setNewPassword(server.mailedToken(), 'a new long password'));
    const person = new Browser(server.url);
    expect(await withPassword(person, 'a new long password')).toMatchObject({
      status: 200,
      body: { user: {} },
    });
    const password = { password: 'a new long password' };
    expect(await person.post('/two-factor/enable', password)).toMatchObject({
      body: { code: 'TOTP_ALREADY_ENABLED' },
    });
    bodyOf(await person.post('/two-factor/disable', password));
    const { totpURI } = bodyOf(await person.post('/two-factor/enable', password));
    bodyOf(await person.post('/two-factor/verify-totp', { code: codesOf(totpURI)() }));

    const later = new Browser(server.url);
    expect(bodyOf(await withPassword(later, 'a new long password'))).toMatchObject({
      twoFactorRedirect: true,
    });
    expect(await later.post('/two-factor/verify-totp', { code: old.code() })).toMatchObject(REFUSED);
    const backupCode = { code: old.backupCodes[0] };
    expect(await later.post('/two-factor/verify-backup-code', backupCode)).toMatchObject(REFUSED);
    expect(await later.post('/two-factor/verify-totp', { code: codesOf(totpURI)() })).toMatchObject(IN);
  });

  it('tells after a reset what works again from the release on, and all of it does', async () => {
    const old = await personWithEverything();
    const directory = await open();
    const reset = await directory.resetFactors(old.id);
    await directory.holdSignIn(old.id);
    await directory.releaseSignIn(old.id);

    expect(survivor(reset, /^Passkeys/u).until).toBeNull();
    const { browser } = await signInWith(old.passkey);
    expect(await seenAs(browser)).toBe(EMAIL);

    expect(time(survivor(reset, /question for the second factor/u))).toBeGreaterThan(Date.now() + 500_000);
    const [pending] = old.pending;
    expect(await pending.post('/two-factor/verify-totp', { code: old.code() })).toMatchObject(IN);

    expect(time(survivor(reset, /link for a new password/u))).toBeGreaterThan(Date.now() + 3_500_000);
    bodyOf(await setNewPassword(old.mailedToken, 'what the thief chose'));
    expect(await withPassword(new Browser(server.url), 'what the thief chose')).toMatchObject(IN);

    // As an administrator would who thinks that nothing is stored.
    expect(survivor(reset, /authenticator secret/u).until).toBeNull();
    const on = { userId: old.id, data: { twoFactorEnabled: true } };
    bodyOf(await server.adminBrowser.post('/admin/update-user', on));
    const thief = new Browser(server.url);
    await withPassword(thief, 'what the thief chose');
    expect(await thief.post('/two-factor/verify-backup-code', { code: old.backupCodes[0] })).toMatchObject(
      IN,
    );

    expect(survivor(reset, /trusted/u).until).toBeNull();
    const unasked = bodyOf(await withPassword(old.trustedDevice, 'what the thief chose'));
    expect(unasked).not.toHaveProperty('twoFactorRedirect');
  });

  it('keeps the password where the profile says so, and tells that it then lets in by itself', async () => {
    const old = await personWithEverything();
    const directory = await open({ password: 'keep' });
    const reset = await directory.resetFactors(old.id);
    await directory.holdSignIn(old.id);

    expect(await withPassword(new Browser(server.url))).toMatchObject(HELD);
    expect(await withPassword(old.trustedDevice)).toMatchObject(HELD);
    await directory.releaseSignIn(old.id);
    expect(survivor(reset, /^The password/u).until).toBeNull();
    expect(bodyOf(await withPassword(new Browser(server.url)))).not.toHaveProperty('twoFactorRedirect');
  });

  it('counts what it did, and does nothing a second time', async () => {
    const old = await personWithEverything();
    const directory = await open({ password: 'keep', lostWalletsField: 'lostWallets' });
    const link = { lost: LOST, replacement: REPLACEMENT, effective: true };

    expect((await directory.holdSignIn(old.id)).counts).toEqual({ sign_in_hold: 1, sessions: 3 });
    expect((await directory.revokeSessions(old.id)).counts).toEqual({ sessions: 0 });
    expect((await directory.resetFactors(old.id)).counts).toEqual({ second_factors: 1 });
    expect((await directory.linkWallet(old.id, link)).counts).toEqual({ wallet_link: 1 });

    expect((await directory.holdSignIn(old.id)).counts).toEqual({ sign_in_hold: 0 });
    expect((await directory.releaseSignIn(old.id)).counts).toEqual({ sign_in_hold: 1 });
    expect((await directory.releaseSignIn(old.id)).counts).toEqual({ sign_in_hold: 0 });
    expect((await directory.revokeSessions(old.id)).counts).toEqual({ sessions: 0 });
    expect((await directory.resetFactors(old.id)).counts).toEqual({ second_factors: 0 });
    expect((await directory.linkWallet(old.id, link)).counts).toEqual({ wallet_link: 0 });
  });
});
