/** What can go wrong between here and a remote signer, in words. */
import { DeskError } from '../../shared/errors.ts';
import type { Faults } from './network-errors.ts';

/** Whether it has signed is not known here: what it made of a request may be lost on the way back. */
export const NO_SIGNATURE = 'No signature of it arrived, and nothing was sent.';

function unavailable(message: string, remedy: string, cause?: unknown): DeskError {
  return new DeskError('SIGNER_UNAVAILABLE', {
    message: `${message} ${NO_SIGNATURE}`,
    remedy,
    retry: 'safe',
    cause,
  });
}

export const signerFaults: Faults = {
  unreachable: (host, reason, cause) =>
    unavailable(
      `The remote signer ${host} cannot be reached (${reason}).`,
      'Check that the signer runs, the network connection, and the certificates that are set up for this operator; then try again.',
      cause,
    ),
  // It may be signing at this moment: that does no harm, for the same transaction is asked for again.
  timedOut: (host, milliseconds, cause) =>
    new DeskError('SIGNER_TIMEOUT', {
      message: `The remote signer ${host} did not answer within ${milliseconds / 1000} seconds. ${NO_SIGNATURE}`,
      remedy:
        'Look at the signer: somebody may have to approve there. Then try again; the same transaction will be asked for.',
      retry: 'safe',
      cause,
    }),
  refused: (host, status) =>
    unavailable(
      `The remote signer ${host} does not let this desk in (HTTP ${status}).`,
      'Check the client certificate that is set up for this operator, and what the signer lets in.',
      { status },
    ),
  garbage: (host, what, cause) =>
    unavailable(
      `${host} ${what}, which is no answer of a remote signer.`,
      'Check the address that is set up for this operator. A proxy or sign-in page may stand between.',
      cause,
    ),
};
