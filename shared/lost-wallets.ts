/** The lost wallets of a preview: which get a replacement, and whether a standing link is all that is in the way. */
import { lostPreviews } from './preview.ts';
import type { LostPreview, Preview } from './preview.ts';

/** Whether the wallet was lost before, and is taken along by its standing link: nothing is said of it or chosen for it. */
export function isTakenAlong({ replacement }: Pick<LostPreview, 'replacement'>): boolean {
  return replacement?.control === 'standing';
}

/**
 * Whether nothing stands in the way but links that stand: such a link is no dead end, for with the very replacement that it
 * names the plan adopts it.
 */
export function mayBeAdopted(preview: Preview): boolean {
  const { blockers } = preview;
  return (
    blockers.length > 0 &&
    blockers.every(({ code }) => code === 'WALLET_ALREADY_LOST') &&
    lostPreviews(preview).every(({ lost, adopts }) => adopts || !lost.markedLost || lost.linkedTo !== null)
  );
}

/** Further wallets that were said to be lost too: each gets a replacement of its own. */
export function saidLost({ further }: Pick<Preview, 'further'>): NonNullable<Preview['further']> {
  return (further ?? []).filter((one) => !isTakenAlong(one));
}
