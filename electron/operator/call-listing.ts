/** A plan's calls as a plain list, for custody platforms that take calldata. Pure: it reads and writes nothing. */
import type { Address } from '../../shared/address.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { HandedOutCalls } from './needs.ts';

export interface CallListing {
  readonly format: 'recovery-desk/calls';
  readonly version: 1;
  readonly chainId: number;
  readonly signer: Address;
  readonly planDigest: Hex;
  /** To be executed in this order. */
  readonly steps: readonly {
    readonly name: string;
    /** What it does, for whoever approves it. */
    readonly words: string;
    readonly to: Address;
    /** Wei, decimal. */
    readonly value: string;
    readonly data: Hex;
  }[];
}

export function callListing({ planDigest, chainId, signer, steps }: HandedOutCalls): CallListing {
  return {
    format: 'recovery-desk/calls',
    version: 1,
    chainId,
    signer,
    planDigest,
    steps: steps.map((step) => ({
      name: step.name,
      words: wordsOf(step),
      to: step.call.to,
      value: step.call.value ?? '0',
      data: step.call.data,
    })),
  };
}

function wordsOf({ role, wallet, token }: PlanStep): string {
  const on = token === null ? '' : ` on token ${token}`;
  switch (role) {
    case 'contain':
      return `Freeze the wallet ${wallet}${on}`;
    case 'prepare':
      return `Create the identity or the smart account of the replacement ${wallet}`;
    case 'relink':
      return `Mark the wallet ${wallet} lost, and link it to its replacement`;
    case 'move':
      return `Register the healthy wallet ${wallet} with the replacement identity`;
    case 'token':
      return `Recover the whole balance of the wallet ${wallet}${on}`;
    case 'release':
      return `Lift the freeze that this recovery set, from the wallet ${wallet}${on}`;
    case 'claim':
      return `Add a claim to the identity of the wallet ${wallet}`;
    case 'fund':
      return `Give the replacement ${wallet} native coin for its gas`;
    default:
      return assertNever(role);
  }
}
