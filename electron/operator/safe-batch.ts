/**
 * A plan's calls as a batch file of Safe's Transaction Builder, for rights that a Safe holds. Pure: it reads and writes
 * nothing. The batch has no nonce and no gas: the Safe's owners give these when they execute it.
 */
import { keccak256, toUtf8Bytes } from 'ethers';
import type { Address } from '../../shared/address.ts';
import type { Json } from '../../shared/canonical.ts';
import type { Hex } from '../../shared/values.ts';
import type { HandedOutCalls } from './needs.ts';

export interface SafeBatch {
  readonly version: '1.0';
  /** Decimal. */
  readonly chainId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly meta: {
    readonly name: string;
    readonly description: string;
    readonly txBuilderVersion: string;
    readonly createdFromSafeAddress: Address;
    readonly createdFromOwnerAddress: '';
    /** By it the builder tells whether the file was changed since. */
    readonly checksum: Hex;
  };
  readonly transactions: readonly {
    readonly to: Address;
    /** Wei, decimal. */
    readonly value: string;
    readonly data: Hex;
    /** With calldata given, the builder asks for no description of the function. */
    readonly contractMethod: null;
    readonly contractInputsValues: null;
  }[];
}

/** The version of the Transaction Builder that reads files of this form. */
const BUILDER_VERSION = '1.18.0';

/** In the order of the plan; the Safe executes them in one transaction, all or none. */
export function safeBatch(
  { planDigest, chainId, signer, steps }: HandedOutCalls,
  createdAt: Date,
): SafeBatch {
  const batch = {
    version: '1.0' as const,
    chainId: String(chainId),
    createdAt: createdAt.getTime(),
    meta: {
      name: 'Recovery Desk',
      description: `Plan ${planDigest}: ${steps.length} calls. Compare the digest with the plan that was confirmed.`,
      txBuilderVersion: BUILDER_VERSION,
      createdFromSafeAddress: signer,
      createdFromOwnerAddress: '' as const,
    },
    transactions: steps.map(({ call }) => ({
      to: call.to,
      value: call.value ?? '0',
      data: call.data,
      contractMethod: null,
      contractInputsValues: null,
    })),
  };
  return { ...batch, meta: { ...batch.meta, checksum: batchChecksum(batch) } };
}

/**
 * The checksum of a batch without its own: keccak256 of a text of its values. Its name does not count, as people rename
 * batches.
 * @see safe-global, Transaction Builder, checksum of batch files
 */
export function batchChecksum(batch: {
  readonly [key: string]: Json;
  readonly meta: { readonly [key: string]: Json };
}): Hex {
  const counted = { ...batch, meta: { ...batch.meta, name: null } };
  return keccak256(toUtf8Bytes(textOf(counted))) as Hex;
}

/** Of an object: the list of its sorted keys, then the values in that order, each with a comma after it. */
function textOf(value: Json): string {
  if (isList(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const keys = JSON.stringify(entries.map(([key]) => key));
  return `{${keys}${entries.map(([, entry]) => `${textOf(entry)},`).join('')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
