/** A practice network seen through the SMART family: the system, a view at the head, and hands to change what is there. */
import { scanLogs } from '../../electron/chain/log-scan.ts';
import type { Chain } from '../../electron/chain/types.ts';
import type { ChainView, RecoverySystem } from '../../electron/protocols/recovery-protocol.ts';
import { smartProtocol } from '../../electron/protocols/smart/smart-protocol.ts';
import type { SeededPerson } from '../../electron/practice/practice-seed.ts';
import type { Address } from '../../shared/address.ts';
import type { Hex } from '../../shared/values.ts';
import { openTestChain } from './open-test-chain.ts';
import { practiceActs } from './practice-acts.ts';
import type { PracticeActs } from './practice-acts.ts';
import { openPracticeDesk } from './practice-desk.ts';
import type { PracticeDesk } from './practice-desk.ts';

export interface SmartScene {
  readonly desk: PracticeDesk;
  readonly acts: PracticeActs;
  readonly chain: Chain;
  readonly system: RecoverySystem;
  /** Pinned to the head, with every log up to it. */
  view(): Promise<ChainView>;
  person(id: string): SeededPerson & { readonly lostWallet: Address; readonly oldIdentity: Address };
  /** One of the person's wallets beside the lost one. */
  further(id: string, says: SeededPerson['further'][number]['says']): SeededPerson['further'][number];
  /** The platform's administrator calls the identity registry. */
  registry(method: string, ...args: readonly unknown[]): Promise<void>;
  /** The transaction mined last. */
  lastTransaction(): Promise<Hex>;
  close(): Promise<void>;
}

export async function openSmartScene(): Promise<SmartScene> {
  const desk = await openPracticeDesk();
  const acts = practiceActs(desk);
  const chain = await openTestChain([desk.network.node.url], { profile: { finality: 'instant' } });
  const system = await smartProtocol.openSystem(await chain.pin(), desk.network.profile);
  const memory = { load: () => null, save: () => undefined };
  return {
    desk,
    acts,
    chain,
    system,
    async view() {
      const reader = await chain.pin();
      const range = { fromBlock: 0, toBlock: reader.block.number };
      return {
        reader,
        scan: (key, filter) => scanLogs({ chain, memory, key, filter, ...range }),
      };
    },
    person(id) {
      const { lostWallet, oldIdentity, ...person } = desk.person(id);
      if (lostWallet === null || oldIdentity === null) throw new Error(`${id} has no wallet`);
      return { ...person, lostWallet, oldIdentity };
    },
    further(id, says) {
      const found = desk.person(id).further.find((wallet) => wallet.says === says);
      if (found === undefined) throw new Error(`${id} has no such wallet`);
      return found;
    },
    registry: (method, ...args) =>
      acts.act(
        'platform-admin',
        'IdentityRegistry',
        desk.network.seed.contracts.identityRegistry,
        method,
        args,
      ),
    async lastTransaction() {
      const block = await desk.provider.getBlock('latest');
      return (block?.transactions.at(-1) ?? '0x') as Hex;
    },
    async close() {
      await chain.close();
      await desk.close();
    },
  };
}
