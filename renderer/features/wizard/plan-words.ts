/** A plan in words: its kinds of steps in the order in which they are sent. */
import type { Address } from '../../../shared/address.ts';
import type { SignedInView } from '../../../shared/desk-state.ts';
import type { Plan, PlanStep } from '../../../shared/plan.ts';
import type { Preview, SignerPreview } from '../../../shared/preview.ts';
import type { Custodian } from '../../app/store.ts';

export interface PlanAction {
  readonly role: PlanStep['role'];
  readonly words: string;
  readonly transactions: number;
  /** The right that it needs on chain, in words. */
  readonly right: string;
  readonly signers: readonly Plan['lostWallet'][];
}

const WORDS: Readonly<Record<PlanStep['role'], string>> = {
  contain: 'Freeze the lost wallet',
  prepare: 'Create the new identity or smart account',
  relink: 'Mark the wallet as lost and link it to the replacement',
  move: 'Register a healthy wallet with the new identity',
  token: 'Recover the whole balance of a token',
  release: 'Lift the freeze that this recovery set',
  claim: 'Issue a claim on the new identity',
  fund: 'Give the replacement wallet coin for its gas',
};

const RIGHTS: Readonly<Record<PlanStep['right'], string>> = {
  none: 'none',
  identityManager: 'identity manager',
  custodian: 'custodian of the token',
  claimIssuer: 'issuer of claims',
  holder: 'none: the replacement wallet itself',
};

/** Roles without a step are left out. */
export function planActions(plan: Plan): readonly PlanAction[] {
  const roles = [...new Set(plan.steps.map((step) => step.role))];
  return roles.map((role) => {
    const steps = plan.steps.filter((step) => step.role === role);
    const rights = [...new Set(steps.map((step) => RIGHTS[step.right]))];
    return {
      role,
      words: WORDS[role],
      transactions: steps.length,
      right: rights.join(', '),
      signers: [...new Set(steps.map((step) => step.signer))],
    };
  });
}

const ROLES: Readonly<Record<SignerPreview['role'], string>> = {
  operator: 'Who recovers',
  custodian: 'The custodian of the case',
};

/** Names by address. */
export type Signers = ReadonlyMap<Address, string>;

/**
 * Who signs a plan: by name who is signed in and the custodians that could be chosen from, and by their role whom the
 * preview names beside them.
 */
export function knownSigners(
  operator: Pick<SignedInView, 'address' | 'name'> | null,
  custodians: readonly Custodian[],
  named: Preview['signers'] = [],
): Signers {
  return new Map([
    ...named.map(({ address, role }) => [address, ROLES[role]] as const),
    ...custodians.map(({ address, name }) => [address, name] as const),
    ...(operator === null ? [] : [[operator.address, `You (${operator.name})`] as const]),
  ]);
}

export const ACCOUNT_WORDS = 'A new smart account, owned by the first replacement wallet';

const CONTROL: Readonly<Record<Plan['replacement']['control'], string>> = {
  proof: 'The holder proved control of it',
  call_back: 'On a recorded call-back, without proof',
  standing: 'Linked on chain before',
  generated: 'Made and kept by this desk',
};

export function controlWords(control: Plan['replacement']['control']): string {
  return CONTROL[control];
}
