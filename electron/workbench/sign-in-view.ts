/** What a window shows of who could sign in at a desk, and how. */
import type { DeskState, OperatorEntry } from '../../shared/desk-state.ts';
import type { DeskError } from '../../shared/errors.ts';
import type { Policy } from '../../shared/policy.ts';
import type { ListedOperator } from '../operator/listed-operators.ts';

/** By name. A record that does not read cannot sign in; it is told at sign-in, not here. */
export function operatorEntries(operators: readonly ListedOperator[]): OperatorEntry[] {
  return operators
    .flatMap((one) =>
      one.kind === 'damaged'
        ? []
        : [
            {
              id: one.operator.id,
              name: one.operator.name,
              signIn: one.operator.signIn.kind,
              key: one.operator.credential.kind,
            },
          ],
    )
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** @param keychainProblem as it was found last; null where it answered, was not looked for, or is not needed. */
export function signInWays(policy: Policy, keychainProblem: DeskError | null): DeskState['signInWays'] {
  const { signIn, oidc } = policy;
  return {
    passphrase: signIn.includes('passphrase'),
    oidc: signIn.includes('oidc') && oidc !== null ? new URL(oidc.issuer).host : null,
    codeRequired: policy.requireTotp,
    keychainProblem: keychainProblem?.toJSON() ?? null,
    withoutKeychain: policy.allowVaultWithoutKeychain,
  };
}
