/**
 * What a confirmed plan lets its operator sign: its calls, each with the very value that it names, transfers of nothing to
 * self, and no more than its cost.
 */
import type { Transaction } from 'ethers';
import type { Address } from '../../shared/address.ts';
import type { PlannedClaim } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import {
  UNSIGNED,
  claimHash,
  claimSigner,
  signatureIn,
  withSignature,
} from '../protocols/claim-signature.ts';
import { SIGNABLE_TYPES } from './signer.ts';

/** A confirmed plan as the signer's door needs it. */
export interface Confirmed {
  readonly planDigest: Hex;
  readonly chainId: number;
  /** Those that this operator signs. */
  readonly calls: readonly {
    readonly to: Address;
    readonly data: Hex;
    /** Wei that go along; left out where none do. */
    readonly value?: string;
  }[];
  /** Claims that this operator signs, each with the call that then adds it, of the plan as it was confirmed. */
  readonly claims?: readonly ConfirmedClaim[];
  /** Wei that all transactions together may take at the most. */
  readonly highestCost: bigint;
  /** Wei, by nonce, that transactions of earlier runs may take at the most. */
  readonly before: ReadonlyMap<number, bigint>;
  /** Wei, by nonce, where it is final: what was paid; 0 where nothing of ours was or will be mined. */
  settled(): ReadonlyMap<number, bigint>;
}

export interface ConfirmedClaim extends Pick<PlannedClaim, 'identity' | 'topic' | 'data' | 'signatureAt'> {
  readonly call: { readonly to: Address; readonly data: Hex };
}

export interface Terms {
  /** Whether it is the hash of a claim of the plan. */
  admitsClaim(hash: Hex): boolean;
  /**
   * Weighs a transaction, and puts by what it may take where it may be signed.
   * @param transaction null where it cannot be read.
   * @returns null, or in words what is wrong with it.
   */
  admit(transaction: Transaction | null): string | null;
}

interface Use {
  /** Wei, of the dearest: of one nonce only one is ever mined. */
  readonly cost: bigint;
  /** The plan's call that the nonce is for; null while it is only filled, or was used in an earlier run. */
  readonly call: string | null;
}

const callKey = (to: string, data: string, value: bigint): string => `${to}:${data}:${value}`;

export function confirmedTerms(self: Address, confirmed: Confirmed): Terms {
  // Copied: what was confirmed does not change because somebody changes what was handed in.
  const chainId = BigInt(confirmed.chainId);
  const { highestCost } = confirmed;
  const calls = new Set(
    confirmed.calls.map(({ to, data, value }) => callKey(to, data, BigInt(value ?? '0'))),
  );
  // SECURITY: what a claim says is what a person read; its hash is made here of that, and of nothing else.
  const claims = (confirmed.claims ?? []).map((claim) => ({ ...claim, hash: claimHash(claim) }));
  const uses = new Map<number, Use>(
    [...confirmed.before].map(([nonce, cost]) => [nonce, { cost, call: null }]),
  );

  /** The call of the plan that this one is: a claim's has the operator's own signature of that claim where zeros were. */
  function planned(to: string, data: string, value: bigint): string | null {
    if (calls.has(callKey(to, data, value))) return callKey(to, data, value);
    if (value !== 0n) return null;
    const claim = claims.find(
      ({ call, hash, ...place }) =>
        to === call.to &&
        withSignature(data as Hex, place, UNSIGNED) === call.data &&
        claimSigner(hash, signatureIn(data, place)) === self,
    );
    return claim === undefined ? null : callKey(claim.call.to, claim.call.data, 0n);
  }

  /** Wei that all nonces but this one may take, or have taken. */
  function besides(nonce: number, settled: ReadonlyMap<number, bigint>): bigint {
    return [...uses].reduce(
      (sum, [other, { cost }]) => (other === nonce ? sum : sum + (settled.get(other) ?? cost)),
      0n,
    );
  }

  /** SECURITY: coin is given once: not at a second nonce while the first may have moved it. */
  function givenBefore(nonce: number, key: string): boolean {
    const other = [...uses].some(([used, { call }]) => used !== nonce && call === key);
    if (!other) return false;
    const settled = confirmed.settled();
    return [...uses].some(([used, { call }]) => used !== nonce && call === key && settled.get(used) !== 0n);
  }

  /** What is settled is read only where it decides: it takes reading the whole journal. */
  function fits(nonce: number, cost: bigint): boolean {
    return (
      besides(nonce, new Map()) + cost <= highestCost ||
      besides(nonce, confirmed.settled()) + cost <= highestCost
    );
  }

  return {
    admitsClaim: (hash) => claims.some((claim) => claim.hash === hash),
    admit(transaction) {
      if (transaction === null) return 'cannot be read';
      const shape = shapeFault(transaction, chainId);
      if (shape !== null) return shape;
      const { nonce, to, data, value } = transaction;
      const fill = to === self && data === '0x' && value === 0n;
      const key = fill ? null : planned(to ?? '', data, value);
      if (!fill && key === null)
        return value === 0n
          ? 'is no call of the confirmed plan'
          : 'would move native coin that the confirmed plan does not';
      if (value !== 0n && key !== null && givenBefore(nonce, key))
        return 'would give a second time what the plan gives once';
      const use = uses.get(nonce);
      const other = use !== undefined && use.call !== null && !fill && use.call !== key;
      if (other && confirmed.settled().get(nonce) !== 0n) return 'has the nonce of another call of the plan';
      const asked = costOf(transaction);
      const cost = use !== undefined && use.cost > asked ? use.cost : asked;
      if (!fits(nonce, cost)) return 'would go past the highest cost that was confirmed';
      uses.set(nonce, { cost, call: fill ? (use?.call ?? null) : key });
      return null;
    },
  };
}

/** What no transaction of a recovery has. */
function shapeFault(transaction: Transaction, chainId: bigint): string | null {
  if (transaction.isSigned()) return 'is signed already';
  if (!SIGNABLE_TYPES.has(transaction.type)) return 'is of a kind that recoveries do not use';
  if (transaction.chainId !== chainId) return 'is for another chain than the confirmed plan';
  if (transaction.to === null) return 'would create a contract';
  if ((transaction.accessList ?? []).length > 0) return 'names places to read ahead, which recoveries do not';
  if ((transaction.authorizationList ?? []).length > 0) return 'would delegate the account';
  return null;
}

/** Wei at the most. */
function costOf({ gasLimit, gasPrice, maxFeePerGas, value }: Transaction): bigint {
  return gasLimit * (maxFeePerGas ?? gasPrice ?? 0n) + value;
}
