/** Who may not issue claims in a recovery: whoever executed it, unless policy lets them. */
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import { walletsKept, walletsOf } from '../../../shared/plan.ts';
import type { Policy } from '../../../shared/policy.ts';
import type { ClaimRecords, OfRecovery } from './of-recovery.ts';

/** Everybody who began, confirmed or signed a recovery to one of these wallets, of any recovery that this desk made to it. */
function executors({ journal, plans }: ClaimRecords, { plan }: OfRecovery): readonly Address[] {
  const addresses = new Set(walletsKept(plan).map(({ replacement }) => replacement.address));
  return journal.list().flatMap(({ id, chainId, operator, planDigest }) => {
    const other = chainId === plan.network.chainId ? plans.get(planDigest) : null;
    if (other === null || !walletsOf(other).some(({ replacement }) => addresses.has(replacement.address)))
      return [];
    const snapshot = journal.read(id);
    return [
      operator,
      ...journal.confirmedBy(id),
      ...(snapshot?.transactions.map(({ signer }) => signer) ?? []),
      ...(snapshot?.handOuts.map(({ signer }) => signer) ?? []),
    ];
  });
}

/**
 * Two pairs of eyes: who moved the tokens does not also say that the new wallet's holder was identified.
 * @throws DeskError CLAIMS_BY_EXECUTOR
 */
export function assertMayIssue(
  records: ClaimRecords & { readonly policy: Pick<Policy, 'claimsByExecutor'> },
  of: OfRecovery,
  operator: Address,
): void {
  if (records.policy.claimsByExecutor || !executors(records, of).includes(operator)) return;
  throw new DeskError('CLAIMS_BY_EXECUTOR', {
    message: `${operator} executed recovery ${of.snapshot.recovery.id}, and policy does not let one person do both. Nothing was signed or sent.`,
    remedy:
      'Have another operator who holds a key of the issuer issue the claims, or save the request for the issuer.',
    retry: 'never',
  });
}
