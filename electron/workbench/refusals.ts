/** Refusals that several parts of the workbench give. */
import { DeskError } from '../../shared/errors.ts';
import type { EntryOutcome } from './needs.ts';

export function notConnected(): DeskError {
  return new DeskError('NOT_CONNECTED', {
    message: 'No network is connected, so nothing can be read or done.',
    remedy: 'Choose a network, or open the practice network.',
    retry: 'safe',
  });
}

export function notSignedIn(): DeskError {
  return new DeskError('RIGHT_MISSING', {
    message: 'Nobody is signed in.',
    remedy: 'Sign in as an operator.',
    retry: 'safe',
  });
}

export function notKept(): DeskError {
  return new DeskError('BLOCKED', {
    message: 'The record of this person is not kept by this desk. Nothing was changed.',
    remedy: 'Change it where it is kept, or import the people into this desk.',
    retry: 'never',
  });
}

export function elsewhere(what: string): DeskError {
  return new DeskError('WIZARD_ELSEWHERE', {
    message: `${what} Nothing was done.`,
    remedy: 'Go on from the step that is shown.',
    retry: 'never',
  });
}

/** @param what was to be entered */
export function notEntered(outcome: EntryOutcome, what: string): DeskError {
  if (outcome !== 'lost') return entryCancelled(what);
  return new DeskError('ENTRY_LOST', {
    message: `${what} was not entered: the window for it ended by itself. Nothing was done.`,
    remedy: 'Start again. If it happens again, restart the desk.',
    retry: 'safe',
  });
}

export function entryCancelled(what: string): DeskError {
  return new DeskError('ENTRY_CANCELLED', {
    message: `${what} was not entered. Nothing was done.`,
    remedy: 'Start again when you are ready.',
    retry: 'safe',
  });
}

export function providerNotNamed(): DeskError {
  return new DeskError('SIGN_IN_FORBIDDEN', {
    message: 'Policy names no identity provider for this desk. Nobody was signed in.',
    remedy: 'Ask who keeps the policy to name one under "oidc".',
    retry: 'never',
  });
}

export function otherPerson(wanted: string, came: string): DeskError {
  return new DeskError('OPERATOR_DIFFERS', {
    message: `${came} logged in at the identity provider, not ${wanted}. Nobody was signed in.`,
    remedy: `Sign in as ${came}, or log out at the identity provider first.`,
    retry: 'safe',
  });
}
