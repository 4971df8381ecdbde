/** The operators of a data folder, with the keychain of this machine; and the team's provider that policy names. */
import type { Policy } from '../../shared/policy.ts';
import type { OperatorRepository } from '../store/operator-repository.ts';
import { createVault } from './create-vault.ts';
import { keychainStore } from './keychain-store.ts';
import type { ChildPrograms } from './needs.ts';
import type { OpenExternal } from './oidc/needs.ts';
import { createOidcSignIn } from './oidc/sign-in.ts';
import type { OidcSignIn } from './oidc/sign-in.ts';
import { openRecoveriesOf } from './open-recoveries.ts';
import type { RecoveryRecords } from './open-recoveries.ts';
import { operatorsOf } from './operators.ts';
import type { Operators } from './operators.ts';

export interface FolderParts extends RecoveryRecords {
  readonly operators: OperatorRepository;
}

/**
 * One of these for each data folder, for it lets attempts in one at a time.
 * @param scryptN what a derivation costs; by default the strong one.
 */
export function operatorsOfFolder(
  { operators, ...recoveries }: FolderParts,
  programs: ChildPrograms,
  policy: Policy,
  scryptN?: number,
): Operators {
  const store = keychainStore(programs, policy);
  return operatorsOf({
    operators,
    vault: createVault({ store, policy, ...(scryptN === undefined ? {} : { scryptN }) }),
    policy,
    openRecoveriesOf: (address) => openRecoveriesOf(recoveries, address),
    now: () => new Date(),
  });
}

/** Signing in at the team's identity provider; null where policy names none. */
export function providerSignIn(policy: Policy, openExternal: OpenExternal): OidcSignIn | null {
  return policy.oidc === null ? null : createOidcSignIn({ oidc: policy.oidc, network: policy, openExternal });
}
