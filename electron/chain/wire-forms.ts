/** Strict readers of blocks, logs, receipts and transactions as nodes answer them. @see execution-apis */
import type { BlockRef, LogEntry, Receipt, TransactionSeen } from './types.ts';
import { address, array, bytes, hash, quantity, record, smallQuantity } from './wire-values.ts';

/** A block with what fees and simulation need of it. */
export interface WireBlock extends BlockRef {
  /** Wei per gas; null before EIP-1559. */
  readonly baseFeePerGas: bigint | null;
  readonly gasLimit: bigint;
}

/** A block, or null where the node has none. */
export function readBlock(value: unknown): WireBlock | null {
  if (value === null) return null;
  const block = record(value, 'the block');
  const baseFee = block['baseFeePerGas'];
  return {
    number: smallQuantity(block['number'], 'the block number'),
    hash: hash(block['hash'], 'the block hash'),
    time: smallQuantity(block['timestamp'], 'the block time'),
    baseFeePerGas:
      baseFee === undefined || baseFee === null ? null : quantity(baseFee, 'the base fee of the block'),
    gasLimit: quantity(block['gasLimit'], 'the gas limit of the block'),
  };
}

export function toBlockRef({ number, hash, time }: BlockRef): BlockRef {
  return { number, hash, time };
}

export function readLog(value: unknown): LogEntry {
  const log = record(value, 'a log');
  return {
    address: address(log['address'], 'the address of a log'),
    topics: array(log['topics'], 'the topics of a log').map((topic) => hash(topic, 'a topic')),
    data: bytes(log['data'], 'the data of a log'),
    blockNumber: smallQuantity(log['blockNumber'], 'the block number of a log'),
    blockHash: hash(log['blockHash'], 'the block hash of a log'),
    transactionHash: hash(log['transactionHash'], 'the transaction of a log'),
    logIndex: smallQuantity(log['logIndex'], 'the index of a log'),
  };
}

/** Logs as eth_getLogs answers them, without those that a reorg took back. */
export function readLogs(value: unknown): readonly LogEntry[] {
  return array(value, 'the list of logs')
    .filter((log) => record(log, 'a log')['removed'] !== true)
    .map(readLog);
}

/** A receipt; `effectiveGasPrice` is null on nodes that leave it out. */
export interface WireReceipt extends Omit<Receipt, 'effectiveGasPrice'> {
  readonly effectiveGasPrice: bigint | null;
}

/** A receipt, or null while the transaction is not mined. */
export function readReceipt(value: unknown): WireReceipt | null {
  if (value === null) return null;
  const receipt = record(value, 'the receipt');
  const price = receipt['effectiveGasPrice'];
  return {
    hash: hash(receipt['transactionHash'], 'the transaction of the receipt'),
    blockNumber: smallQuantity(receipt['blockNumber'], 'the block number of the receipt'),
    blockHash: hash(receipt['blockHash'], 'the block hash of the receipt'),
    from: address(receipt['from'], 'the sender in the receipt'),
    succeeded: quantity(receipt['status'], 'the status of the receipt') === 1n,
    gasUsed: quantity(receipt['gasUsed'], 'the gas of the receipt'),
    effectiveGasPrice:
      price === undefined || price === null ? null : quantity(price, 'the gas price of the receipt'),
    logs: readLogs(receipt['logs']),
  };
}

/** A transaction, or null where the node knows none. */
export function readTransaction(value: unknown): TransactionSeen | null {
  if (value === null) return null;
  const transaction = record(value, 'the transaction');
  const block = transaction['blockNumber'];
  return {
    hash: hash(transaction['hash'], 'the hash of the transaction'),
    from: address(transaction['from'], 'the sender of the transaction'),
    nonce: smallQuantity(transaction['nonce'], 'the nonce of the transaction'),
    blockNumber:
      block === undefined || block === null ? null : smallQuantity(block, 'the block of the transaction'),
  };
}
