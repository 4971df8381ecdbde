/** The passphrases of wallets that the desk makes: kept by it until the hand-over, or chosen by the operator. */
import { asDeskError } from '../../shared/errors.ts';
import { assertStrong } from '../../shared/passphrase-strength.ts';
import { wipe } from '../operator/passphrase.ts';
import { newPassphraseWords } from '../operator/passphrase-words.ts';
import type { ReplacementSource } from '../recovery/prepare.ts';
import { newPassphraseForm, secretOf } from './entry-forms.ts';
import { notEntered } from './refusals.ts';
import type { WizardParts } from './wizard-parts.ts';

export type GeneratedParts = Pick<WizardParts, 'site' | 'entry' | 'custody'>;

async function newPassphrase(parts: GeneratedParts, count: number): Promise<Uint8Array> {
  const { minPassphraseLength } = parts.site().records.policy;
  const typedIn: { passphrase: Uint8Array | null } = { passphrase: null };
  const whose = count === 1 ? 'the replacement wallet' : `the ${count} replacement wallets`;
  const what = `A passphrase for ${whose}`;
  const outcome = await parts.entry.ask(
    newPassphraseForm({ what, minLength: minPassphraseLength }),
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
  throw notEntered(outcome, 'The passphrase');
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

export type GeneratedSource = Extract<ReplacementSource, { kind: 'generate' }>;

/**
 * Random words that nobody sees before the hand-over, others for each wallet; where nothing can keep them, what the
 * operator chooses, once for all wallets of a plan. Each has bytes of its own: they are wiped one by one.
 * @throws DeskError KEYCHAIN_LOCKED, KEYCHAIN_TIMEOUT, ENTRY_CANCELLED
 */
export async function generatedWallets(
  parts: GeneratedParts,
  count: number,
): Promise<readonly GeneratedSource[]> {
  if (count === 0) return [];
  const { minPassphraseLength } = parts.site().records.policy;
  const each = Array.from({ length: count });
  if (await canKeep(parts)) {
    const custody = parts.custody();
    return each.map(() => ({
      kind: 'generate',
      passphrase: newPassphraseWords(minPassphraseLength),
      custody,
    }));
  }
  const typed = await newPassphrase(parts, count);
  return each.map((_none, index) => ({
    kind: 'generate',
    passphrase: index === 0 ? typed : Uint8Array.from(typed),
    custody: null,
  }));
}
