/**
 * The embedded practice network: a real node with real contracts and seeded people, and the files the desk needs to
 * work on it. It must never be mistaken for a real one: its profile says `practice`, and all its keys are public.
 */
import { rmSync } from 'node:fs';
import type { FeeKind, NetworkProfile } from '../../shared/network-profile.ts';
import { practiceFiles, readPracticeSeed, writePracticeFiles } from './practice-files.ts';
import type { PracticeFiles } from './practice-files.ts';
import { startPracticeNode } from './practice-node.ts';
import type { PracticeNode, PracticeNodeOptions } from './practice-node.ts';
import type { PracticeSeed } from './practice-seed.ts';
import { seedPracticeNetwork } from './seed.ts';

/** What the profile says of finality; `instant` where nothing is said. */
export type PracticeFinality = 'instant' | 'finalized' | { readonly confirmations: number };

export interface PracticeNetworkOptions extends PracticeNodeOptions {
  /** So many more tokens, all on one more person's wallet. Counts when the network is set up, not later. */
  readonly tokens?: number;
  readonly finality?: PracticeFinality;
  /** What the profile says of fees. With `zero` the node asks no price for gas. */
  readonly fees?: FeeKind;
}

export interface PracticeNetwork {
  readonly node: PracticeNode;
  readonly seed: PracticeSeed;
  readonly profile: NetworkProfile;
  /** Absolute paths of what was laid out in the folder. */
  readonly files: PracticeFiles;
  /** Whether it was set up by this call; otherwise an earlier one goes on. */
  readonly fresh: boolean;
  /** Ends the node and waits until it is gone. */
  close(): Promise<void>;
}

/**
 * Opens the practice network of a folder: goes on with the one that is there, or sets one up.
 * @throws DeskError PRACTICE_UNAVAILABLE
 */
export async function openPracticeNetwork(options: PracticeNetworkOptions): Promise<PracticeNetwork> {
  const files = practiceFiles(options.folder);
  const found = await startPracticeNode({ ...options, freeGas: options.fees === 'zero' });
  const earlier = found.continued ? readPracticeSeed(files.seed) : null;
  if (earlier !== null && earlier.firstBlockHash === found.firstBlockHash) {
    return layOut(found, earlier, files, options, false);
  }
  // A set-up that was cut short, or a chain that the files do not speak of.
  const node = found.continued ? await found.startOver() : found;
  try {
    rmSync(files.seed, { force: true });
    const blockTime = options.blockTime ?? null;
    const seed = await seedPracticeNetwork({
      url: node.url,
      options: { tokens: options.tokens ?? 0, blockTime },
    });
    await node.keepState();
    return await layOut(node, seed, files, options, true);
  } catch (error) {
    await node.stop();
    throw error;
  }
}

async function layOut(
  node: PracticeNode,
  seed: PracticeSeed,
  files: PracticeFiles,
  options: PracticeNetworkOptions,
  fresh: boolean,
): Promise<PracticeNetwork> {
  const profile = profileOf(node, seed, options);
  await writePracticeFiles(files, profile, seed);
  return { node, seed, profile, files, fresh, close: () => node.stop() };
}

function profileOf(
  node: PracticeNode,
  seed: PracticeSeed,
  { finality = 'instant', fees }: PracticeNetworkOptions,
): NetworkProfile {
  return {
    name: 'Practice network',
    chainId: seed.chainId,
    rpcUrls: [node.url],
    protocol: 'smart',
    system: seed.contracts.system,
    walletFactory: seed.walletFactory,
    fromBlock: seed.fromBlock,
    ...(typeof finality === 'string' ? { finality } : { confirmations: finality.confirmations }),
    ...(fees === undefined ? {} : { fees }),
    practice: true,
  };
}
