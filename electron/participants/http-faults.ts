/** What a connection to a directory can come to, as the errors of this room. Of addresses only hosts are named. */
import { DeskError } from '../../shared/errors.ts';
import type { Faults } from '../network/network-errors.ts';
import type { TlsFileFaults } from '../network/tls-files.ts';
import {
  directoryDown,
  directoryGarbage,
  directoryTimeout,
  directoryUnauthorised,
} from './directory-errors.ts';

export const directoryFaults: Faults = {
  unreachable: (host, reason, cause) => directoryDown(`${host} (${reason})`, cause),
  timedOut: (_host, milliseconds) => directoryTimeout(milliseconds / 1000),
  refused: (host, status) => directoryUnauthorised(`${host} answered HTTP ${status}`),
  garbage: (host, what) => directoryGarbage(`${host} ${what}`),
};

function authorityUnusable(what: string, cause?: unknown): DeskError {
  return new DeskError('DIRECTORY_PROFILE_INVALID', {
    message: `The certificate authority that the directory profile names as "caFile" ${what}.`,
    remedy: 'Name a file in PEM form. Relative names start at the profile.',
    retry: 'never',
    cause,
  });
}

export const directoryTlsFaults: TlsFileFaults = {
  unreadable: (_which, cause) => authorityUnusable('cannot be read', cause),
  unusable: () => authorityUnusable('is damaged'),
};
