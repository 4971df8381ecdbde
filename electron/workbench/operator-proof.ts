/** Fresh proof before an execution: that whoever confirms now is the operator who signed in. */
import type { ConfirmView, FormView } from '../../shared/entry-view.ts';
import { wipe } from '../operator/passphrase.ts';
import { entryField, entryForm, practiceHint, textOf } from './entry-forms.ts';
import { notEntered, providerNotNamed } from './refusals.ts';
import { proofOf } from './signed-in.ts';
import type { SignedIn } from './signed-in.ts';
import type { WizardParts } from './wizard-parts.ts';

/** What is typed beside the confirmation; null for who proves it at the team's provider. */
export function proofAsked({ operator }: SignedIn, practice: boolean): ConfirmView['proof'] {
  const { name, signIn } = operator;
  if (signIn.kind === 'oidc') return null;
  const hint = practiceHint(practice);
  return signIn.totp
    ? { kind: 'passphrase_or_code', label: `Passphrase of ${name}, or a one-time code`, hint }
    : { kind: 'passphrase', label: `Passphrase of ${name}`, hint };
}

/** @throws DeskError SIGN_IN_DELAYED, PASSPHRASE_WRONG, TOTP_*, KEYCHAIN_* and others: nothing was proven. */
export async function proveTyped(
  parts: Pick<WizardParts, 'operators'>,
  signedIn: SignedIn,
  typed: string,
): Promise<void> {
  const proof = proofOf(signedIn, typed);
  try {
    await parts.operators().prove(signedIn.prover, proof);
  } finally {
    if (proof.kind === 'passphrase') wipe(proof.passphrase);
  }
}

/**
 * Of who signs in at the team's provider: the login there, anew. Whoever signs in by passphrase types their proof.
 * @throws DeskError OIDC_*, OPERATOR_UNKNOWN
 */
export async function proveAtProvider(
  parts: Pick<WizardParts, 'operators' | 'provider'>,
  signedIn: Pick<SignedIn, 'operator' | 'prover' | 'session'>,
): Promise<void> {
  if (signedIn.operator.signIn.kind !== 'oidc') return;
  const provider = parts.provider();
  if (provider === null || signedIn.session === null) throw providerNotNamed();
  const { issuer, subject } = await provider.proveAgain(signedIn.session.person);
  await parts.operators().prove(signedIn.prover, { kind: 'oidc', issuer, subject });
}

/**
 * Asks whoever is signed in to prove anew that it is they.
 * @param about what it is proven for.
 * @throws DeskError ENTRY_CANCELLED, and of the proof.
 */
export async function proveAnew(
  parts: Pick<WizardParts, 'operators' | 'provider' | 'entry'>,
  signedIn: SignedIn,
  practice: boolean,
  about: FormView['facts'],
): Promise<void> {
  if (signedIn.operator.signIn.kind === 'oidc') return proveAtProvider(parts, signedIn);
  const asked = proofAsked(signedIn, practice);
  if (asked === null) return;
  const form = entryForm({
    title: 'Go on with the recovery',
    action: 'Go on',
    facts: [['Operator', signedIn.operator.name], ...about],
    practice,
    fields: [entryField({ name: 'proof', label: asked.label, kind: 'passphrase', hint: asked.hint })],
  });
  const outcome = await parts.entry.ask(form, async (values) => {
    await proveTyped(parts, signedIn, textOf(values, 'proof'));
    return { taken: true };
  });
  if (outcome !== 'taken') throw notEntered(outcome, 'The proof');
}
