/** Answers of an identity provider that no sign-in comes of, in words. No word of a token or of the provider's text. */
import { DeskError } from '../../../shared/errors.ts';

/** @param what a sentence without its full stop: what does not hold. */
export function untrusted(what: string): DeskError {
  return new DeskError('OIDC_UNTRUSTED', {
    message: `An answer of the identity provider cannot be trusted: ${what}. No sign-in came of it.`,
    remedy:
      'Start the sign-in again. If it happens again, tell whoever runs the identity provider and whoever keeps the policy; somebody may stand between.',
    retry: 'unsafe',
  });
}

/** @param what a sentence without its full stop: what the person's account lacks. */
export function notEntitled(what: string): DeskError {
  return new DeskError('OIDC_DENIED', {
    message: `The identity provider knows this person, but not as somebody who may work here: ${what}. No sign-in came of it.`,
    remedy:
      'Sign in with the account that is meant for this desk, or ask whoever runs the identity provider to complete this one.',
    retry: 'never',
  });
}

/** The person at the provider, or the provider, said no. */
export function denied(what: string, remedy: string): DeskError {
  return new DeskError('OIDC_DENIED', {
    message: `${what}. No sign-in came of it.`,
    remedy,
    retry: 'never',
  });
}

/** A sign-in that stood, and does no longer. */
export function ranOut(what: string): DeskError {
  return new DeskError('OIDC_ENDED', {
    message: `The sign-in at the identity provider has ended: ${what}.`,
    remedy: 'Sign in again.',
    retry: 'safe',
  });
}
