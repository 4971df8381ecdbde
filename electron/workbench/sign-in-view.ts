/** What a window shows of who could sign in at a desk, and how. */
import type { DeskState, OperatorEntry } from '../../shared/desk-state.ts';
import type { DeskError } from '../../shared/errors.ts';
import type { Policy } from '../../shared/policy.ts';
import type { ListedOperator } from '../operator/listed-operators.ts';

/** By name; and those whose record does not read, with what is wrong. */
export function operatorEntries(
  listed: readonly ListedOperator[],
): Pick<DeskState, 'operators' | 'damagedOperators'> {
  const operators = listed.flatMap((one): OperatorEntry[] => {
    if (one.kind === 'damaged') return [];
    const { id, name, signIn, credential } = one.operator;
    return [{ id, name, signIn: signIn.kind, key: credential.kind }];
  });
  return {
    operators: operators.toSorted((one, other) => one.name.localeCompare(other.name)),
    damagedOperators: listed.flatMap((one) =>
      one.kind === 'damaged' ? [{ name: one.name, problem: one.error.toJSON() }] : [],
    ),
  };
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
