/** What policy says of ways of signing in: asked when an operator is set up, and again each time one signs in. */
import type { Operator } from '../../shared/operator.ts';
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

/** Whether policy keeps somebody out for as long as they have no one-time codes. */
export function lacksCodes({ requireTotp }: Pick<Policy, 'requireTotp'>, { signIn }: Operator): boolean {
  return requireTotp && signIn.kind === 'passphrase' && !signIn.totp;
}

/** @throws DeskError SIGN_IN_FORBIDDEN */
export function assertCodesWhereRequired(policy: SignInPolicy, totp: boolean): void {
  if (totp || !policy.requireTotp) return;
  throw signInForbidden(
    'signing in without a one-time code',
    'Sign in as this operator at the window: where there are no one-time codes yet, it sets them up first.',
  );
}
