/** What an operator changes about themselves: passphrase, one-time codes, recovery codes; the key is taken along or removed. */
import type { EntryVerdict, FormView } from '../../shared/entry-view.ts';
import type { OneTimeCodes } from '../operator/one-time-codes.ts';
import { wipe } from '../operator/passphrase.ts';
import type { SecondFactor } from '../operator/second-factor.ts';
import type { WholeProof } from '../operator/whole-proof.ts';
import {
  newPassphraseForm,
  recoveryCodesForm,
  REMOVAL_TITLE,
  removalForm,
  secretOf,
  textOf,
  totpForm,
  wholeProofForm,
} from './entry-forms.ts';
import type { EntryOutcome } from './needs.ts';
import { proveAtProvider } from './operator-proof.ts';
import { secondFactorOf } from './operator-sign-in.ts';
import type { SignInParts } from './operator-sign-in.ts';
import { entryCancelled, notEntered } from './refusals.ts';
import type { SignedIn } from './signed-in.ts';

type Parts = SignInParts;
/** Whoever changes something of theirs. */
type Whose = Pick<SignedIn, 'operator' | 'prover' | 'session'>;

/** A new login where they sign in at the team's provider. @throws DeskError OIDC_*, OPERATOR_UNKNOWN */
function loggedIn({ operators, provider }: Parts, whose: Whose): Promise<void> {
  return proveAtProvider({ operators: () => operators, provider: () => provider }, whose);
}

/** All that they sign in with: login, passphrase, and one of their codes where there are any; then what else is asked. */
async function proven(
  parts: Parts,
  whose: Whose,
  title: string,
  next: (proof: WholeProof) => Promise<EntryVerdict>,
  more: (values: Readonly<Record<string, string>>, proof: WholeProof) => Promise<EntryVerdict>,
): Promise<EntryOutcome> {
  const { entry, practice } = parts;
  const { operator } = whose;
  const codes = operator.signIn.kind === 'passphrase' && operator.signIn.totp;
  await loggedIn(parts, whose);
  let proof: WholeProof | null = null;
  const drop = (): void => {
    if (proof !== null) wipe(proof.passphrase);
    proof = null;
  };
  try {
    return await entry.ask(
      wholeProofForm({ title, name: operator.name, practice, codes }),
      async (values) => {
        if (!('passphrase' in values)) {
          if (proof === null) throw new TypeError('nothing was proven');
          return more(values, proof);
        }
        drop();
        const second: SecondFactor | null = codes ? secondFactorOf(textOf(values, 'code')) : null;
        proof = { passphrase: secretOf(values, 'passphrase'), second };
        return next(proof);
      },
    );
  } finally {
    drop();
  }
}

function assertTaken(outcome: EntryOutcome): void {
  if (outcome !== 'taken') throw notEntered(outcome, 'What it takes');
}

/** Asks for another passphrase than the one of the proof, by another name. */
function freshForm(what: string, minLength: number): FormView {
  const form = newPassphraseForm({ what, minLength });
  return { ...form, fields: form.fields.map((field) => ({ ...field, name: 'fresh' })) };
}

/**
 * All that they sign in with, and once that was right another form.
 * @param work with what is typed there.
 */
function provenThen(
  parts: Parts,
  whose: Whose,
  title: string,
  form: FormView,
  work: (values: Readonly<Record<string, string>>, proof: WholeProof) => Promise<EntryVerdict>,
): Promise<EntryOutcome> {
  const { id } = whose.operator;
  let second: WholeProof['second'] = null;
  const shown = async (proof: WholeProof): Promise<EntryVerdict> => {
    second = await parts.operators.proveWhole(id, proof);
    return { taken: false, next: form };
  };
  return proven(parts, whose, title, shown, (values, { passphrase }) => work(values, { passphrase, second }));
}

async function withFresh(
  values: Readonly<Record<string, string>>,
  work: (fresh: Uint8Array) => Promise<unknown>,
): Promise<EntryVerdict> {
  const fresh = secretOf(values, 'fresh');
  try {
    await work(fresh);
    return { taken: true };
  } finally {
    wipe(fresh);
  }
}

/** @throws DeskError ENTRY_CANCELLED */
export async function changePassphrase(parts: Parts, whose: Whose, minLength: number): Promise<void> {
  const next = freshForm('A new passphrase', minLength);
  const outcome = await provenThen(parts, whose, 'Change the passphrase', next, (values, proof) =>
    withFresh(values, (fresh) => parts.operators.rotatePassphrase(whose.operator.id, proof, fresh)),
  );
  assertTaken(outcome);
}

/**
 * @param took is given the codes that count from then on, which it closes; also where the recovery codes were not looked at.
 * @param why they are set up, where nobody asked for it.
 * @throws DeskError ENTRY_CANCELLED
 */
export async function setUpCode(
  parts: Parts,
  whose: Whose,
  took: (codes: OneTimeCodes) => void,
  why?: string,
): Promise<void> {
  const { secret, qr } = parts.operators.beginTotp(whose.operator.id);
  let done = false;
  const outcome = await provenThen(
    parts,
    whose,
    'Set up one-time codes',
    totpForm({ secret, qr, ...(why === undefined ? {} : { why }) }),
    async (values, proof) => {
      if (!('code' in values)) return { taken: true };
      const { recoveryCodes, codes } = await parts.operators.enableTotp(whose.operator.id, proof, {
        secret,
        code: textOf(values, 'code'),
      });
      took(codes);
      done = true;
      return { taken: false, next: recoveryCodesForm(recoveryCodes) };
    },
  );
  if (!done) assertTaken(outcome);
}

/** @throws DeskError ENTRY_CANCELLED, SIGN_IN_FORBIDDEN where policy requires codes. */
export async function removeCode(parts: Parts, whose: Whose): Promise<void> {
  const outcome = await proven(
    parts,
    whose,
    'Turn one-time codes off',
    async (proof) => {
      await parts.operators.disableTotp(whose.operator.id, proof);
      return { taken: true };
    },
    nothingMore,
  );
  assertTaken(outcome);
}

/** @throws DeskError ENTRY_CANCELLED */
export async function renewRecoveryCodes(parts: Parts, whose: Whose): Promise<void> {
  let done = false;
  const outcome = await proven(
    parts,
    whose,
    'New recovery codes',
    async (proof) => {
      const codes = await parts.operators.newRecoveryCodes(whose.operator.id, proof);
      done = true;
      return { taken: false, next: recoveryCodesForm(codes) };
    },
    nothingMore,
  );
  if (!done) assertTaken(outcome);
}

/**
 * @returns the key as a version 3 keystore under the passphrase that was typed for it.
 * @throws DeskError ENTRY_CANCELLED
 */
export async function exportedKey(parts: Parts, whose: Whose, minLength: number): Promise<string> {
  const next = freshForm('A passphrase for the exported keystore', minLength);
  const exported: { text: string | null } = { text: null };
  const outcome = await provenThen(parts, whose, 'Export the key', next, (values, proof) =>
    withFresh(values, async (fresh) => {
      exported.text = await parts.operators.exportKey(whose.operator.id, proof, fresh);
    }),
  );
  assertTaken(outcome);
  if (exported.text === null) throw entryCancelled('The passphrase');
  return exported.text;
}

/**
 * Proof that it is the operator who wants to be removed: a new login at the team's provider where they sign in there, and
 * the passphrase where one opens something of theirs.
 * @throws DeskError ENTRY_CANCELLED, OIDC_*
 */
export async function provenForRemoval(parts: Parts, whose: Whose): Promise<void> {
  const { operators, entry, practice } = parts;
  const { operator } = whose;
  const removed = async (proof: WholeProof): Promise<EntryVerdict> => {
    await operators.proveWhole(operator.id, proof);
    return { taken: true };
  };
  const opensHere = operator.signIn.kind === 'passphrase' || operator.credential.kind === 'keystore';
  if (opensHere) return assertTaken(await proven(parts, whose, REMOVAL_TITLE, removed, nothingMore));
  await loggedIn(parts, whose);
  assertTaken(await entry.ask(removalForm({ name: operator.name, practice }), nothingMore));
}

function nothingMore(): Promise<EntryVerdict> {
  return Promise.resolve({ taken: true });
}
