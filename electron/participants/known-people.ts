/** The people that a recovery can be for: those of a directory, and those that the chain alone knows. */
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';
import { chainParticipant } from './chain-only.ts';
import type { PeopleList } from './people-list.ts';

export interface KnownPeople {
  /** Whether there is a directory; without one a person is known by the on-chain identity alone. */
  readonly hasDirectory: boolean;
  get(id: string): Participant | null;
  findByWallet(wallet: Address): Participant | null;
  /** The person as the chain knows them. */
  fromChain(wallet: Address, identity: Address | null): Participant;
}

export function peopleOf(directory: PeopleList | null, chainId: number): KnownPeople {
  return {
    hasDirectory: directory !== null,
    get: (id) => directory?.get(id) ?? null,
    findByWallet: (wallet) => directory?.findByWallet(wallet) ?? null,
    fromChain: (wallet, identity) => chainParticipant(chainId, wallet, identity),
  };
}
