/**
 * A second copy of the node's state. Anvil writes its state file in place, so one killed in the middle leaves half a
 * file that no node reads; the copy is written whole or not at all.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { hexSchema } from '../../shared/values.ts';
import { nodeClient } from './node-client.ts';

const dumpSchema = z.tuple([hexSchema, z.string()]);

export const stateFileOf = (folder: string): string => path.join(folder, 'state.json');
const backupFileOf = (folder: string): string => path.join(folder, 'state.backup.gz');

/** Asks the node for its state and keeps it; `unless` is the block of the last copy. @returns the block kept. */
export async function keepState(url: string, folder: string, unless: string | null): Promise<string> {
  const client = nodeClient(url, 1, 30_000);
  try {
    const block = z.string().parse(await client.send('eth_blockNumber', []));
    if (block === unless) return block;
    const [dump, after] = dumpSchema.parse(
      await Promise.all([client.send('anvil_dumpState', []), client.send('eth_blockNumber', [])]),
    );
    writeWhole(backupFileOf(folder), Buffer.from(dump.slice(2), 'hex'));
    return after;
  } finally {
    client.destroy();
  }
}

/** Puts the copy in place of a state file that is missing or torn; without a copy, what is torn is set aside. */
export function mendState(folder: string): 'sound' | 'mended' | 'none' {
  const file = stateFileOf(folder);
  if (isJson(() => readFileSync(file))) return 'sound';
  if (existsSync(file)) renameSync(file, `${file}.torn`);
  const backup = backupFileOf(folder);
  if (!isJson(() => gunzipSync(readFileSync(backup)))) return 'none';
  writeWhole(file, gunzipSync(readFileSync(backup)));
  return 'mended';
}

export function discardState(folder: string): void {
  for (const file of [stateFileOf(folder), backupFileOf(folder)]) rmSync(file, { force: true });
}

function isJson(read: () => Buffer): boolean {
  try {
    JSON.parse(read().toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function writeWhole(file: string, bytes: Buffer): void {
  writeFileSync(`${file}.new`, bytes, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
