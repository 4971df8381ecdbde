/** Signing in and unlocking: passphrase and one-time code in the entry window, or the browser of the system. */
import type { EntryVerdict } from '../../shared/entry-view.ts';
import type { Operator } from '../../shared/operator.ts';
import { wipe } from '../operator/passphrase.ts';
import type { OidcPerson } from '../operator/oidc/person.ts';
import type { OidcSession } from '../operator/oidc/session.ts';
import type { OidcSignIn } from '../operator/oidc/sign-in.ts';
import type { SignedInOperator } from '../operator/open-operator.ts';
import type { Operators } from '../operator/operators.ts';
import type { SecondFactor } from '../operator/second-factor.ts';
import { codeForm, operatorPassphraseForm, secretOf, textOf } from './entry-forms.ts';
import type { EntryWindow } from './needs.ts';
import { entryCancelled, notEntered, otherPerson, providerNotNamed } from './refusals.ts';
import { isOneTimeCode } from './signed-in.ts';

export interface SignInParts {
  readonly operators: Operators;
  readonly entry: EntryWindow;
  /** Null where policy names no provider. */
  readonly provider: OidcSignIn | null;
  readonly practice: boolean;
}

export interface Opened {
  readonly opened: SignedInOperator;
  readonly session: OidcSession | null;
}

/** What was typed as the second thing to show. */
export function secondFactorOf(typed: string): SecondFactor {
  return { kind: isOneTimeCode(typed) ? 'totp' : 'recovery_code', code: typed };
}

/**
 * Asks for passphrase, and for a code where one is needed, and hands both to the work until it takes them.
 * @param work answers whether a code is needed as well.
 * @throws DeskError ENTRY_CANCELLED
 */
async function askWhole(
  { entry, practice }: Pick<SignInParts, 'entry' | 'practice'>,
  { name }: Operator,
  title: string,
  work: (passphrase: Uint8Array, second: SecondFactor | null) => Promise<'taken' | 'code_needed'>,
): Promise<void> {
  let passphrase: Buffer | null = null;
  const submit = async (values: Readonly<Record<string, string>>): Promise<EntryVerdict> => {
    const second = 'code' in values ? secondFactorOf(textOf(values, 'code')) : null;
    if (second === null) {
      if (passphrase !== null) wipe(passphrase);
      passphrase = secretOf(values, 'passphrase');
    }
    if (passphrase === null) throw new TypeError('a code came before the passphrase');
    if ((await work(passphrase, second)) === 'taken') return { taken: true };
    return { taken: false, next: codeForm({ title, action: 'Go on' }) };
  };
  try {
    const outcome = await entry.ask(operatorPassphraseForm({ title, name, practice }), submit);
    if (outcome !== 'taken') throw notEntered(outcome, 'The passphrase');
  } finally {
    if (passphrase !== null) wipe(passphrase);
  }
}

/** @throws DeskError ENTRY_CANCELLED, and of `operators.open` what no other entry could mend. */
async function openByPassphrase(parts: SignInParts, operator: Operator, title: string): Promise<Opened> {
  const taken: { opened: SignedInOperator | null } = { opened: null };
  await askWhole(parts, operator, title, async (passphrase, second) => {
    const outcome = await parts.operators.open(operator.id, passphrase, second);
    if (outcome.kind === 'code_needed') return 'code_needed';
    taken.opened = outcome;
    return 'taken';
  });
  if (taken.opened === null) throw entryCancelled('The passphrase');
  return { opened: taken.opened, session: null };
}

/**
 * Opens the key of whom the provider vouched for: where it lies on this desk, with its passphrase.
 * @throws DeskError OPERATOR_UNKNOWN, OPERATOR_DIFFERS for somebody else than the operator, ENTRY_CANCELLED
 */
async function openVouched(
  parts: SignInParts,
  operator: Operator,
  { issuer, subject }: Pick<OidcPerson, 'issuer' | 'subject'>,
  title: string,
): Promise<SignedInOperator> {
  const { operators } = parts;
  const identity = { issuer, subject };
  // Before a passphrase is asked for: who came back may be somebody else.
  const found = operators.findByProvider(identity);
  if (found.id !== operator.id) throw otherPerson(operator.name, found.name);
  if (operator.credential.kind !== 'keystore') return operators.openByProvider(identity, null);
  const taken: { opened: SignedInOperator | null } = { opened: null };
  await askWhole(parts, operator, title, async (passphrase) => {
    taken.opened = await operators.openByProvider(identity, passphrase);
    return 'taken';
  });
  if (taken.opened === null) throw entryCancelled('The passphrase');
  return taken.opened;
}

/**
 * The browser first, then the key.
 * @throws DeskError OIDC_*, and of `openVouched`
 */
async function openByProvider(
  parts: SignInParts,
  operator: Operator,
  title: string,
  prompt?: 'login',
): Promise<Opened> {
  if (parts.provider === null) throw providerNotNamed();
  const session = await parts.provider.signIn(prompt === undefined ? {} : { prompt });
  try {
    return { opened: await openVouched(parts, operator, session.person, title), session };
  } catch (thrown) {
    await session.signOut();
    throw thrown;
  }
}

/** Opens what an operator signs in with. @throws DeskError OPERATOR_UNKNOWN, ENTRY_CANCELLED, OIDC_* and others. */
export function openSignIn(parts: SignInParts, operator: Operator, title: string): Promise<Opened> {
  return operator.signIn.kind === 'oidc'
    ? openByProvider(parts, operator, title)
    : openByPassphrase(parts, operator, title);
}

/**
 * Opens again what somebody who stays signed in signs in with.
 * @param session of their sign-in; null for who signs in by passphrase.
 * @returns the session that they have from now on: the one of before, or a new one where that has ended by itself.
 * @throws DeskError like `openSignIn`
 */
export async function openAgain(
  parts: SignInParts,
  operator: Operator,
  session: OidcSession | null,
  title: string,
): Promise<Opened> {
  if (operator.signIn.kind !== 'oidc') return openByPassphrase(parts, operator, title);
  if (parts.provider === null || session === null) throw providerNotNamed();
  // SECURITY: a login that still stands in the browser says nothing of who is at the desk now.
  if (session.endedBy !== null) return openByProvider(parts, operator, title, 'login');
  const person = await parts.provider.proveAgain(session.person);
  return { opened: await openVouched(parts, operator, person, title), session };
}
