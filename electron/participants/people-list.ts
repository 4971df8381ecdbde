/** Everybody of a participants file, at hand at once. */
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';

export interface PeopleList {
  get(id: string): Participant | null;
  /** The one participant that a wallet belongs to. */
  findByWallet(address: Address): Participant | null;
  /** Everybody, in the order of the file. */
  all(): readonly Participant[];
}
