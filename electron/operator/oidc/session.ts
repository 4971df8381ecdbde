/**
 * A sign-in that stands. It keeps its tokens to itself, renews them before they run out, and ends when the provider no
 * longer stands by it. Tokens are text, which JavaScript cannot overwrite: after the end they are unreachable, and gone
 * when the memory is used again.
 */
import type { DeskError } from '../../../shared/errors.ts';
import type { OidcPolicy } from '../../../shared/policy.ts';
import type { Authorization } from './authorization.ts';
import { believedClaims } from './id-token.ts';
import type { Claims, Tokens } from './id-token.ts';
import { asOidcError } from './library-faults.ts';
import type { OpenExternal } from './needs.ts';
import { personOf } from './person.ts';
import type { OidcPerson } from './person.ts';
import type { Provider } from './provider.ts';
import { ranOut, untrusted } from './refusals.ts';
import { signOutAtIssuer } from './sign-out.ts';
import type { SignOutReport } from './sign-out.ts';

/** Renewal begins so long before tokens run out, and is tried again so long after a provider that was down. */
const AHEAD_MS = 60_000;
const RETRY_MS = 15_000;
/** Between one renewal and the next, however short tokens live. */
const SHORTEST_MS = 1_000;
/** Timers hold no more than 24 days; renewing more often than needed does no harm. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

export interface SessionParts {
  readonly provider: Provider;
  readonly authorization: Authorization;
  readonly policy: Pick<OidcPolicy, 'requiredClaims' | 'operatorClaim'>;
  readonly openExternal: OpenExternal;
}

export class OidcSession {
  readonly person: OidcPerson;
  readonly #parts: Omit<SessionParts, 'authorization'>;
  readonly #first: Claims;
  readonly #listeners: ((reason: DeskError) => void)[] = [];
  #tokens: Tokens | null;
  /** Kept for sign-out: not each renewal brings one. */
  #idToken: string;
  #refreshToken: string | undefined;
  /** Milliseconds from when they were given. */
  #lifetime: number;
  #runsOutAt: number;
  #timer: NodeJS.Timeout | undefined;
  #renewal: Promise<void> | null = null;
  #reason: DeskError | null = null;

  /** @throws DeskError OIDC_DENIED where the person is not one that policy lets work here. */
  constructor({ authorization: { tokens, claims }, ...parts }: SessionParts) {
    this.person = personOf(claims, parts.policy);
    this.#parts = parts;
    this.#first = claims;
    this.#tokens = tokens;
    this.#idToken = tokens.id_token ?? '';
    this.#refreshToken = tokens.refresh_token;
    this.#lifetime = lifetimeOf(tokens, claims) ?? 0;
    this.#runsOutAt = Date.now() + this.#lifetime;
    this.#wait();
  }

  /** Why the session has ended; null while it stands. */
  get endedBy(): DeskError | null {
    return this.#reason;
  }

  /**
   * Tells when the session ends by itself: OIDC_ENDED, OIDC_UNTRUSTED, OIDC_DENIED, OIDC_UNAVAILABLE. Not after
   * `signOut`. What a listener throws is its own affair: the others are told all the same.
   */
  onEnd(listener: (reason: DeskError) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Renews the tokens now. What the provider refuses ends the session; one that is down is asked again until the tokens
   * run out. Where it gives no renewal nothing is done before that: the session stands until then.
   * @throws DeskError with the reason.
   */
  refresh(): Promise<void> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  /** Ends the session here in any case, then at the issuer as far as it offers that. Never throws. */
  async signOut(): Promise<SignOutReport> {
    await this.#renewal?.catch(() => undefined);
    const held = {
      idToken: this.#idToken,
      accessToken: this.#tokens?.access_token,
      refreshToken: this.#refreshToken,
    };
    this.#forget(ranOut('it was signed out'));
    const report = await signOutAtIssuer(this.#parts.provider, this.#parts.openExternal, held);
    this.#parts.provider.close();
    return report;
  }

  /** Ends the session here alone; the person stays logged in at the issuer. */
  leave(): void {
    this.#forget(ranOut('it was left'));
    this.#parts.provider.close();
  }

  /** SECURITY: nothing of a session can be written down. */
  toJSON(): undefined {
    return undefined;
  }

  async #renew(): Promise<void> {
    if (this.#reason !== null) throw this.#reason;
    // A timer holds less than tokens may live for.
    if (this.#refreshToken === undefined && Date.now() < this.#runsOutAt) return this.#wait();
    try {
      if (this.#refreshToken === undefined) throw ranOut('the identity provider gives no renewal');
      await this.#exchange(this.#refreshToken);
    } catch (thrown) {
      const error = asOidcError(thrown, this.#parts.provider.host);
      if (error.code === 'OIDC_UNAVAILABLE' && Date.now() < this.#runsOutAt) this.#wait(RETRY_MS);
      else this.#end(error);
      throw error;
    }
    this.#wait();
  }

  async #exchange(refreshToken: string): Promise<void> {
    const { provider, policy } = this.#parts;
    const requestedAt = Math.floor(Date.now() / 1000);
    const tokens = await provider.library.refreshTokenGrant(provider.configuration, refreshToken);
    // The old one may be good no longer, whatever is wrong with the rest of the answer.
    this.#refreshToken = tokens.refresh_token ?? refreshToken;
    this.#tokens = tokens;
    if (tokens.id_token !== undefined) {
      const claims = believedClaims(tokens, provider, { requestedAt, proof: 'standing' });
      this.#checkSame(claims);
      // What policy requires may have been taken from the person meanwhile.
      personOf(claims, policy);
      this.#idToken = tokens.id_token;
    }
    // It may leave out what has not changed. @see RFC 6749, 5.1
    this.#lifetime = lifetimeOf(tokens, tokens.claims()) ?? this.#lifetime;
    this.#runsOutAt = Date.now() + this.#lifetime;
  }

  /** @see OpenID Connect Core 1.0, 12.2 */
  #checkSame(claims: Claims): void {
    const { operatorClaim } = this.#parts.policy;
    const same = claims.sub === this.#first.sub && claims[operatorClaim] === this.#first[operatorClaim];
    if (!same) throw untrusted('the renewed sign-in is somebody else');
    if (claims.nonce !== undefined && claims.nonce !== this.#first.nonce) {
      throw untrusted('the id token does not belong to this sign-in');
    }
    if (claims.auth_time !== this.#first.auth_time && claims.auth_time !== undefined) {
      throw untrusted('the renewed sign-in names another login');
    }
  }

  #wait(delay = this.#renewalDelay()): void {
    clearTimeout(this.#timer);
    if (this.#reason !== null) return;
    this.#timer = setTimeout(() => void this.refresh().catch(() => undefined), delay);
    // A session alone does not keep the desk running.
    this.#timer.unref();
  }

  #renewalDelay(): number {
    const left = Math.max(this.#runsOutAt - Date.now(), 0);
    if (this.#refreshToken === undefined) return Math.min(left, LONGEST_MS);
    return Math.min(Math.max(left - AHEAD_MS, left / 2, SHORTEST_MS), LONGEST_MS);
  }

  #end(reason: DeskError): void {
    if (this.#reason !== null) return;
    this.#forget(reason);
    this.#parts.provider.close();
    for (const listener of this.#listeners) {
      try {
        listener(reason);
      } catch {
        // The session has ended whatever comes of telling it.
      }
    }
  }

  #forget(reason: DeskError): void {
    this.#reason ??= reason;
    clearTimeout(this.#timer);
    this.#tokens = null;
    this.#idToken = '';
    this.#refreshToken = undefined;
  }
}

/** For how many milliseconds from now the provider vouches; undefined where it does not say. */
function lifetimeOf(tokens: Tokens, claims: Claims | undefined): number | undefined {
  const seconds = tokens.expiresIn();
  if (seconds !== undefined) return seconds * 1000;
  return claims === undefined ? undefined : Math.max(claims.exp * 1000 - Date.now(), 0);
}
