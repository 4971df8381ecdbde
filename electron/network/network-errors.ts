/** What can go wrong between here and an endpoint, in words. A URL's path may hold an access key: only hosts are named. */
import { DeskError } from '../../shared/errors.ts';

/** What a connection can come to; whom it goes to decides the code and the words. */
export interface Faults {
  /** @param reason a short code, never a text from outside. */
  unreachable(host: string, reason: string, cause?: unknown): DeskError;
  timedOut(host: string, milliseconds: number, cause?: unknown): DeskError;
  /** The credentials were refused, under this HTTP status. */
  refused(host: string, status: number): DeskError;
  /** It is none of what was looked for. @param what it did, as the end of a sentence that begins with the host. */
  garbage(host: string, what: string, cause?: unknown): DeskError;
}

/** Of an endpoint of a network profile. */
export const endpointFaults: Faults = {
  unreachable: (host, reason, cause) =>
    new DeskError('ENDPOINT_UNREACHABLE', {
      message: `${host} cannot be reached (${reason}).`,
      remedy: 'Check the network connection and the address in the network profile, then try again.',
      retry: 'safe',
      cause,
    }),
  timedOut: (host, milliseconds, cause) =>
    new DeskError('ENDPOINT_TIMEOUT', {
      message: `${host} did not answer within ${milliseconds / 1000} seconds.`,
      remedy:
        'Try again. If it stays so, ask whoever runs the endpoint, or name a second one in the profile.',
      retry: 'safe',
      cause,
    }),
  refused: (host, status) =>
    new DeskError('ENDPOINT_REFUSED', {
      message: `${host} refused the credentials (HTTP ${status}).`,
      remedy: 'Check "auth" in the network profile and the files it names; the access may have expired.',
      retry: 'never',
      cause: { status },
    }),
  garbage: (host, what, cause) =>
    new DeskError('ENDPOINT_GARBAGE', {
      message: `${host} ${what}, which is no answer of a blockchain node.`,
      remedy: 'Check the address in the network profile. A proxy or sign-in page may stand between.',
      retry: 'safe',
      cause,
    }),
};
