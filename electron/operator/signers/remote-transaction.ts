/**
 * A transaction as remote signers are asked to sign it. Every field that is signed is sent, so that the signer fills in
 * none of its own; what it makes of them is compared byte for byte afterwards.
 * @see Ethereum JSON-RPC `eth_signTransaction`; Web3Signer, "JSON-RPC API"; Clef, "External API", `account_signTransaction`
 */
import { toQuantity } from 'ethers';
import type { Transaction } from 'ethers';
import type { Address } from '../../../shared/address.ts';
import type { Json } from '../../../shared/canonical.ts';

/**
 * `data` and `input` hold the same bytes: Web3Signer takes `data` first and Clef `input`, older signers know only the
 * one or the other, and Clef refuses them only where they differ. `chainId` is what Clef compares with its own;
 * Web3Signer signs for the chain it was started with, whatever is sent.
 * There is no `type`: both tell the type from the fields that are there. Web3Signer knows no access lists, so it cannot
 * sign EIP-2930 transactions; the desk itself makes none.
 */
export function remoteForm(transaction: Transaction, from: Address): Json {
  const { to, data, accessList } = transaction;
  const listed = transaction.type === 1 || (accessList !== null && accessList.length > 0);
  return {
    from,
    ...(to === null ? {} : { to }),
    gas: toQuantity(transaction.gasLimit),
    ...feesOf(transaction),
    value: toQuantity(transaction.value),
    nonce: toQuantity(transaction.nonce),
    data,
    input: data,
    ...(listed ? { accessList: (accessList ?? []).map((entry) => ({ ...entry })) } : {}),
    chainId: toQuantity(transaction.chainId),
  };
}

function feesOf({ type, gasPrice, maxFeePerGas, maxPriorityFeePerGas }: Transaction): Record<string, string> {
  if (type !== 2) return { gasPrice: toQuantity(gasPrice ?? 0n) };
  return {
    maxFeePerGas: toQuantity(maxFeePerGas ?? 0n),
    maxPriorityFeePerGas: toQuantity(maxPriorityFeePerGas ?? 0n),
  };
}
