/** One-time codes on the way in: where policy has come to ask for them, who has none could not sign in to set them up. */
import type { FormView } from '../../shared/entry-view.ts';
import type { Operator } from '../../shared/operator.ts';
import type { Operators } from '../operator/operators.ts';
import { codeForm, recoveryCodesForm, textOf, totpForm } from './entry-forms.ts';

/** @returns the form that comes next; null where what was typed is for the sign-in itself. */
export type FirstCodes = (
  values: Readonly<Record<string, string>>,
  passphrase: Uint8Array,
) => Promise<FormView | null>;

const WHY = 'The policy of this desk asks for one-time codes now. From here on each sign-in takes one.';
const WAIT = 'The codes are set up. Wait until your authenticator shows the next one, and sign in with that.';

/** @param codesRequired by policy. @returns null for who has codes already, or needs none. */
export function firstCodes(
  { operators, codesRequired }: { readonly operators: Operators; readonly codesRequired: boolean },
  { id, signIn }: Operator,
  title: string,
): FirstCodes | null {
  if (!codesRequired || signIn.kind !== 'passphrase' || signIn.totp) return null;
  const { secret, qr } = operators.beginTotp(id);
  let done = false;
  return async (values, passphrase) => {
    if ('passphrase' in values) {
      await operators.checkPassphrase(id, passphrase);
      const form = totpForm({ secret, qr });
      return { ...form, intro: [WHY, ...form.intro] };
    }
    if ('kept' in values) return { ...codeForm({ title, action: 'Go on' }), intro: [WAIT] };
    if (done) return null;
    const setup = { secret, code: textOf(values, 'code') };
    const { codes, recoveryCodes } = await operators.enableTotp(id, { passphrase, second: null }, setup);
    codes.close();
    done = true;
    return recoveryCodesForm(recoveryCodes);
  };
}
