/**
 * The practice network's node: a real one, on the loopback interface, with its state in a folder of its own.
 * It must never be shared by two owners, never outlive an orderly exit, and never end a process that is not its own.
 */
import path from 'node:path';
import { mkdirSync } from 'node:fs';
import type { Hex } from '../../shared/values.ts';
import { DeskError } from '../../shared/errors.ts';
import { findAnvil } from './anvil-binary.ts';
import { practiceUnavailable } from './practice-failure.ts';
import { settingsOf, startOnPort } from './node-start.ts';
import type { NodeSettings, RunningNode } from './node-start.ts';
import { supervise } from './node-supervisor.ts';
import type { PracticeNodeEvent, Supervisor } from './node-supervisor.ts';
import { takeNodeFolder } from './node-folder.ts';
import type { NodeFolder } from './node-folder.ts';
import { discardState, mendState } from './state-backup.ts';

export type { PracticeNodeEvent } from './node-supervisor.ts';

export interface PracticeNodeOptions {
  /** The practice network's folder; the node keeps to a folder inside it. */
  readonly folder: string;
  readonly chainId?: number;
  /** Seconds from block to block; null (the default) mines each transaction at once. */
  readonly blockTime?: number | null;
  /** Blocks until `finalized` moves on, half of the distance to it. Default 32, as on Ethereum. */
  readonly slotsInAnEpoch?: number;
  /** Gas without a price, as on some permissioned networks. */
  readonly freeGas?: boolean;
  readonly onEvent?: (event: PracticeNodeEvent) => void;
}

export interface PracticeNode extends Supervisor {
  readonly url: string;
  readonly port: number;
  readonly chainId: number;
  readonly firstBlockHash: Hex;
  /** Where this node keeps state, record and log. */
  readonly folder: string;
  /** Whether the chain was there before: its state was found, or its node still ran. */
  readonly continued: boolean;
  /** Whether a node that an earlier owner left running was taken over. */
  readonly adopted: boolean;
  /** Forgets the chain: stops this node and starts a new one with nothing on it, in the same folder. */
  startOver(): Promise<PracticeNode>;
}

const DEFAULT_CHAIN_ID = 31337;

/**
 * Starts the node of a folder, or takes over the one that still runs for it.
 * @throws DeskError PRACTICE_UNAVAILABLE when the folder is in use, the program is missing, or the node does not start.
 */
export async function startPracticeNode(options: PracticeNodeOptions): Promise<PracticeNode> {
  const binary = findAnvil();
  const onEvent = options.onEvent ?? (() => undefined);
  mkdirSync(path.join(options.folder), { recursive: true, mode: 0o700 });
  const home = await takeNodeFolder(options.folder, onEvent);
  try {
    const settings: NodeSettings = {
      binary,
      folder: home.folder,
      chainId: options.chainId ?? DEFAULT_CHAIN_ID,
      blockTime: options.blockTime ?? null,
      slotsInAnEpoch: options.slotsInAnEpoch ?? 32,
      freeGas: options.freeGas ?? false,
    };
    const { running, adopted, continued } = await adoptOrStart(home, settings);
    if (adopted) onEvent({ kind: 'adopted', pid: running.process.pid });
    const supervisor = supervise(running, settings, onEvent, () => {
      home.lock.release();
    });
    return {
      ...supervisor,
      // The spread would freeze the pid of today: it changes with each restart.
      get pid() {
        return supervisor.pid;
      },
      url: running.url,
      port: running.port,
      chainId: settings.chainId,
      firstBlockHash: running.firstBlockHash,
      folder: home.folder,
      continued,
      adopted,
      startOver: async () => {
        await supervisor.stop();
        discardState(home.folder);
        return startPracticeNode(options);
      },
    };
  } catch (error) {
    home.lock.release();
    throw error instanceof DeskError ? error : couldNotStart(home.folder, error);
  }
}

interface Start {
  readonly running: RunningNode;
  readonly adopted: boolean;
  readonly continued: boolean;
}

async function adoptOrStart(home: NodeFolder, settings: NodeSettings): Promise<Start> {
  const { orphan, record } = home;
  if (orphan !== null && record?.settings === settingsOf(settings)) {
    return { running: orphan, adopted: true, continued: true };
  }
  if (orphan !== null) await orphan.process.stop();
  const continued = mendState(home.folder) !== 'none';
  const running = await startOnPort(settings, record?.port ?? 0, 'any');
  return { running, adopted: false, continued };
}

function couldNotStart(folder: string, cause: unknown): DeskError {
  return practiceUnavailable(
    `The practice network could not start in ${folder}.`,
    'Check that the folder can be written to and the disk is not full, then try again.',
    cause,
  );
}
