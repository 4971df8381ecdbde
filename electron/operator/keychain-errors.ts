/** What a person is told when the operating system's keychain does not do its part. */
import { DeskError } from '../../shared/errors.ts';
import type { KeychainFault } from './keychain-messages.ts';

const NOTHING_DONE = 'No key was opened, and nothing was signed.';

const FAULTS: Readonly<Record<KeychainFault, () => DeskError>> = {
  missing_part: () =>
    new DeskError('KEYCHAIN_UNAVAILABLE', {
      message: `This installation of the desk lacks the part that works with the keychain. ${NOTHING_DONE}`,
      remedy:
        'Ask who installed the desk to run its set-up again with what the keychain part is compiled with (on Debian: libsecret-1-dev, g++, make and python3).',
      retry: 'never',
    }),
  no_service: () =>
    new DeskError('KEYCHAIN_UNAVAILABLE', {
      message: `There is no keychain on this machine, or none in this session. ${NOTHING_DONE}`,
      remedy:
        'Work in a desktop session that has a keychain (such as GNOME Keyring or KWallet), signed in with your own password; not through a remote terminal. Ask who manages the machine if there is none.',
      retry: 'safe',
    }),
  closed: () =>
    new DeskError('KEYCHAIN_LOCKED', {
      message: `The keychain is locked, or nothing was ever set up in it. ${NOTHING_DONE}`,
      remedy:
        'Unlock it (in "Passwords and Keys", or by signing out of this session and in again with your password), or create its default keyring there; then try again.',
      retry: 'safe',
    }),
};

export function keychainFault(fault: KeychainFault): DeskError {
  return FAULTS[fault]();
}

export function keychainTimeout(limitMs: number): DeskError {
  return new DeskError('KEYCHAIN_TIMEOUT', {
    message: `The keychain gave no answer within ${Math.ceil(limitMs / 1000)} seconds, and was not waited for any longer. ${NOTHING_DONE}`,
    remedy:
      'It may have asked for its own password in a window of the system, perhaps behind others. Unlock the keychain first, then try again. A person who needs longer can have "keychainTimeoutMs" raised in the policy.',
    retry: 'safe',
  });
}

/** @param what it did, after "The keychain". */
export function keychainOdd(what: string): DeskError {
  return new DeskError('KEYCHAIN_UNAVAILABLE', {
    message: `The keychain ${what}. ${NOTHING_DONE}`,
    remedy: 'Try again. If it happens again, ask who manages the machine to look at its keychain.',
    retry: 'safe',
  });
}
