/** Finds the folder a node may work in, and judges what an earlier owner left there. */
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { adoptAnvil, isAnvilOf } from './anvil-process.ts';
import { isRunning } from './process-identity.ts';
import { askIdentity } from './node-client.ts';
import { readNodeRecord } from './node-record.ts';
import type { NodeRecord } from './node-record.ts';
import { urlOf } from './node-start.ts';
import type { RunningNode } from './node-start.ts';
import type { PracticeNodeEvent } from './node-supervisor.ts';
import { practiceUnavailable } from './practice-failure.ts';
import { stateFileOf } from './state-backup.ts';
import { tryLockFolder } from './state-lock.ts';
import type { StateLock } from './state-lock.ts';

export interface NodeFolder {
  readonly folder: string;
  readonly lock: StateLock;
  readonly record: NodeRecord | null;
  /** A node of this folder that lost its owner and is surely the recorded one. */
  readonly orphan: RunningNode | null;
}

const ASK_MS = 3_000;
const MOST_FOLDERS = 9;

/** Takes the first folder whose state nobody else works on. @throws DeskError PRACTICE_UNAVAILABLE when it has an owner. */
export async function takeNodeFolder(
  base: string,
  onEvent: (event: PracticeNodeEvent) => void,
): Promise<NodeFolder> {
  for (let count = 1; count <= MOST_FOLDERS; count += 1) {
    const folder = path.join(base, count === 1 ? 'node' : `node-${count}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const lock = tryLockFolder(folder);
    if (lock === null) throw inUse(base);
    try {
      const record = readNodeRecord(folder);
      const orphan = record === null ? null : await judge(folder, record);
      if (orphan !== 'unknown') return { folder, lock, record, orphan };
    } catch (error) {
      lock.release();
      throw error;
    }
    lock.release();
    onEvent({ kind: 'left_alone', folder });
  }
  throw inUse(base);
}

/** `unknown`: something runs that may work on this state and is not surely the recorded node. It is left alone. */
async function judge(folder: string, record: NodeRecord): Promise<RunningNode | null | 'unknown'> {
  const { pid, port, firstBlockHash } = record;
  const url = urlOf(port);
  const stateFile = stateFileOf(folder);
  if (pid === null) return (await askIdentity(url, ASK_MS)) === null ? null : 'unknown';
  if (!isRunning(pid) || !isAnvilOf(pid, stateFile)) return null;
  const identity = await askIdentity(url, ASK_MS);
  const same =
    identity !== null &&
    identity.chainId === record.chainId &&
    identity.firstBlockHash === firstBlockHash &&
    identity.accounts.includes(record.mark);
  if (!same || firstBlockHash === null) return 'unknown';
  return { process: adoptAnvil(pid, stateFile), url, port, firstBlockHash };
}

function inUse(folder: string): Error {
  return practiceUnavailable(
    `Another Recovery Desk on this machine runs its practice network in ${folder}.`,
    'End that one first, or name another data folder.',
  );
}
