/** What log scans have read already, so that the next one starts where the last ended. A cache: losing it costs time. */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { canonicalText } from '../../shared/canonical.ts';
import { hash32Schema, hexSchema } from '../../shared/values.ts';
import type { Hex } from '../../shared/values.ts';
import { addressColumn, integerColumn, jsonColumnOf } from './columns.ts';
import type { Store } from './database.ts';

/** A log as a node answers it. */
export interface ScannedLog {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: number;
}

export interface ScannedRange {
  /** Last block scanned. */
  readonly scannedTo: number;
  /** Its hash: the memory counts only while the chain still has this block. */
  readonly scannedHash: Hex;
  readonly logs: readonly ScannedLog[];
}

const logSchema = z.lazy(() =>
  z.object({
    address: addressColumn,
    topics: z.array(hash32Schema),
    data: hexSchema,
    blockNumber: integerColumn,
    blockHash: hash32Schema,
    transactionHash: hash32Schema,
    logIndex: integerColumn,
  }),
);

const rowSchema = z.lazy(() =>
  z.object({
    scannedTo: integerColumn,
    scannedHash: hash32Schema,
    logs: jsonColumnOf(z.array(logSchema)),
  }),
);

/** The memory of log scans by key; a save replaces what the key held. */
export function scanMemory(store: Store) {
  return {
    load: (key: string): ScannedRange | null =>
      store.row(rowSchema, 'SELECT * FROM scanMemory WHERE key = :key', { key }),
    save(key: string, { scannedTo, scannedHash, logs }: ScannedRange): void {
      store.run(
        `INSERT INTO scanMemory (key, scannedTo, scannedHash, logs)
         VALUES (:key, :scannedTo, :scannedHash, :logs)
         ON CONFLICT (key) DO UPDATE SET scannedTo = :scannedTo, scannedHash = :scannedHash, logs = :logs`,
        { key, scannedTo, scannedHash, logs: canonicalText(logs) },
      );
    },
  };
}
