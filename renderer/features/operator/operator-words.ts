/** How operators sign in, where their keys are and what they may do, in plain words. */
import type { DeskState, OperatorEntry, SignedInView, SignInWays } from '../../../shared/desk-state.ts';

const PLACES: Readonly<Record<OperatorEntry['key'], string>> = {
  keystore: 'Key kept on this machine',
  remote: 'Key in a remote signer',
  ledger: 'Key in a Ledger',
  export: 'Signed by a Safe or custody platform',
};

export function placeWords(key: OperatorEntry['key']): string {
  return PLACES[key];
}

export function signInWords(signIn: OperatorEntry['signIn'], ways: Pick<SignInWays, 'oidc'>): string {
  if (signIn === 'passphrase') return 'Passphrase';
  return ways.oidc === null ? 'Identity provider of the team' : `Identity provider ${ways.oidc}`;
}

/** Why an operator cannot sign in here now; null where they can. */
export function barredWords(
  { signIn }: Pick<OperatorEntry, 'signIn'>,
  { passphrase, oidc }: Pick<SignInWays, 'passphrase' | 'oidc'>,
): string | null {
  if (signIn === 'passphrase') {
    return passphrase ? null : 'The policy of this desk no longer allows signing in by passphrase.';
  }
  return oidc === null ? 'The policy of this desk no longer names an identity provider.' : null;
}

/** What a person is to do while main waits for their proof. */
export function proofWords({ signIn, key }: Pick<OperatorEntry, 'signIn' | 'key'>): string {
  if (signIn === 'passphrase') {
    return 'Enter your passphrase in the small window that opened. It may lie behind this one. Close it to cancel.';
  }
  const login = 'Log in in your browser, then come back here.';
  return key === 'keystore'
    ? `${login} The passphrase of your key is asked for in a small window. Close it to cancel.`
    : login;
}

/** Whether the desk waits for its first operator. */
export function hasNobody({
  operators,
  damagedOperators,
}: Pick<DeskState, 'operators' | 'damagedOperators'>): boolean {
  return operators.length === 0 && damagedOperators.length === 0;
}

export function roleWords({ identityManager }: Pick<SignedInView, 'identityManager'>): string {
  return identityManager ? 'Identity manager' : 'No identity manager role on this network';
}
