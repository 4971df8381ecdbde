/**
 * What must follow of the person's wallets: those that were not linked, those that stay, the rights of lost ones, and what is
 * for new ones to recover.
 */
import type { HeldRight } from '../../shared/preview.ts';
import { goesHoldersWay, isHoldersOwn, leftToRecover, symbolsOfSteps } from '../../shared/holders-way.ts';
import type { TokenFailure } from '../../shared/outcome.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { lostPreviews } from '../../shared/preview.ts';
import { list } from './follow-up-input.ts';
import { valueOf } from './funds.ts';
import { holdersOwnCall } from './holders-own-call.ts';
import type { FollowUpInput, Look } from './follow-up-input.ts';

const RIGHT_WORDS: Readonly<Record<HeldRight['kind'], (right: HeldRight) => string>> = {
  system_role: ({ right, onName }) => `${right} on ${onName}`,
  token_role: ({ right, onName }) => `${right} on ${onName}`,
  identity_key: ({ right, on }) => `a key (${right}) on the identity ${on}`,
  claim_issuer_key: ({ right, on }) => `a key (${right}) on the claim issuer ${on}`,
};

/** A right in words, for a list: `CUSTODIAN_ROLE on EURQ`. */
export function rightWords(right: HeldRight): string {
  return RIGHT_WORDS[right.kind](right);
}

const notLinked: Look = ({ plan, steps }) => {
  const failed = plan.steps.flatMap(({ role, name, wallet }) => {
    const row = steps.get(name);
    return (role === 'relink' || role === 'move') && row?.state === 'failed'
      ? [`${wallet}: ${row.message ?? 'it was refused'}`]
      : [];
  });
  return failed.length === 0
    ? null
    : {
        code: 'WALLET_NOT_RECOVERED',
        message: `Not every wallet went along. ${failed.join(' ')} Remove the cause, then retry.`,
      };
};

const stays: Look = ({ plan }) => {
  const staying = (plan.healthy ?? []).flatMap(({ wallet, moves }) => (moves ? [] : [wallet]));
  return staying.length === 0
    ? null
    : {
        code: 'HEALTHY_WALLET_STAYS',
        message: `${list(staying)} stays registered with the old identity. Whoever has a lost key that manages that identity can change it: move the wallet as soon as it can be.`,
      };
};

const revoke: Look = ({ plan, preview }) => {
  const held = lostPreviews(preview).flatMap(({ lostWallet, rights }) =>
    rights === undefined ? [] : [`${lostWallet ?? ''}: ${rights.map(rightWords).join('; ')}`],
  );
  if (held.length === 0) return null;
  const urgent = plan.reason === 'compromised' ? 'Urgent, for the key is in the hands of others. ' : '';
  return {
    code: 'REVOKE_ROLE',
    message: `${urgent}A recovery takes no right away from a lost wallet. Have whoever administers them revoke, and give to the replacement where it is due: ${held.join('. ')}.`,
  };
};

/** Failed steps of a wallet that is its holder's own by now. */
function leftToHolder({ plan, steps, handOver }: FollowUpInput): readonly PlanStep[] {
  return plan.steps.filter(
    (step) =>
      goesHoldersWay(step) &&
      isHoldersOwn(handOver, step.signer) &&
      leftToRecover(plan, steps, step.signer).includes(step),
  );
}

/** Whether a failed token is for its holder to recover, and not to be retried here. */
function isLeftToHolder(
  input: FollowUpInput,
  { token, lostWallet }: Pick<TokenFailure, 'token' | 'lostWallet'>,
): boolean {
  const wallet = lostWallet ?? input.plan.lostWallet;
  return leftToHolder(input).some((step) => step.token === token && step.wallet === wallet);
}

export const tokensToRetry: Look = (input) => {
  const failures = input.failures.filter((failure) => !isLeftToHolder(input, failure));
  return failures.length === 0
    ? null
    : {
        code: 'TOKENS_TO_RETRY',
        message: `Remove the cause, then retry: ${list(failures.map((failure) => failure.symbol))}.`,
      };
};

const holderRecovers: Look = (input) => {
  const left = leftToHolder(input);
  return left.length === 0
    ? null
    : {
        code: 'HOLDER_RECOVERS',
        message: `The holder recovers ${list(symbolsOfSteps(input.plan, left))} by themselves. ${left.map(holdersOwnCall).join(' ')}`,
      };
};

/** What was given cannot be taken back, and is the holder's. */
export const coinGiven: Look = ({ plan, steps }) => {
  const given = plan.steps.flatMap((step) =>
    step.role === 'fund' && steps.get(step.name)?.state === 'done'
      ? [`${step.wallet} was given ${valueOf(step)} wei`]
      : [],
  );
  return given.length === 0
    ? null
    : {
        code: 'COIN_GIVEN',
        message: `${list(given)} for the gas of what it recovers itself. What is left of that stays with the holder.`,
      };
};

export const WALLETS_AFTER_RECOVERY: readonly Look[] = [notLinked, revoke, stays, coinGiven, holderRecovers];
