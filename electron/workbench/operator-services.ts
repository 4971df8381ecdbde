/** The operators of the records that are worked with: the desk's own, or the practice network's. */
import type { Policy } from '../../shared/policy.ts';
import type { Records } from '../desk.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import { PRACTICE_SCRYPT_N } from '../operator/new-keystore.ts';
import { operatorsOfFolder } from '../operator/operators-of-folder.ts';
import type { Operators } from '../operator/operators.ts';

export interface OperatorServices {
  of(records: Records): Operators;
  /** What holds for operators there. */
  policyOf(records: Records): Policy;
}

/** Whoever practises has public keys, and needs neither a keychain nor a provider for them. */
function practicePolicy(policy: Policy): Policy {
  return { ...policy, signIn: ['passphrase'], requireTotp: false, allowVaultWithoutKeychain: true };
}

/** @param isPractice whether these are the practice network's. */
export function operatorServices(
  programs: ChildPrograms,
  isPractice: (records: Records) => boolean,
): OperatorServices {
  /** One of these for each data folder: it lets attempts in one at a time. Each begins with what was left to do. */
  const services = new WeakMap<Records, Operators>();
  const policyOf = (records: Records): Policy =>
    isPractice(records) ? practicePolicy(records.policy) : records.policy;
  return {
    policyOf,
    of(records) {
      const known = services.get(records);
      if (known !== undefined) return known;
      const cost = isPractice(records) ? PRACTICE_SCRYPT_N : undefined;
      const made = operatorsOfFolder(records, programs, policyOf(records), cost);
      services.set(records, made);
      // Nobody waits for it: what cannot be removed now is tried at the next start.
      made.finishRemovals().catch(() => undefined);
      return made;
    },
  };
}
