/** Which wallets of a plan are handed over, and which of them have been. Pure: reports and the window ask it, too. */
import type { Address } from './address.ts';
import type { HandOverRow } from './hand-over.ts';
import { walletsOf } from './plan.ts';
import type { Plan, PlannedWallet } from './plan.ts';

/** Those whose keystore this desk has: not a smart account, whose owner has it, nor one that is lost in turn. */
export function walletsToHandOver(
  plan: PlannedWallet & Pick<Plan, 'further' | 'claims'>,
): readonly PlannedWallet[] {
  // An issue of claims names the wallet of its recovery, which is handed over there.
  if (plan.claims !== undefined) return [];
  const wallets = walletsOf(plan);
  return wallets.filter(
    ({ replacement: { address, control, kind } }) =>
      control === 'generated' &&
      kind !== 'account' &&
      wallets.every(({ lostWallet }) => lostWallet !== address),
  );
}

/** Whether the wallet is handed over: that it was marked done is not enough, the desk keeps neither half of it any more. */
export function handedOver(rows: readonly Pick<HandOverRow, 'wallet' | 'what'>[], wallet: Address): boolean {
  return rows.some((row) => row.wallet === wallet && row.what === 'cleared');
}

/** Those that are still to be handed over, in the plan's order. */
export function notHandedOver(
  plan: Parameters<typeof walletsToHandOver>[0],
  rows: readonly Pick<HandOverRow, 'wallet' | 'what'>[],
): readonly Address[] {
  return walletsToHandOver(plan)
    .map(({ replacement }) => replacement.address)
    .filter((wallet) => !handedOver(rows, wallet));
}
