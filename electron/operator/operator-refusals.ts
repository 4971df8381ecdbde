/** What a person is told when something cannot be done with an operator. */
import { DeskError } from '../../shared/errors.ts';
import type { CodeVerdict } from './one-time-codes.ts';

export function operatorUnknown(nameOrId: string): DeskError {
  return new DeskError('OPERATOR_UNKNOWN', {
    message: `There is no operator ${nameOrId} on this desk. Nothing was opened.`,
    remedy: 'Choose one of the operators of this desk, or set up this one first.',
    retry: 'never',
  });
}

/** `why` ends a sentence that begins with "it". */
export function operatorInvalid(why: string, remedy: string): DeskError {
  return new DeskError('OPERATOR_INVALID', {
    message: `This cannot be done with the operator: ${why}. Nothing was changed.`,
    remedy,
    retry: 'never',
  });
}

export function nameTaken(name: string): DeskError {
  return operatorInvalid(
    `there is an operator named ${name} already; names that differ in case alone are the same`,
    'Choose another name, or remove the other operator first.',
  );
}

export function signInForbidden(why: string, remedy: string): DeskError {
  return new DeskError('SIGN_IN_FORBIDDEN', {
    message: `The policy of this desk does not allow this: ${why}. Nothing was opened or changed.`,
    remedy,
    retry: 'never',
  });
}

export function operatorBusy(name: string, recoveries: readonly string[]): DeskError {
  return new DeskError('OPERATOR_BUSY', {
    message: `Recoveries that need ${name} have not ended: ${recoveries.join(', ')}. ${name} began them, confirmed a part of them, or is to sign one. Nothing was changed.`,
    remedy: 'Carry these recoveries on to their end, then do this again.',
    retry: 'safe',
  });
}

/** The operator is removed all the same. @param cause why the keychain still has their entry, or may have. */
export function entryLeft(name: string, { code, message, remedy }: DeskError): DeskError {
  return new DeskError(code, {
    message: `${name} was removed from this desk and cannot sign in. Their entry in the keychain may still be there: ${message}`,
    remedy: `${remedy} The desk itself tries again to remove the entry each time it starts.`,
    retry: 'never',
  });
}

/** A code is asked for before anything is checked: this is no wrong attempt. */
export function codeNeeded(): DeskError {
  return new DeskError('TOTP_WRONG', {
    message:
      'This operator also needs a one-time code or a recovery code, and there was none. Nothing was checked.',
    remedy: 'Enter the code that your authenticator shows, or one of your recovery codes.',
    retry: 'safe',
  });
}

type Misfit = Exclude<CodeVerdict, { fits: 'now' }>;

export function codeRefused(verdict: Misfit): DeskError {
  switch (verdict.fits) {
    case 'other_time':
      return clocksDiffer(
        verdict.seconds,
        'Then wait for a new code: neither this one nor an older one is taken. A recovery code works meanwhile.',
      );
    case 'used':
      return codeWrong(
        'This one-time code was used before, or is older than one that was.',
        'Wait until your authenticator shows the next code, then enter that.',
      );
    case 'never':
      return codeWrong(
        'The one-time code is wrong.',
        'Enter the code that your authenticator shows for Recovery Desk now; without it, use a recovery code.',
      );
  }
}

/** Of the first code, which shows that the secret arrived: there are no recovery codes yet, and no code was used. */
export function firstCodeRefused(verdict: Misfit): DeskError {
  if (verdict.fits === 'other_time') return clocksDiffer(verdict.seconds, 'Then enter the code of then.');
  return codeWrong(
    'The one-time code is wrong.',
    'Enter the code that your authenticator shows for Recovery Desk now. If it stays wrong, give the secret to the authenticator once more.',
  );
}

function codeWrong(message: string, remedy: string): DeskError {
  return new DeskError('TOTP_WRONG', { message: `${message} Nothing was opened.`, remedy, retry: 'safe' });
}

/** @param then what to do once the clocks are right. */
function clocksDiffer(seconds: number, then: string): DeskError {
  const minutes = Math.abs(seconds) / 60;
  const where = seconds > 0 ? 'ahead of' : 'behind';
  return new DeskError('TOTP_CLOCK_SKEW', {
    message: `The one-time code is of a time about ${minutes} minutes ${where} the clock of this machine. It was not taken, and nothing was opened.`,
    remedy: `Set the clock that is wrong, this machine's or the authenticator's. ${then}`,
    retry: 'safe',
  });
}

export function recoveryCodeWrong(): DeskError {
  return new DeskError('RECOVERY_CODE_WRONG', {
    message: 'The recovery code is wrong, or was used before. Nothing was opened.',
    remedy: 'Compare it with your list and strike out those you used: each works once.',
    retry: 'safe',
  });
}
