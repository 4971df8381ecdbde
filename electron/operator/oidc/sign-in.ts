/**
 * Signing in by OpenID Connect, for a team: the person shows who they are to the team's identity provider, in their own
 * browser; this desk learns who it was and never sees a password. Must never let a token out of main, or take an answer
 * it did not ask for.
 */
import type { OidcPolicy } from '../../../shared/policy.ts';
import { signInEnded } from '../../network/provider-errors.ts';
import { authorize } from './authorization.ts';
import type { Authorization, AuthorizationRequest } from './authorization.ts';
import type { OpenExternal } from './needs.ts';
import { personOf } from './person.ts';
import type { OidcPerson } from './person.ts';
import { discoverProvider } from './provider.ts';
import type { NetworkRules, Provider } from './provider.ts';
import { untrusted } from './refusals.ts';
import { OidcSession } from './session.ts';

/** Asks for a refresh token. Providers give one only with the person's consent. */
const OFFLINE = 'offline_access';
/** Seconds. Whoever names an age is told when the login was, and a proof has to be of a later one. */
const A_YEAR = 365 * 24 * 60 * 60;

export interface SignInOptions {
  /** Gives the sign-in up. */
  readonly signal?: AbortSignal | undefined;
  /** `login` and `select_account` have the provider ask although somebody is signed in there. */
  readonly prompt?: 'login' | 'select_account' | undefined;
}

export interface OidcSignIn {
  /**
   * Signs somebody in. A login that stands in the browser will do.
   * @throws DeskError OIDC_UNAVAILABLE, OIDC_PORT_TAKEN, OIDC_DENIED, OIDC_UNTRUSTED, OIDC_ENDED, HOST_NOT_ALLOWED
   */
  signIn(options?: SignInOptions): Promise<OidcSession>;
  /**
   * Has the same person show anew who they are (`max_age=0`), whatever stands in the browser. Leaves sessions as they
   * are.
   * @param person as the sign-in, or the proof before, gave them.
   * @returns the person with the time of this login.
   * @throws DeskError like `signIn`; OIDC_UNTRUSTED when it was somebody else, or nobody was asked.
   */
  proveAgain(person: OidcPerson, options?: Pick<SignInOptions, 'signal'>): Promise<OidcPerson>;
}

export interface OidcSignInParts {
  readonly oidc: OidcPolicy;
  readonly network: NetworkRules;
  readonly openExternal: OpenExternal;
}

export function createOidcSignIn({ oidc, network, openExternal }: OidcSignInParts): OidcSignIn {
  /** Times of logins that proved something, so that none does so twice. */
  const provenAt = new Map<string, number>();

  type Asked = Pick<AuthorizationRequest, 'scopes' | 'parameters' | 'proof'>;
  async function ask<T>(
    asked: Asked,
    signal: AbortSignal | undefined,
    use: (provider: Provider, authorization: Authorization) => T,
  ): Promise<T> {
    if (signal?.aborted === true) throw signInEnded('was given up');
    const provider = await discoverProvider(oidc, network, signal);
    try {
      return use(provider, await authorize(provider, { policy: oidc, openExternal, signal, ...asked }));
    } catch (thrown) {
      provider.close();
      throw thrown;
    }
  }

  return {
    signIn({ signal, prompt } = {}) {
      const scopes = [...new Set(['openid', ...oidc.scopes])];
      const prompts = [
        ...(prompt === undefined ? [] : [prompt]),
        ...(scopes.includes(OFFLINE) ? ['consent'] : []),
      ];
      const prompting = prompts.length === 0 ? {} : { prompt: prompts.join(' ') };
      const parameters = { ...prompting, max_age: String(A_YEAR) };
      return ask(
        { scopes, parameters, proof: 'standing' },
        signal,
        (provider, authorization) => new OidcSession({ provider, authorization, policy: oidc, openExternal }),
      );
    },
    proveAgain(person, { signal } = {}) {
      const scopes = [...new Set(['openid', ...oidc.scopes])].filter((scope) => scope !== OFFLINE);
      const key = JSON.stringify([person.issuer, person.subject]);
      const before = person.authTime === null ? null : Date.parse(person.authTime) / 1000;
      const laterThan = latest(before, provenAt.get(key) ?? null);
      const asked = { scopes, parameters: { max_age: '0' }, proof: { laterThan } };
      return ask(asked, signal, (provider, { claims }) => {
        // The tokens are let go. Taking them back could end the session, which may share its grant with them.
        provider.close();
        const proven = personOf(claims, oidc);
        if (proven.issuer !== person.issuer || proven.subject !== person.subject) {
          throw untrusted('somebody else has logged in than the operator');
        }
        provenAt.set(key, claims.auth_time ?? 0);
        return proven;
      });
    },
  };
}

function latest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
