/** The keys of replacements that have something left to sign themselves, when a recovery is gone on with in the window. */
import path from 'node:path';
import { shortAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { asDeskError, DeskError } from '../../shared/errors.ts';
import type { Plan } from '../../shared/plan.ts';
import type { HeldSigner } from '../operator/held-signer.ts';
import { wipe } from '../operator/passphrase.ts';
import { passphraseForm, secretOf } from './entry-forms.ts';
import { keyByCustody, keyByPassphrase, NO_KEYS, openKeys, wantedKeys } from './replacement-keys.ts';
import type { ReplacementKeys } from './replacement-keys.ts';
import type { WizardParts } from './wizard-parts.ts';

/**
 * By what the desk keeps, else by what is typed. Whoever gives none goes on without: those tokens fail in words, and hold
 * nothing up. Whoever does a part of the plan has not what opens the wallets.
 */
export async function keysForResume(parts: WizardParts, id: string, plan: Plan): Promise<ReplacementKeys> {
  const { records } = parts.site();
  const snapshot = records.journal.read(id);
  if (snapshot === null || snapshot.recovery.operator !== parts.operator().address) return NO_KEYS;
  return openKeys(
    wantedKeys(records, plan, snapshot),
    async (address) => (await kept(parts, address)) ?? typed(parts, address),
  );
}

async function kept(parts: WizardParts, address: Address): Promise<HeldSigner | null> {
  try {
    return await keyByCustody(parts.site().records, parts.custody(), address);
  } catch (thrown) {
    if (thrown instanceof DeskError) return null;
    throw thrown;
  }
}

async function typed(parts: WizardParts, address: Address): Promise<HeldSigner | null> {
  const { records } = parts.site();
  const wallet = records.wallets.get(address);
  if (wallet === null) return null;
  const asked = passphraseForm({
    what: `the replacement wallet ${shortAddress(address)}, which recovers tokens itself`,
    file: path.basename(wallet.keystoreFile),
  });
  const opened: { key: HeldSigner | null } = { key: null };
  await parts.entry.ask(asked, async (values) => {
    const passphrase = secretOf(values, 'passphrase');
    try {
      opened.key = await keyByPassphrase(records, address, passphrase);
      return { taken: true };
    } catch (thrown) {
      return { taken: false, message: asDeskError(thrown).message };
    } finally {
      wipe(passphrase);
    }
  });
  return opened.key;
}
