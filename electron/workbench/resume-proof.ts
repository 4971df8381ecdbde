/** The proof of generated replacements that were not proven before a recovery was cut off. */
import path from 'node:path';
import { shortAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import { asDeskError } from '../../shared/errors.ts';
import type { DeskError } from '../../shared/errors.ts';
import type { FormView } from '../../shared/entry-view.ts';
import type { Plan } from '../../shared/plan.ts';
import { keystoreCodec } from '../operator/keystore-codec.ts';
import { wipe } from '../operator/passphrase.ts';
import type { EngineContext } from '../recovery/engine-context.ts';
import { proverAmong, unprovenWallets } from '../recovery/local-steps.ts';
import { proveReplacementWallet } from '../recovery/replacement-wallet.ts';
import { passphraseForm, secretOf } from './entry-forms.ts';
import { keptProof } from './hand-over-services.ts';
import { notEntered } from './refusals.ts';
import type { WizardParts } from './wizard-parts.ts';

interface Asked {
  readonly address: Address;
  /** Of its keystore, in full. */
  readonly file: string;
}

function formOf(asked: readonly Asked[]): FormView {
  const [first] = asked;
  if (asked.length === 1 && first !== undefined)
    return passphraseForm({
      what: `the replacement wallet ${shortAddress(first.address)}`,
      file: path.basename(first.file),
    });
  const facts = asked.map(({ address, file }) => [shortAddress(address), path.basename(file)] as const);
  return { ...passphraseForm({ what: 'The replacement wallets', file: '' }), facts };
}

/** Those that the passphrase does not open, each with why. */
async function unopened(
  asked: readonly Asked[],
  passphrase: Uint8Array,
): Promise<readonly { readonly one: Asked; readonly why: DeskError }[]> {
  const left = [];
  for (const one of asked) {
    try {
      const { file, address: expected } = one;
      await proveReplacementWallet({ file, passphrase, expected, codec: keystoreCodec });
    } catch (thrown) {
      left.push({ one, why: asDeskError(thrown) });
    }
  }
  return left;
}

/** Asks until all are open: one passphrase mostly opens all of a plan, and who chose several is asked for the rest. */
async function askFor(parts: Pick<WizardParts, 'entry'>, wanted: readonly Asked[]): Promise<void> {
  let asked = wanted;
  const outcome = await parts.entry.ask(formOf(asked), async (values) => {
    const passphrase = secretOf(values, 'passphrase');
    try {
      const left = await unopened(asked, passphrase);
      const [first] = left;
      if (first === undefined) return { taken: true };
      if (left.length === asked.length) return { taken: false, message: first.why.message };
      asked = left.map(({ one }) => one);
      return { taken: false, next: formOf(asked) };
    } finally {
      wipe(passphrase);
    }
  });
  if (outcome !== 'taken') throw notEntered(outcome, 'The passphrase');
}

/**
 * By what is kept; what is not kept is asked for in the entry window.
 * @throws DeskError ENTRY_CANCELLED
 */
export async function proverForResume(
  parts: Pick<WizardParts, 'site' | 'custody' | 'entry'>,
  id: string,
  plan: Plan,
): Promise<EngineContext['proveWallet']> {
  const { records } = parts.site();
  const provers = new Map<Address, () => Promise<void>>();
  const asked: Asked[] = [];
  for (const address of unprovenWallets(records.journal.read(id)?.steps ?? [], plan)) {
    const wallet = records.wallets.get(address);
    if (wallet === null) continue;
    const kept = keptProof(records, parts.custody(), address);
    if (kept === null) asked.push({ address, file: path.join(records.folder, wallet.keystoreFile) });
    provers.set(address, kept ?? (() => Promise.resolve()));
  }
  if (asked.length > 0) await askFor(parts, asked);
  return proverAmong(provers);
}
