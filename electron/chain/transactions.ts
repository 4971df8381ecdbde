/** Transactions and their receipts, and the count of those that an address has sent. */
import type { Address } from '../../shared/address.ts';
import type { Hex } from '../../shared/values.ts';
import { garbage } from './chain-errors.ts';
import type { Endpoints } from './endpoints.ts';
import type { NonceView, Receipt, TransactionSeen } from './types.ts';
import { readReceipt, readTransaction } from './wire-forms.ts';
import { quantity, record, smallQuantity } from './wire-values.ts';

/** The price a transaction named itself, for nodes from before EIP-1559 that leave it out of the receipt. */
async function ownGasPrice(endpoints: Endpoints, hash: Hex): Promise<bigint> {
  const answer = record(await endpoints.read('eth_getTransactionByHash', [hash]), 'the transaction');
  return quantity(answer['gasPrice'], 'the gas price of the transaction');
}

/** The receipt, or null while the transaction is not mined. */
export async function fetchReceipt(endpoints: Endpoints, hash: Hex): Promise<Receipt | null> {
  const receipt = readReceipt(await endpoints.read('eth_getTransactionReceipt', [hash]));
  if (receipt === null) return null;
  if (receipt.hash !== hash.toLowerCase()) throw garbage('it holds the receipt of another transaction');
  const effectiveGasPrice = receipt.effectiveGasPrice ?? (await ownGasPrice(endpoints, hash));
  return { ...receipt, effectiveGasPrice };
}

export async function fetchTransaction(endpoints: Endpoints, hash: Hex): Promise<TransactionSeen | null> {
  const transaction = readTransaction(await endpoints.read('eth_getTransactionByHash', [hash]));
  if (transaction !== null && transaction.hash !== hash.toLowerCase()) {
    throw garbage('it holds another transaction than asked for');
  }
  return transaction;
}

export async function fetchNonces(endpoints: Endpoints, address: Address): Promise<NonceView> {
  const [latest, pending] = await Promise.all(
    ['latest', 'pending'].map((tag) => endpoints.read('eth_getTransactionCount', [address, tag])),
  );
  return {
    latest: smallQuantity(latest, 'the transaction count'),
    pending: smallQuantity(pending, 'the pending transaction count'),
  };
}
