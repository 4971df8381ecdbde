/** Saves the calls of a recovery that are signed elsewhere: as a batch for a Safe, or as plain calldata. */
import { recoveryUnknown } from '../../shared/recovery-unknown.ts';
import type { Address } from '../../shared/address.ts';
import { externalAddresses } from '../store/operator-addresses.ts';
import type { Records } from '../records.ts';
import { callListing } from '../operator/call-listing.ts';
import { safeBatch } from '../operator/safe-batch.ts';
import { isEnded, stepsNow } from '../recovery/engine-context.ts';
import { elsewhere } from './refusals.ts';
import type { WizardParts } from './wizard-parts.ts';

/** @throws DeskError RECOVERY_UNKNOWN; WIZARD_ELSEWHERE where nothing waits to be signed elsewhere. */
export async function exportCalls(
  parts: WizardParts,
  records: Records,
  id: string,
  form: 'safe' | 'plain',
): Promise<{ fileName: string } | null> {
  const snapshot = records.journal.read(id);
  const plan = snapshot === null ? null : records.plans.get(snapshot.recovery.planDigest);
  if (snapshot === null || plan === null) throw recoveryUnknown(id);
  const rows = stepsNow(snapshot);
  const out = new Set(snapshot.handOuts.map(({ step }) => step));
  const external = new Set<Address>(externalAddresses(records.operators));
  const waiting = plan.steps.filter((step) => {
    const row = rows.get(step.name);
    return out.has(step.name) && external.has(step.signer) && row !== undefined && !isEnded(row);
  });
  const signer = waiting[0]?.signer;
  if (signer === undefined) throw elsewhere('No calls of this recovery wait to be signed elsewhere.');
  const exported = {
    planDigest: snapshot.recovery.planDigest,
    chainId: plan.network.chainId,
    signer,
    steps: waiting.filter((step) => step.signer === signer),
  };
  const file = await parts.dialogs.saveFile({
    title: 'Save the calls',
    defaultName: `calls-${id}-${form}.json`,
    text: `${JSON.stringify(form === 'safe' ? safeBatch(exported, new Date()) : callListing(exported), null, 2)}\n`,
  });
  return file === null ? null : { fileName: file.split(/[\\/]/u).at(-1) ?? file };
}
