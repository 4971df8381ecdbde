/**
 * Ends a sign-in at the issuer, as far as it offers that, and says what was left.
 * @see RFC 7009; OpenID Connect RP-Initiated Logout 1.0
 */
import { openBrowserHandOver } from '../../network/browser-hand-over.ts';
import type { OpenExternal } from './needs.ts';
import type { Provider } from './provider.ts';

/** Milliseconds that a browser has to come for the address of the sign-out page. */
const HAND_OVER_MS = 30_000;

/** What came of signing out at the issuer. */
export interface SignOutReport {
  /** `none_held`: the session had ended before, and the desk had forgotten its tokens. */
  readonly tokens: 'revoked' | 'none_held' | 'not_offered' | 'failed';
  /** `led_to`: the browser was led to the issuer's sign-out page, which may still ask the person. */
  readonly browser: 'led_to' | 'not_offered' | 'failed';
  /** For the person: what is left to do or to know, in sentences. */
  readonly notes: readonly string[];
}

export interface HeldTokens {
  readonly idToken: string;
  readonly accessToken: string | undefined;
  readonly refreshToken: string | undefined;
}

const TOKEN_NOTES = {
  revoked: [],
  none_held: [
    'The sign-in had ended before, so the desk held no tokens any more that could be taken back. What the identity provider gave out before stays good there until it runs out.',
  ],
  not_offered: ['The identity provider takes no tokens back; they stay good there until they run out.'],
  failed: ['The tokens could not be taken back at the identity provider; they stay good until they run out.'],
} as const;

const BROWSER_NOTES = {
  led_to: ["The browser shows the identity provider's sign-out page. If it asks, confirm there."],
  not_offered: [
    'The identity provider offers no sign-out; in the browser you are still signed in there. Sign out on its own pages.',
  ],
  failed: [
    'The sign-out page of the identity provider could not be opened; in the browser you are still signed in there. Sign out on its own pages.',
  ],
} as const;

/** Never throws: signing out here must not hang on anybody else. */
export async function signOutAtIssuer(
  provider: Provider,
  openExternal: OpenExternal,
  held: HeldTokens,
): Promise<SignOutReport> {
  const tokens = await revoke(provider, held);
  const browser = await leadToSignOut(provider, openExternal, held.idToken);
  return { tokens, browser, notes: [...TOKEN_NOTES[tokens], ...BROWSER_NOTES[browser]] };
}

async function revoke(provider: Provider, held: HeldTokens): Promise<SignOutReport['tokens']> {
  const hint = held.refreshToken === undefined ? 'access_token' : 'refresh_token';
  const token = held.refreshToken ?? held.accessToken;
  if (token === undefined) return 'none_held';
  if (!provider.offers('revocation_endpoint')) return 'not_offered';
  try {
    await provider.library.tokenRevocation(provider.configuration, token, { token_type_hint: hint });
    return 'revoked';
  } catch {
    return 'failed';
  }
}

async function leadToSignOut(
  provider: Provider,
  openExternal: OpenExternal,
  idToken: string,
): Promise<SignOutReport['browser']> {
  if (!provider.offers('end_session_endpoint')) return 'not_offered';
  const hint = idToken === '' ? undefined : { id_token_hint: idToken };
  try {
    const target = provider.library.buildEndSessionUrl(provider.configuration, hint);
    // SECURITY: the address holds the id token, so it must not become an argument of the program that opens it.
    const handOver = await openBrowserHandOver(target, HAND_OVER_MS);
    openExternal(handOver.url).catch(() => handOver.close());
    return (await handOver.taken) ? 'led_to' : 'failed';
  } catch {
    return 'failed';
  }
}
