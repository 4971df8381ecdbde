/** What can go wrong with a directory, in the same words whichever it is. */
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';

/** @param what ends the sentence: `the participant directory at auth.example cannot be reached: ..` */
export function directoryDown(what: string, cause?: unknown): DeskError {
  return new DeskError('DIRECTORY_DOWN', {
    message: `The participant directory cannot be reached: ${what}.`,
    remedy: 'Find out whether it runs and this machine may reach it, then try again.',
    retry: 'safe',
    cause,
  });
}

export function directoryTimeout(seconds: number): DeskError {
  return new DeskError('DIRECTORY_TIMEOUT', {
    message: `The participant directory did not answer within ${seconds} seconds.`,
    remedy: 'Try again; what it may have done in the meantime is not done a second time.',
    retry: 'safe',
  });
}

/** @param what of its answer is wrong; never the answer itself. */
export function directoryGarbage(what: string): DeskError {
  return new DeskError('DIRECTORY_GARBAGE', {
    message: `The participant directory answered something that cannot be used: ${what}.`,
    remedy: 'Check that the address is that of the directory and its version one that is supported.',
    retry: 'unsafe',
  });
}

export function directoryUnauthorised(what: string): DeskError {
  return new DeskError('DIRECTORY_UNAUTHORISED', {
    message: `The participant directory refused the desk: ${what}.`,
    remedy: 'Enter credentials of an administrator of the directory, then try again.',
    retry: 'never',
  });
}

export function directoryWrongPerson(asked: string): DeskError {
  return new DeskError('DIRECTORY_WRONG_PERSON', {
    message: `The participant directory was asked for "${asked}" and answered for somebody else. Nothing was taken from it.`,
    remedy: 'Have whoever runs the directory look at it before anything else is done with it.',
    retry: 'never',
  });
}

/** @param owner id of who has it, where the directory says. */
export function directoryWalletTaken(wallet: Address, owner: string | null): DeskError {
  return new DeskError('DIRECTORY_WALLET_TAKEN', {
    message: `The wallet ${wallet} belongs to ${owner === null ? 'somebody else' : `"${owner}"`} in the participant directory. Nothing was changed.`,
    remedy: 'Find out whose wallet it is, and correct the record that is wrong.',
    retry: 'never',
  });
}

export function participantUnknown(id: string): DeskError {
  return new DeskError('PARTICIPANT_NOT_FOUND', {
    message: `The participant directory knows no "${id}".`,
    remedy: 'Check the id in the directory.',
    retry: 'never',
  });
}
