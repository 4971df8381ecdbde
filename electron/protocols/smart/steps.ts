/** The chain steps of a SMART recovery, in the order in which they are sent. */
import type { Address } from '../../../shared/address.ts';
import type { PlanStep } from '../../../shared/plan.ts';
import type { StepsInput, TokenFacts } from '../recovery-protocol.ts';
import { call } from './abi.ts';
import type { SmartParts } from './parts.ts';

/** A person has one smart account of the desk's making by each owner. */
export const ACCOUNT_SALT = 0n;

/**
 * contain (freeze the lost wallet), create the identity, recover it, then token by token, then lift what contain set:
 * forcedRecoverTokens carries the freeze of the lost wallet to the replacement.
 */
export function smartSteps(parts: SmartParts, input: StepsInput): readonly PlanStep[] {
  const { lostWallet, replacement, identity, operator, accountOwner } = input;
  const freezable = input.tokens.filter(
    (token) =>
      input.contained.includes(token.address) &&
      !input.byReplacement.includes(token.address) &&
      token.custodianRight &&
      !token.addressFrozen &&
      token.balance > 0n,
  );
  const freeze = (
    name: string,
    role: 'contain' | 'release',
    wallet: Address,
    { address, signer }: TokenFacts,
    on: boolean,
  ): PlanStep => ({
    name: `${name}:${wallet}:${address}`,
    phase: role === 'contain' ? 'contain' : 'recover_tokens',
    role,
    token: address,
    wallet,
    right: 'custodian',
    signer,
    call: call(address, 'setAddressFrozen', [wallet, on]),
  });
  const prepare = (name: string, phase: PlanStep['phase'], calls: PlanStep['call']): PlanStep => ({
    name: `${name}:${replacement}`,
    phase,
    role: 'prepare',
    token: null,
    wallet: replacement,
    right: 'none',
    signer: operator,
    call: calls,
  });
  const recover = ({ address, signer }: TokenFacts): PlanStep => {
    const token = {
      name: `recover_token:${lostWallet}:${address}`,
      phase: 'recover_tokens',
      role: 'token',
      token: address,
      wallet: lostWallet,
    } as const;
    return input.byReplacement.includes(address)
      ? {
          ...token,
          right: 'holder',
          signer: replacement,
          call: call(address, 'recoverTokens', [lostWallet]),
        }
      : {
          ...token,
          right: 'custodian',
          signer,
          call: call(address, 'forcedRecoverTokens', [lostWallet, replacement]),
        };
  };
  const { walletFactory } = parts;
  const account =
    accountOwner === null || walletFactory === undefined
      ? []
      : [
          prepare(
            'create_account',
            'create_wallet',
            call(walletFactory, 'createAccount', [accountOwner, ACCOUNT_SALT]),
          ),
        ];
  const identityOwn = prepare(
    'create_identity',
    'create_identity',
    call(parts.identityFactory, 'createIdentity', [replacement, []]),
  );
  const identitySteps: readonly PlanStep[] = [
    ...account,
    ...(input.ownIdentity ? [identityOwn] : []),
    {
      name: `recover_identity:${lostWallet}`,
      phase: 'recover_identity',
      role: 'relink',
      token: null,
      wallet: lostWallet,
      right: 'identityManager',
      signer: operator,
      call: call(parts.identityRegistry, 'recoverIdentity', [lostWallet, replacement, identity]),
    },
  ];
  return [
    ...freezable.map((token) => freeze('freeze', 'contain', lostWallet, token, true)),
    ...(input.linked ? [] : identitySteps),
    ...input.moves.map((wallet): PlanStep => ({
      name: `move_wallet:${wallet}`,
      phase: 'recover_identity',
      role: 'move',
      token: null,
      wallet,
      right: 'identityManager',
      signer: operator,
      call: call(parts.identityRegistry, 'updateIdentity', [wallet, identity]),
    })),
    ...input.tokens.map(recover),
    ...freezable.map((token) => freeze('unfreeze', 'release', replacement, token, false)),
  ];
}

/** Gas as measured (CHAIN A), upper ends. */
const TYPICAL_GAS: Readonly<Record<PlanStep['role'], bigint>> = {
  contain: 103_000n,
  prepare: 520_865n,
  relink: 234_210n,
  move: 100_000n,
  token: 290_000n,
  release: 81_000n,
  claim: 420_000n,
  // A plain transfer to an account without code takes 21,000, and some chains charge for more.
  fund: 60_000n,
};

export function smartTypicalGas(step: PlanStep): bigint {
  return TYPICAL_GAS[step.role];
}
