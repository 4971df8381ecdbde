/** From which block on what happened to a lost wallet counts as of a recovery. */
import type { PlannedWallet } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';
import type { ChainView, RecoverySystem } from '../protocols/recovery-protocol.ts';

/**
 * The preview's block, before which nothing of this recovery happened; where an earlier one is adopted, the block in
 * which it made the link: what left before that was the holder's own affair, and nobody is accused of it. Where no log
 * tells of the link, what left before the preview is nobody's either.
 */
export async function accountableSince(
  system: Pick<RecoverySystem, 'linkedAt'>,
  view: ChainView,
  wallet: Pick<PlannedWallet, 'adopts' | 'lostWallet' | 'replacement'>,
  preview: Pick<Preview, 'block'>,
): Promise<number> {
  const before = preview.block.number;
  if (!wallet.adopts) return before;
  const linkedAt = await system.linkedAt(view, wallet.lostWallet, wallet.replacement.address);
  return Math.min(linkedAt ?? before, before);
}
