/** The people that a recovery can be for: those of a directory, and those that the chain alone knows. */
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';
import { chainParticipant } from './chain-only.ts';
import { checkedDirectory } from './checked-directory.ts';
import type { ParticipantDirectory } from './directory.ts';

/** What one call to a directory may take: it is worked with while somebody waits, and beside the chain. */
const CALL_SECONDS = 20;

export interface KnownPeople {
  /** null: there is none, and a person is known by the on-chain identity alone. Its answers are checked. */
  directory(): ParticipantDirectory | null;
  /** The person as the chain knows them. */
  fromChain(wallet: Address, identity: Address | null): Participant;
}

/** @param directoryNow asked each time: people may be imported while a network is worked on. */
export function peopleOf(directoryNow: () => ParticipantDirectory | null, chainId: number): KnownPeople {
  return {
    directory() {
      const directory = directoryNow();
      return directory === null ? null : checkedDirectory(directory, CALL_SECONDS);
    },
    fromChain: (wallet, identity) => chainParticipant(chainId, wallet, identity),
  };
}
