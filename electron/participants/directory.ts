/**
 * Participants: the people a desk knows, and what they get in with, whatever keeps the records. One interface, one
 * adapter a file or folder below this room. Never a pretence: what a directory cannot do it says, and it never touches
 * the chain.
 */
import type { Address } from '../../shared/address.ts';
import type { Access, Capabilities, DirectoryEffect, DirectoryPage } from '../../shared/directory.ts';
import type { Participant } from '../../shared/participant.ts';

/** Gives a call up. Adapters over a connection have a time limit of their own beside it: DIRECTORY_TIMEOUT. */
export interface DirectoryCall {
  readonly signal?: AbortSignal | undefined;
}

export interface DirectorySearch {
  /** Part of a name, an id or a wallet; empty for everybody. */
  readonly text: string;
  /** At most this many of a page, 1000 the most. */
  readonly limit: number;
  /** Where the page before ended; null for the first one. */
  readonly after: string | null;
}

/** A lost wallet, and the one that stands for it now. */
export interface WalletLink {
  readonly lost: Address;
  readonly replacement: Address;
  /** Whether the replacement becomes the effective wallet, or one more of the person's. */
  readonly effective: boolean;
}

/**
 * Every call may throw DIRECTORY_DOWN, DIRECTORY_TIMEOUT, DIRECTORY_GARBAGE, DIRECTORY_UNAUTHORISED,
 * DIRECTORY_WRONG_PERSON. The effects are idempotent, throw PARTICIPANT_NOT_FOUND for somebody unknown, and do as
 * much as their capability says: where that is `cannot`, nothing, with the counts left out and what still works told.
 */
export interface ParticipantDirectory {
  /** What keeps the records: `local`, `file`, `better-auth`, `keycloak`. */
  readonly kind: string;
  capabilities(call?: DirectoryCall): Promise<Capabilities>;
  get(id: string, call?: DirectoryCall): Promise<Participant | null>;
  /** The one participant that a wallet belongs to. */
  findByWallet(address: Address, call?: DirectoryCall): Promise<Participant | null>;
  /** In the order of the directory. */
  search(wanted: DirectorySearch, call?: DirectoryCall): Promise<DirectoryPage>;
  /** What the person gets in with. @throws PARTICIPANT_NOT_FOUND */
  access(id: string, call?: DirectoryCall): Promise<Access>;
  revokeSessions(id: string, call?: DirectoryCall): Promise<DirectoryEffect>;
  /** Second factors, passkeys, API keys and wallet verifications, as far as the directory can. */
  resetFactors(id: string, call?: DirectoryCall): Promise<DirectoryEffect>;
  holdSignIn(id: string, call?: DirectoryCall): Promise<DirectoryEffect>;
  releaseSignIn(id: string, call?: DirectoryCall): Promise<DirectoryEffect>;
  /**
   * Makes the replacement a wallet of the person, or the effective one; the lost one stays on record, marked as lost, and
   * is effective no more. Other wallets are as they were, but for which of them is effective.
   * @throws DIRECTORY_WALLET_TAKEN the replacement, or the lost wallet, is somebody else's.
   */
  linkWallet(id: string, link: WalletLink, call?: DirectoryCall): Promise<DirectoryEffect>;
}
