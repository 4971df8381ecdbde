/** The people a desk knows, whatever keeps their records. Read-only: recoveries report, adapters carry over. */
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';

export interface ParticipantDirectory {
  get(id: string): Participant | null;
  /** The one participant that a wallet belongs to. */
  findByWallet(address: Address): Participant | null;
  /** Everybody, in the order of the directory. */
  all(): readonly Participant[];
}
