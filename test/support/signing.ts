/** Unsigned transactions, and a key to sign them with, for tests of signers. */
import { SigningKey, Transaction, Wallet } from 'ethers';
import type { TransactionLike } from 'ethers';
import { OpenKey } from '../../electron/operator/keystore.ts';
import { toAddress } from '../../shared/address.ts';
import type { Hex } from '../../shared/values.ts';

/** Public knowledge: for tests alone. */
const KEY = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';
const OTHER_KEY = `0x${'5b'.repeat(32)}`;

export const account = new Wallet(KEY);
export const otherAccount = new Wallet(OTHER_KEY);
export const ADDRESS = toAddress(account.address);
export const OTHER_ADDRESS = toAddress(otherAccount.address);
export const CHAIN_ID = 31_337;
export const CONTRACT = toAddress('0x1111111111111111111111111111111111111111');

export const LEGACY: TransactionLike = { type: 0, gasPrice: 1_000_000_000n };
export const LISTED: TransactionLike = { type: 1, gasPrice: 1_000_000_000n, accessList: [] };
export const DYNAMIC: TransactionLike = { type: 2, maxFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 1n };

export const TYPES: readonly (readonly [string, TransactionLike])[] = [
  ['legacy', LEGACY],
  ['EIP-2930', LISTED],
  ['EIP-1559', DYNAMIC],
];

export const openKey = (): OpenKey => new OpenKey(new SigningKey(KEY));

export function unsignedTransaction(parts: TransactionLike): Transaction {
  const base = { to: CONTRACT, data: '0x2406dfc6', nonce: 7, gasLimit: 300_000n, chainId: CHAIN_ID };
  return Transaction.from({ ...base, ...parts });
}

export function unsigned(parts: TransactionLike): Hex {
  return unsignedTransaction(parts).unsignedSerialized as Hex;
}

export function signedBy(wallet: Wallet, text: Hex): Hex {
  const transaction = Transaction.from(text);
  transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
  return transaction.serialized as Hex;
}

/** Each field of the transaction by another value: the answers of a signer that signs something else. */
export function alterations(of: Transaction): readonly (readonly [string, Transaction])[] {
  const changed = (change: (transaction: Transaction) => void): Transaction => {
    const copy = of.clone();
    change(copy);
    return copy;
  };
  const fees: readonly (readonly [string, Transaction])[] =
    of.type === 2
      ? [
          ['highest fee', changed((tx) => (tx.maxFeePerGas = (tx.maxFeePerGas ?? 0n) + 1n))],
          ['priority fee', changed((tx) => (tx.maxPriorityFeePerGas = (tx.maxPriorityFeePerGas ?? 0n) + 1n))],
        ]
      : [['gas price', changed((tx) => (tx.gasPrice = (tx.gasPrice ?? 0n) + 1n))]];
  return [
    ['chain', changed((tx) => (tx.chainId += 1n))],
    ['nonce', changed((tx) => (tx.nonce += 1))],
    ['contract', changed((tx) => (tx.to = otherAccount.address))],
    ['value', changed((tx) => (tx.value = 1n))],
    ['calldata', changed((tx) => (tx.data = `${tx.data.slice(0, -2)}c7`))],
    ['gas limit', changed((tx) => (tx.gasLimit += 1n))],
    ...fees,
  ];
}
