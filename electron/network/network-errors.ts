/** What can go wrong between here and an endpoint, in words. A URL's path may hold an access key: only hosts are named. */
import { DeskError } from '../../shared/errors.ts';

export function unreachable(host: string, reason: string, cause?: unknown): DeskError {
  return new DeskError('ENDPOINT_UNREACHABLE', {
    message: `${host} cannot be reached (${reason}).`,
    remedy: 'Check the network connection and the address in the network profile, then try again.',
    retry: 'safe',
    cause,
  });
}

export function timedOut(host: string, milliseconds: number, cause?: unknown): DeskError {
  return new DeskError('ENDPOINT_TIMEOUT', {
    message: `${host} did not answer within ${milliseconds / 1000} seconds.`,
    remedy: 'Try again. If it stays so, ask whoever runs the endpoint, or name a second one in the profile.',
    retry: 'safe',
    cause,
  });
}

export function refused(host: string, status: number): DeskError {
  return new DeskError('ENDPOINT_REFUSED', {
    message: `${host} refused the credentials (HTTP ${status}).`,
    remedy: 'Check "auth" in the network profile and the files it names; the access may have expired.',
    retry: 'never',
    cause: { status },
  });
}

export function garbage(host: string, what: string, cause?: unknown): DeskError {
  return new DeskError('ENDPOINT_GARBAGE', {
    message: `${host} ${what}, which is no answer of a blockchain node.`,
    remedy: 'Check the address in the network profile. A proxy or sign-in page may stand between.',
    retry: 'safe',
    cause,
  });
}
