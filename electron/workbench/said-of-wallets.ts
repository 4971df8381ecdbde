/**
 * What is said of the person's other wallets. It is kept in the preview that was read with it: a wallet that a later reading
 * does not find any more is thereby said nothing of.
 */
import type { Address } from '../../shared/address.ts';
import { saidLost } from '../../shared/lost-wallets.ts';
import type { Preview } from '../../shared/preview.ts';
import type { SaidOfWallets } from '../../shared/wizard-choices.ts';
import { elsewhere } from './refusals.ts';

/** What was said before, as the preview has it. */
export function saidBefore(preview: Pick<Preview, 'others' | 'further'>): SaidOfWallets {
  return [
    ...saidLost(preview).map(({ lostWallet }) => ({ wallet: lostWallet, says: 'lost' as const })),
    ...(preview.others ?? []).flatMap(({ wallet, says }) => (says === 'undecided' ? [] : [{ wallet, says }])),
  ];
}

/**
 * SECURITY: a page names wallets, and main knows whose they are: what the shown preview does not name is refused.
 * @throws DeskError WIZARD_ELSEWHERE
 */
export function assertOfPerson(preview: Pick<Preview, 'others' | 'further'>, said: SaidOfWallets): void {
  const named = new Set<Address>([
    ...saidLost(preview).map(({ lostWallet }) => lostWallet),
    ...(preview.others ?? []).map(({ wallet }) => wallet),
  ]);
  for (const { wallet } of said) {
    // Each once: what was named before is none of those that are left.
    if (!named.delete(wallet))
      throw elsewhere(
        `${wallet} is no wallet of this person that something is to be said of, or was named twice.`,
      );
  }
}
