/** What an operator changes about themselves: passphrase, one-time codes, recovery codes; the key is taken along or removed. */
import type { EntryVerdict, FormView } from '../../shared/entry-view.ts';
import type { Operator } from '../../shared/operator.ts';
import type { OneTimeCodes } from '../operator/one-time-codes.ts';
import { wipe } from '../operator/passphrase.ts';
import type { WholeProof } from '../operator/whole-proof.ts';
import {
  codeField,
  newPassphraseForm,
  operatorPassphraseForm,
  recoveryCodesForm,
  secretOf,
  textOf,
  totpForm,
  wholeProofForm,
} from './entry-forms.ts';
import { secondFactorOf } from './operator-sign-in.ts';
import type { SignInParts } from './operator-sign-in.ts';
import { entryCancelled } from './refusals.ts';

type Parts = Pick<SignInParts, 'operators' | 'entry' | 'practice'>;

type Typed = Readonly<Record<string, string>>;

function hasCodes({ signIn }: Operator): boolean {
  return signIn.kind === 'passphrase' && signIn.totp;
}

function assertTaken(outcome: 'taken' | 'cancelled'): void {
  if (outcome === 'cancelled') throw entryCancelled('What it takes');
}

/** All that they sign in with, for work that takes nothing else; it answers with what is shown of it, if anything. */
async function proven(
  { entry, practice }: Parts,
  operator: Operator,
  title: string,
  work: (proof: WholeProof) => Promise<EntryVerdict>,
): Promise<'taken' | 'cancelled'> {
  const codes = hasCodes(operator);
  const form = wholeProofForm({ title, name: operator.name, practice, codes });
  return entry.ask(form, async (values) => {
    if (!('passphrase' in values)) return { taken: true };
    const second = codes ? secondFactorOf(textOf(values, 'code')) : null;
    const passphrase = secretOf(values, 'passphrase');
    try {
      return await work({ passphrase, second });
    } finally {
      wipe(passphrase);
    }
  });
}

/**
 * The passphrase, judged at once: in a later form nobody could mend it. Then a form of one's own, with a code where there
 * are codes: it comes last, for it does not keep.
 * @param asked.code what that field is called.
 */
async function afterPassphrase(
  { entry, operators, practice }: Parts,
  operator: Operator,
  asked: { readonly title: string; readonly next: FormView; readonly code?: string },
  work: (values: Typed, proof: WholeProof) => Promise<EntryVerdict>,
): Promise<'taken' | 'cancelled'> {
  const { title, next, code = 'One-time code' } = asked;
  const fields = hasCodes(operator)
    ? [...next.fields, codeField({ name: PRESENT, label: code })]
    : next.fields;
  let passphrase: Buffer | null = null;
  const drop = (): void => {
    if (passphrase !== null) wipe(passphrase);
    passphrase = null;
  };
  try {
    return await entry.ask(
      operatorPassphraseForm({ title, name: operator.name, practice }),
      async (values) => {
        if ('passphrase' in values) {
          drop();
          passphrase = secretOf(values, 'passphrase');
          await operators.checkPassphrase(operator.id, passphrase);
          return { taken: false, next: { ...next, fields } };
        }
        if (passphrase === null) throw new TypeError('nothing was proven');
        const second = PRESENT in values ? secondFactorOf(textOf(values, PRESENT)) : null;
        return work(values, { passphrase, second });
      },
    );
  } finally {
    drop();
  }
}

/** The code of an operator who has codes, beside what else a form asks for. */
const PRESENT = 'present';

/** Asks for another passphrase than the one of the proof, by another name. */
function freshForm(what: string, minLength: number): FormView {
  const form = newPassphraseForm({ what, minLength });
  return { ...form, fields: form.fields.map((field) => ({ ...field, name: 'fresh' })) };
}

async function withFresh(
  values: Typed,
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
export async function changePassphrase(parts: Parts, operator: Operator, minLength: number): Promise<void> {
  const asked = { title: 'Change the passphrase', next: freshForm('A new passphrase', minLength) };
  const outcome = await afterPassphrase(parts, operator, asked, (values, proof) =>
    withFresh(values, (fresh) => parts.operators.rotatePassphrase(operator.id, proof, fresh)),
  );
  assertTaken(outcome);
}

/** @returns the codes that they have from now on, which the caller closes. @throws DeskError ENTRY_CANCELLED */
export async function setUpCode(parts: Parts, operator: Operator): Promise<OneTimeCodes> {
  const { secret, qr } = parts.operators.beginTotp(operator.id);
  const asked = {
    title: 'Set up one-time codes',
    next: totpForm({ secret, qr }),
    code: 'A code of the authenticator that you used until now',
  };
  const enabled: { codes: OneTimeCodes | null } = { codes: null };
  await afterPassphrase(parts, operator, asked, async (values, proof) => {
    if (!('code' in values)) return { taken: true };
    const { codes, recoveryCodes } = await parts.operators.enableTotp(operator.id, proof, {
      secret,
      code: textOf(values, 'code'),
    });
    enabled.codes = codes;
    return { taken: false, next: recoveryCodesForm(recoveryCodes) };
  });
  // Whoever closes the window at the recovery codes has codes all the same.
  if (enabled.codes === null) throw entryCancelled('What it takes');
  return enabled.codes;
}

/** @throws DeskError ENTRY_CANCELLED, SIGN_IN_FORBIDDEN where policy requires codes. */
export async function removeCode(parts: Parts, operator: Operator): Promise<void> {
  const outcome = await proven(parts, operator, 'Turn one-time codes off', async (proof) => {
    await parts.operators.disableTotp(operator.id, proof);
    return { taken: true };
  });
  assertTaken(outcome);
}

/** @throws DeskError ENTRY_CANCELLED */
export async function renewRecoveryCodes(parts: Parts, operator: Operator): Promise<void> {
  let done = false;
  const outcome = await proven(parts, operator, 'New recovery codes', async (proof) => {
    const codes = await parts.operators.newRecoveryCodes(operator.id, proof);
    done = true;
    return { taken: false, next: recoveryCodesForm(codes) };
  });
  if (!done) assertTaken(outcome);
}

/**
 * @returns the key as a version 3 keystore under the passphrase that was typed for it.
 * @throws DeskError ENTRY_CANCELLED
 */
export async function exportedKey(parts: Parts, operator: Operator, minLength: number): Promise<string> {
  const next = freshForm('A passphrase for the exported keystore', minLength);
  const exported: { text: string | null } = { text: null };
  await afterPassphrase(parts, operator, { title: 'Export the key', next }, (values, proof) =>
    withFresh(values, async (fresh) => {
      exported.text = await parts.operators.exportKey(operator.id, proof, fresh);
    }),
  );
  if (exported.text === null) throw entryCancelled('What it takes');
  return exported.text;
}

/** All that who wants to be removed signs in with. @throws DeskError ENTRY_CANCELLED */
export async function provenForRemoval(parts: Parts, operator: Operator): Promise<void> {
  const outcome = await proven(parts, operator, 'Remove this operator from the desk', async (proof) => {
    await parts.operators.proveWhole(operator.id, proof);
    return { taken: true };
  });
  assertTaken(outcome);
}
