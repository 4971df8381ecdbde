/** The passphrase of a wallet that the desk makes: kept by it until the hand-over, or chosen by the operator. */
import { asDeskError } from '../../shared/errors.ts';
import { assertStrong } from '../../shared/passphrase-strength.ts';
import { wipe } from '../operator/passphrase.ts';
import { newPassphraseWords } from '../operator/passphrase-words.ts';
import type { ReplacementSource } from '../recovery/prepare.ts';
import { newPassphraseForm, secretOf } from './entry-forms.ts';
import { entryCancelled } from './refusals.ts';
import type { WizardParts } from './wizard-parts.ts';

export type GeneratedParts = Pick<WizardParts, 'site' | 'entry' | 'custody'>;

async function newPassphrase(parts: GeneratedParts): Promise<Uint8Array> {
  const { minPassphraseLength } = parts.site().records.policy;
  const typedIn: { passphrase: Uint8Array | null } = { passphrase: null };
  const outcome = await parts.entry.ask(
    newPassphraseForm({ what: 'the replacement wallet', minLength: minPassphraseLength }),
    async (values) => {
      const passphrase = secretOf(values, 'passphrase');
      try {
        assertStrong(passphrase, minPassphraseLength);
      } catch (thrown) {
        wipe(passphrase);
        const { message, remedy } = asDeskError(thrown);
        return { taken: false, message: `${message} ${remedy}` };
      }
      typedIn.passphrase = passphrase;
      return { taken: true };
    },
  );
  if (outcome === 'taken' && typedIn.passphrase !== null) return typedIn.passphrase;
  if (typedIn.passphrase !== null) wipe(typedIn.passphrase);
  throw entryCancelled('The passphrase');
}

/** Whether the keychain can keep a passphrase. One that is locked is to be unlocked, not gone round. */
async function canKeep(parts: GeneratedParts): Promise<boolean> {
  // Whoever practises needs no keychain: a passphrase of theirs is nothing to protect.
  if (parts.site().profile.practice === true) return false;
  try {
    await parts.custody().assertReady();
    return true;
  } catch (thrown) {
    if (asDeskError(thrown).code === 'KEYCHAIN_UNAVAILABLE') return false;
    throw thrown;
  }
}

/**
 * Random words that nobody sees before the hand-over; where nothing can keep them, what the operator chooses.
 * @throws DeskError KEYCHAIN_LOCKED, KEYCHAIN_TIMEOUT, ENTRY_CANCELLED
 */
export async function generatedWallet(parts: GeneratedParts): Promise<ReplacementSource> {
  const { minPassphraseLength } = parts.site().records.policy;
  return (await canKeep(parts))
    ? { kind: 'generate', passphrase: newPassphraseWords(minPassphraseLength), custody: parts.custody() }
    : { kind: 'generate', passphrase: await newPassphrase(parts), custody: null };
}
