/** Builds the complete unsigned transactions that the journal stores before anything is signed. */
import { Transaction } from 'ethers';
import type { Address } from '../../shared/address.ts';
import type { TransactionRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import type { FeeQuote } from '../chain/types.ts';

export interface UnsignedForm {
  /** RLP as it is signed: EIP-155 or EIP-1559. */
  readonly unsigned: Hex;
  /** Wei: gas limit times the highest gas price, and what goes along. */
  readonly costCap: bigint;
}

export interface FormInput {
  readonly chainId: number;
  readonly nonce: number;
  readonly call: PlanStep['call'];
  readonly gasLimit: bigint;
  readonly fees: FeeQuote;
}

export function unsignedForm({ chainId, nonce, call, gasLimit, fees }: FormInput): UnsignedForm {
  const value = BigInt(call.value ?? '0');
  const base = { chainId, nonce, to: call.to, data: call.data, value, gasLimit };
  const transaction =
    fees.kind === 'legacy'
      ? Transaction.from({ ...base, type: 0, gasPrice: fees.gasPrice })
      : Transaction.from({
          ...base,
          type: 2,
          maxFeePerGas: fees.maxFeePerGas,
          maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
        });
  const price = fees.kind === 'legacy' ? fees.gasPrice : fees.maxFeePerGas;
  return { unsigned: transaction.unsignedSerialized as Hex, costCap: gasLimit * price + value };
}

/** A call that may still be mined, or was. */
export function isStandingCall({ purpose, state }: Pick<TransactionRow, 'purpose' | 'state'>): boolean {
  return purpose === 'call' && state !== 'abandoned' && state !== 'replaced';
}

/** Wei that a transaction may take at the most. */
export function highestCostOf({ gasLimit, gasPrice, maxFeePerGas, value }: Transaction): bigint {
  return gasLimit * (maxFeePerGas ?? gasPrice ?? 0n) + value;
}

/** Wei that an unsigned transaction moves beside its cost. */
export function valueMoved(unsigned: Hex): bigint {
  return Transaction.from(unsigned).value;
}

/** Of an unsigned transaction. */
export function gasLimitOf(unsigned: Hex): bigint {
  return Transaction.from(unsigned).gasLimit;
}

/** A zero-value transfer to self that uses up a nonce. */
export function fillCall(self: Address): PlanStep['call'] {
  return { to: self, data: '0x' };
}

/** Nodes take a replacement only at 10% more; an eighth more is above that on every known node. */
function bumped(was: bigint, now: bigint): bigint {
  const least = was + was / 8n + 1n;
  return now > least ? now : least;
}

/**
 * The same call at the same nonce with fees that replace the former ones.
 * @returns null for a transaction that pays nothing: there is nothing to raise.
 */
export function bumpedForm(unsigned: Hex, fees: FeeQuote): UnsignedForm | null {
  const was = Transaction.from(unsigned);
  const value = was.value === 0n ? {} : { value: was.value.toString() };
  const call = { to: was.to as Address, data: was.data as Hex, ...value };
  const base = { chainId: Number(was.chainId), nonce: was.nonce, call, gasLimit: was.gasLimit };
  if (was.type === 0) {
    const price = was.gasPrice ?? 0n;
    if (price === 0n) return null;
    const now = fees.kind === 'legacy' ? fees.gasPrice : fees.maxFeePerGas;
    return unsignedForm({ ...base, fees: { kind: 'legacy', gasPrice: bumped(price, now) } });
  }
  const quoted = fees.kind === 'eip1559' ? fees : { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };
  return unsignedForm({
    ...base,
    fees: {
      kind: 'eip1559',
      maxFeePerGas: bumped(was.maxFeePerGas ?? 0n, quoted.maxFeePerGas),
      maxPriorityFeePerGas: bumped(was.maxPriorityFeePerGas ?? 0n, quoted.maxPriorityFeePerGas),
    },
  });
}
