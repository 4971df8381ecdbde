/**
 * Files that only the holder opens: age, version 1 (age-encryption.org/v1), to an X25519 public key of the holder, in its
 * armoured form, which any mail carries. `age -d` and the programs around it open them.
 */
import { DeskError } from '../../shared/errors.ts';
import { recipientSchema } from '../../shared/hand-over.ts';

// Loaded when it is needed: it takes a tenth of a second of every start else.
const age = () => import('age-encryption');

// SECURITY: what was typed is not quoted: it may be the private key, by mistake.
function recipientInvalid(why: string): DeskError {
  return new DeskError('RECIPIENT_INVALID', {
    message: `What was entered is no public key that a file can be encrypted to: ${why}. Nothing left the desk.`,
    remedy:
      'Ask the holder for the line that begins with "age1": `age-keygen` prints it as the public key. Compare it with the holder by voice.',
    retry: 'never',
  });
}

function whyNot(text: string): string {
  if (text.toUpperCase().startsWith('AGE-SECRET-KEY-'))
    return 'it is the private key, which belongs to nobody but the holder. The holder has to make another pair';
  return 'it is not "age1" and 58 letters and digits';
}

/** @returns the key without what stood around it. @throws DeskError RECIPIENT_INVALID */
export async function recipientOf(typed: string): Promise<string> {
  const text = typed.trim();
  if (!recipientSchema.safeParse(text).success) throw recipientInvalid(whyNot(text));
  const { Encrypter } = await age();
  try {
    new Encrypter().addRecipient(text);
    return text;
  } catch {
    throw recipientInvalid('a letter of it is wrong');
  }
}

/** Encrypts to the holder's key. The caller wipes `content`. @throws DeskError RECIPIENT_INVALID */
export async function sealToHolder(recipient: string, content: Uint8Array): Promise<string> {
  const { armor, Encrypter } = await age();
  const to = new Encrypter();
  to.addRecipient(await recipientOf(recipient));
  return armor.encode(await to.encrypt(content));
}
