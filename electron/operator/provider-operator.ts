/** The operator that an identity provider's answer belongs to. */
import type { DeskError } from '../../shared/errors.ts';
import { asDeskError } from '../../shared/errors.ts';
import type { StoredOperator } from '../store/operator-rows.ts';
import type { OperatorDesk } from './operator-desk.ts';
import { operatorUnknown } from './operator-refusals.ts';

/** Whom an identity provider vouched for. */
export interface ProviderIdentity {
  readonly issuer: string;
  /** The value of the claim that policy names. */
  readonly subject: string;
}

export function isOf(
  { operator: { signIn } }: StoredOperator,
  { issuer, subject }: ProviderIdentity,
): boolean {
  return signIn.kind === 'oidc' && signIn.issuer === issuer && signIn.subject === subject;
}

/**
 * @throws DeskError OPERATOR_UNKNOWN; VAULT_CORRUPT where nobody fits and a record that does not read may be the one.
 */
export function providerOperator(
  { operators }: Pick<OperatorDesk, 'operators'>,
  identity: ProviderIdentity,
): StoredOperator {
  const damaged: DeskError[] = [];
  for (const { id, removed } of operators.rows()) {
    if (removed) continue;
    try {
      const stored = operators.get(id);
      if (stored !== null && isOf(stored, identity)) return stored;
    } catch (thrown) {
      const error = asDeskError(thrown);
      if (error.code !== 'VAULT_CORRUPT') throw thrown;
      damaged.push(error);
    }
  }
  throw damaged[0] ?? operatorUnknown(`for ${identity.subject} at ${identity.issuer}`);
}
