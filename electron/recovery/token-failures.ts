/** Words for token failures that are known from flags alone, without asking the contract. */
import type { TokenFailureReason } from '../../shared/phases.ts';
import type { TokenFacts } from '../protocols/recovery-protocol.ts';

export interface FailureWords {
  readonly reason: TokenFailureReason;
  readonly message: string;
  readonly remedy: string;
}

/** What a token's flags say will go wrong, in the order in which contracts check; null when nothing. */
export function failureByFlags(token: TokenFacts): FailureWords | null {
  if (!token.readable) {
    return {
      reason: 'UNKNOWN',
      message: 'The token does not answer what the lost wallet holds.',
      remedy: 'Ask the token administrator why the token does not answer, then retry this token.',
    };
  }
  if (!token.custodianRight) {
    return {
      reason: 'CUSTODIAN_PERMISSION_MISSING',
      message: 'The operator does not hold the custodian right on this token.',
      remedy: 'Have the token administrator grant it, or have a custodian of the token retry this token.',
    };
  }
  if (token.balance === 0n) {
    return {
      reason: 'NO_RECOVERABLE_TOKENS',
      message: 'The lost wallet holds none of this token.',
      remedy: 'Nothing is left to recover here. Take the token off the list if the person never held it.',
    };
  }
  if (token.paused) {
    return {
      reason: 'TOKEN_PAUSED',
      message: 'The token is paused by its issuer.',
      remedy: 'Ask the token administrator to unpause it, then retry this token.',
    };
  }
  return null;
}
