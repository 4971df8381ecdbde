/** What a node folder remembers of the node that was last started in it, so that a later start can judge an orphan. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { addressSchema } from '../../shared/address-schema.ts';
import { hash32Schema } from '../../shared/values.ts';

const recordSchema = z.strictObject({
  /** null between the decision to start and the start: what runs then is not known. */
  pid: z.int().positive().nullable(),
  port: z.int().positive(),
  chainId: z.int().positive(),
  /** null until the node has first answered. */
  firstBlockHash: hash32Schema.nullable(),
  /** An account that only this one process lists. It never holds anything. */
  mark: addressSchema,
  /** What the node was started for: another wish means another start. */
  settings: z.string(),
});

export type NodeRecord = z.output<typeof recordSchema>;

/** The record, or null where there is none that can be read. */
export function readNodeRecord(folder: string): NodeRecord | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path.join(folder, 'node.json'), 'utf8')));
  } catch {
    return null;
  }
}

export function writeNodeRecord(folder: string, record: NodeRecord): void {
  const file = path.join(folder, 'node.json');
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
