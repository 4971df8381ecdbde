/** What all that is done with operators works with. */
import type { Policy } from '../../shared/policy.ts';
import type { Clock } from '../store/needs.ts';
import type { OperatorRepository } from '../store/operator-repository.ts';
import type { StoredOperator } from '../store/operator-rows.ts';
import type { OpenRecoveries } from './needs.ts';
import { operatorUnknown } from './operator-refusals.ts';
import type { Turns } from './turns.ts';
import type { Vault } from './vault.ts';

export interface OperatorDesk {
  readonly operators: OperatorRepository;
  readonly vault: Vault;
  readonly policy: Pick<Policy, 'signIn' | 'oidc' | 'requireTotp'>;
  readonly openRecoveriesOf: OpenRecoveries;
  readonly turns: Turns;
  readonly now: Clock;
}

/** An operator who was not removed. @throws DeskError OPERATOR_UNKNOWN, VAULT_CORRUPT */
export function livingOperator(desk: OperatorDesk, id: string): StoredOperator {
  const stored = desk.operators.get(id);
  if (stored === null || stored.operator.removedAt !== null) throw operatorUnknown(id);
  return stored;
}
