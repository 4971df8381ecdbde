/** The operators of a data folder, with the keychain of this machine; and the team's provider that policy names. */
import type { Journal } from '../../shared/journal.ts';
import { hasEnded } from '../../shared/phases.ts';
import type { Policy } from '../../shared/policy.ts';
import type { OperatorRepository } from '../store/operator-repository.ts';
import { createVault } from './create-vault.ts';
import { keychainStore } from './keychain-store.ts';
import type { ChildPrograms } from './needs.ts';
import type { OpenExternal } from './oidc/needs.ts';
import { createOidcSignIn } from './oidc/sign-in.ts';
import type { OidcSignIn } from './oidc/sign-in.ts';
import { operatorsOf } from './operators.ts';
import type { Operators } from './operators.ts';

export interface FolderParts {
  readonly operators: OperatorRepository;
  readonly journal: Pick<Journal, 'list'>;
}

/**
 * One of these for each data folder, for it lets attempts in one at a time.
 * @param scryptN what a derivation costs; by default the strong one.
 */
export function operatorsOfFolder(
  { operators, journal }: FolderParts,
  programs: ChildPrograms,
  policy: Policy,
  scryptN?: number,
): Operators {
  const store = keychainStore(programs, policy);
  return operatorsOf({
    operators,
    vault: createVault({ store, policy, ...(scryptN === undefined ? {} : { scryptN }) }),
    policy,
    openRecoveriesOf: (address) =>
      journal
        .list()
        .filter((row) => row.operator === address && !hasEnded(row.status))
        .map(({ id }) => id),
    now: () => new Date(),
  });
}

/** Signing in at the team's identity provider; null where policy names none. */
export function providerSignIn(policy: Policy, openExternal: OpenExternal): OidcSignIn | null {
  return policy.oidc === null ? null : createOidcSignIn({ oidc: policy.oidc, network: policy, openExternal });
}
