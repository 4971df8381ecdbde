/** What policy says of ways of signing in: asked when an operator is set up, and again each time one signs in. */
import type { Policy } from '../../shared/policy.ts';
import { signInForbidden } from './operator-refusals.ts';

type SignInPolicy = Pick<Policy, 'signIn' | 'oidc' | 'requireTotp'>;

/** @throws DeskError SIGN_IN_FORBIDDEN */
export function assertPassphraseAllowed(policy: SignInPolicy): void {
  if (policy.signIn.includes('passphrase')) return;
  throw signInForbidden(
    'signing in by passphrase',
    'Sign in at the identity provider of your team, or ask who keeps the policy.',
  );
}

/** @throws DeskError SIGN_IN_FORBIDDEN */
export function assertProviderAllowed(policy: SignInPolicy, issuer: string): void {
  if (policy.signIn.includes('oidc') && policy.oidc?.issuer === issuer) return;
  throw signInForbidden(
    `signing in at the identity provider ${issuer}`,
    'Sign in in a way that policy names, or ask who keeps the policy.',
  );
}

/** @throws DeskError SIGN_IN_FORBIDDEN */
export function assertCodesWhereRequired(policy: SignInPolicy, totp: boolean): void {
  if (totp || !policy.requireTotp) return;
  throw signInForbidden(
    'signing in without a one-time code',
    'Sign in at the window of the desk, with an authenticator at hand: it sets one-time codes up for who has none.',
  );
}
