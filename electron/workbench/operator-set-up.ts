/** Sets an operator up: files by dialogs, secrets in the entry window; nothing is kept before all of it was entered. */
import { randomBytes } from 'node:crypto';
import type { NewCredential } from '../../shared/desk-state.ts';
import type { FormView } from '../../shared/entry-view.ts';
import type { DeskError } from '../../shared/errors.ts';
import type { Policy } from '../../shared/policy.ts';
import type { CreatedOperator } from '../operator/create-operator.ts';
import { importKey } from '../operator/key-import.ts';
import type { ImportedKey } from '../operator/key-import.ts';
import type { Operators } from '../operator/operators.ts';
import type { OidcSignIn } from '../operator/oidc/sign-in.ts';
import { wipe } from '../operator/passphrase.ts';
import { secretOf, textOf } from './entry-forms.ts';
import type { Dialogs, EntryOutcome, EntryWindow } from './needs.ts';
import { notEntered, providerNotNamed } from './refusals.ts';
import { elsewhereOf } from './elsewhere-entry.ts';
import { keyFormFor } from './key-entry.ts';
import type { KeyForm } from './key-entry.ts';
import { SetUpForms } from './set-up-forms.ts';

export interface SetUpParts {
  readonly operators: Operators;
  readonly policy: Policy;
  readonly dialogs: Dialogs;
  readonly entry: EntryWindow;
  readonly provider: OidcSignIn | null;
  /** Whether the keychain of this machine can keep a key's entry. */
  readonly keychain: () => Promise<DeskError | null>;
}

export interface NewOperatorInput {
  readonly name: string;
  readonly signIn: 'passphrase' | 'oidc';
  readonly credential: NewCredential;
}

async function identityOf(
  { provider }: SetUpParts,
  signIn: NewOperatorInput['signIn'],
): Promise<{ issuer: string; subject: string } | null> {
  if (signIn === 'passphrase') return null;
  if (provider === null) throw providerNotNamed();
  const session = await provider.signIn();
  const { issuer, subject } = session.person;
  // The login itself stands: the operator signs in with it next.
  session.leave();
  return { issuer, subject };
}

/** Policy's word comes before anything is asked for. */
async function withoutKeychain({ keychain, policy }: SetUpParts, needsVault: boolean): Promise<boolean> {
  if (!needsVault) return false;
  const problem = await keychain();
  if (problem === null) return false;
  if (policy.allowVaultWithoutKeychain) return true;
  throw problem;
}

/**
 * @returns null where the person changed their mind at a file dialog.
 * @throws DeskError ENTRY_CANCELLED; OPERATOR_INVALID, SIGN_IN_FORBIDDEN, KEYCHAIN_*, SIGNER_*, OIDC_*: nobody was set up.
 */
export async function setUpOperator(
  parts: SetUpParts,
  input: NewOperatorInput,
): Promise<CreatedOperator | null> {
  const { credential } = input;
  const needsVault = credential.kind === 'keystore' || input.signIn === 'passphrase';
  const plain = await withoutKeychain(parts, needsVault);
  const elsewhere = credential.kind === 'keystore' ? null : await elsewhereOf(parts, credential);
  if (credential.kind !== 'keystore' && elsewhere === null) return null;
  const keyForm = credential.kind === 'keystore' ? await keyFormFor(parts.dialogs, credential.from) : 'made';
  if (keyForm === null) return null;
  const identity = await identityOf(parts, input.signIn);
  const made = elsewhere === null && keyForm === 'made' ? await newKey() : null;
  const forms = new SetUpForms(parts, input, { identity, withoutKeychain: plain, key: made, elsewhere });
  try {
    const first = keyForm === 'made' ? forms.lastForm() : keyForm.form;
    const outcome = await ask(parts.entry, first, forms, keyForm === 'made' ? null : keyForm);
    if (forms.created === null) throw notEntered(outcome, 'What the operator needs');
    return forms.created;
  } finally {
    forms.close();
  }
}

async function newKey(): Promise<ImportedKey> {
  const key = randomBytes(32);
  const hex = Buffer.from(key.toString('hex'), 'latin1');
  try {
    return await importKey({ kind: 'privateKey', hex });
  } finally {
    wipe(hex);
    wipe(key);
  }
}

/** The fields of a form say what it is the answer to. */
async function ask(
  entry: EntryWindow,
  first: FormView,
  forms: SetUpForms,
  key: KeyForm | null,
): Promise<EntryOutcome> {
  let keyTaken = key === null;
  return entry.ask(first, async (values) => {
    if (!keyTaken && key !== null) {
      const verdict = await forms.takeKey(key.source(values));
      keyTaken = true;
      return verdict;
    }
    if ('newPassphrase' in values) return forms.takePassphrase(secretOf(values, 'newPassphrase'));
    if ('right' in values) return forms.finish();
    if ('code' in values) return forms.takeCode(textOf(values, 'code'));
    // The recovery codes were put away.
    return { taken: true };
  });
}
