/** The lost wallets of a plan. Apart from its schema, which the window does not take along. */
import type { Plan, PlannedWallet, PlanStep } from './plan.ts';

type Wallets = PlannedWallet & Pick<Plan, 'further'>;

/** Every lost wallet of the plan, the one that the case was opened for first. */
export function walletsOf(plan: Wallets): readonly PlannedWallet[] {
  return [plan, ...(plan.further ?? [])];
}

/** Lost wallets whose replacement is for the person to keep: one that stands in for a wallet lost since is recovered in turn. */
export function walletsKept(plan: Wallets): readonly PlannedWallet[] {
  const wallets = walletsOf(plan);
  return wallets.filter(({ replacement }) =>
    wallets.every(({ lostWallet }) => lostWallet !== replacement.address),
  );
}

/** The lost wallet that a step is about; the first for a step about the person as a whole. */
export function walletOfStep(
  plan: Wallets,
  { role, wallet }: Pick<PlanStep, 'role' | 'wallet'>,
): PlannedWallet {
  const ofReplacement = role === 'prepare' || role === 'release' || role === 'fund';
  const own = walletsOf(plan).find(
    (one) => (ofReplacement ? one.replacement.address : one.lostWallet) === wallet,
  );
  return own ?? plan;
}

/** Every token in scope, once, whichever of the wallets holds it. */
export function tokensOf(plan: Wallets): PlannedWallet['tokens'] {
  const all = walletsOf(plan).flatMap(({ tokens }) => tokens);
  return [...new Map(all.map((token) => [token.address, token])).values()];
}
