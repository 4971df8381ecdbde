/** A login at the team's identity provider while a command runs: when the provider takes it back, nothing more is signed. */
import { DeskError } from '../../shared/errors.ts';
import type { OidcSession } from '../operator/oidc/session.ts';

/**
 * Has what signs called when the login ends by itself.
 * @throws DeskError OIDC_ENDED where it has ended already.
 */
export type LoginWatch = (disarm: (because: DeskError) => void) => void;

/** For whoever has no login that could end. */
export const NO_LOGIN: LoginWatch = () => undefined;

/**
 * @param login null for who signs in by passphrase.
 * @param name of the operator.
 * @param letGo called once everything is disarmed: the key is to go.
 */
export function watchLogin(
  login: OidcSession | null,
  name: string,
  letGo: (because: DeskError) => void,
): LoginWatch {
  if (login === null) return NO_LOGIN;
  const armed: Parameters<LoginWatch>[0][] = [];
  login.onEnd((reason) => {
    const because = takenBack(name, reason);
    for (const disarm of armed) disarm(because);
    letGo(because);
  });
  return (disarm) => {
    if (login.endedBy !== null) throw takenBack(name, login.endedBy);
    armed.push(disarm);
  };
}

function takenBack(name: string, { message }: DeskError): DeskError {
  return new DeskError('OIDC_ENDED', {
    message: `The identity provider no longer stands by the sign-in of ${name}, so the desk let go of their key: nothing more is signed, and what was sent stands. (${message})`,
    remedy: 'Look at where the recovery stands, then go on with `resume`, signed in anew.',
    retry: 'safe',
  });
}
