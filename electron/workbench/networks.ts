/** The network profiles that a desk keeps, and whether each can be used. */
import { randomUUID } from 'node:crypto';
import { loadNetworkProfile } from '../policy/load-network-profile.ts';
import { PRACTICE_ID, PRACTICE_NAME } from '../policy/desk-settings.ts';
import type { DeskSettings } from '../policy/desk-settings.ts';
import type { NetworkCheck, NetworkEntry } from '../../shared/desk-state.ts';
import { asDeskError, DeskError } from '../../shared/errors.ts';
import type { Connected } from '../desk.ts';

type Kept = DeskSettings['networks'][number];

function entryOf({ id, file }: Kept, chosen: boolean): NetworkEntry {
  try {
    const { profile } = loadNetworkProfile(file);
    const { name, chainId, practice = false } = profile;
    return { id, name, chainId, practice, file, chosen, problem: null };
  } catch (thrown) {
    const problem = asDeskError(thrown).toJSON();
    return { id, name: file, chainId: null, practice: false, file, chosen, problem };
  }
}

/** What is kept, in the order in which it was added; the practice network while it is the chosen one. */
export function networkEntries(settings: DeskSettings): NetworkEntry[] {
  const kept = settings.networks.map((network) => entryOf(network, network.id === settings.chosen));
  if (settings.chosen !== PRACTICE_ID) return kept;
  const practice: NetworkEntry = {
    id: PRACTICE_ID,
    name: PRACTICE_NAME,
    chainId: null,
    practice: true,
    file: null,
    chosen: true,
    problem: null,
  };
  return [...kept, practice];
}

/** @throws DeskError NETWORK_UNKNOWN */
export function networkOf(settings: DeskSettings, id: string): Kept {
  const found = settings.networks.find((network) => network.id === id);
  if (found !== undefined) return found;
  throw new DeskError('NETWORK_UNKNOWN', {
    message: 'There is no such network profile on this desk.',
    remedy: 'Add the profile in the settings.',
    retry: 'never',
  });
}

/** Adds a profile, once. @throws DeskError PROFILE_* for a file that can't be used: then nothing is added. */
export function withNetwork(
  settings: DeskSettings,
  file: string,
): { readonly settings: DeskSettings; readonly id: string } {
  loadNetworkProfile(file);
  const known = settings.networks.find((network) => network.file === file);
  if (known !== undefined) return { settings, id: known.id };
  const id = randomUUID();
  const networks = [...settings.networks, { id, file, participants: null }];
  return { settings: { ...settings, networks }, id };
}

/** What a connected network consists of. */
export async function checkNetwork({ context, chain }: Connected): Promise<NetworkCheck> {
  const reader = await chain.pin();
  const system = await context.protocol.openSystem(reader, context.profile);
  const [final, fees, simulation] = await Promise.all([chain.finalHead(), chain.fees(), chain.canSimulate()]);
  return {
    name: context.profile.name,
    chainId: chain.chainId,
    protocol: context.protocol.kind,
    block: reader.block.number,
    finalBlock: final?.number ?? null,
    fees: fees.kind,
    simulation,
    parts: [
      { name: 'system', address: system.system },
      ...Object.entries(system.parts).map(([name, address]) => ({ name, address })),
    ],
  };
}
