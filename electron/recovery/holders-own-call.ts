/** How a holder recovers a token by themselves, with their own wallet, in words. */
import type { PlanStep } from '../../shared/plan.ts';

/** One sentence; it holds for whatever wallet program the holder has. */
export function holdersOwnCall({
  call,
  signer,
  wallet,
}: Pick<PlanStep, 'call' | 'signer' | 'wallet'>): string {
  return `With the wallet ${signer}, call recoverTokens(${wallet}) on the token ${call.to}: it needs no right, and a little native coin for the gas.`;
}
