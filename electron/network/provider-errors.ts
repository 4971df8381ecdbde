/** What can go wrong on the way to an identity provider and back, in words. Of addresses only hosts are named. */
import { DeskError } from '../../shared/errors.ts';

/** @param what goes on after the provider's host: "cannot be reached (ECONNREFUSED)". */
export function providerUnavailable(host: string, what: string): DeskError {
  return new DeskError('OIDC_UNAVAILABLE', {
    message: `The identity provider ${host} ${what}. No sign-in came of it.`,
    remedy: 'Try again. If it stays so, ask whoever runs the identity provider or keeps the policy.',
    retry: 'safe',
  });
}

export function portTaken(ports: readonly number[]): DeskError {
  const named = ports.length === 1 ? `port ${ports.join()}` : `any of the ports ${ports.join(', ')}`;
  return new DeskError('OIDC_PORT_TAKEN', {
    message: `The answer of the identity provider cannot be waited for: ${
      ports.length === 0 ? 'this machine gives no port' : `other programs hold ${named}`
    }. No sign-in came of it.`,
    remedy: 'End the other program or sign-in, or have "redirectPorts" changed in the policy, and try again.',
    retry: 'safe',
  });
}

/** @param what completes "The sign-in in the browser ..". */
export function signInEnded(what: string): DeskError {
  return new DeskError('OIDC_ENDED', {
    message: `The sign-in in the browser ${what}. No sign-in came of it.`,
    remedy: 'Start the sign-in again, and finish it in the browser.',
    retry: 'safe',
  });
}
