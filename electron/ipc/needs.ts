/** What dispatch needs to know of the rest of the desk. */

/** Rights of whoever is signed in now, as last read from the chain. */
export interface Rights {
  signedIn(): boolean;
  identityManager(): boolean;
  custodian(): boolean;
  /** Whether the recovery was begun with the key that is signed in. */
  initiatorOf(recoveryId: string): boolean;
  /** Whether the key that is signed in signs a part of the recovery, all of it included. */
  partyOf(recoveryId: string): boolean;
}

/** Holds the desk in place of a recovery's id, from the confirmation until there is one. */
export const BEING_BEGUN = 'being begun';

export interface Lock {
  /** The recovery that holds the desk, or that one is being begun; null for none. */
  heldBy(): string | null;
  /** Whether nobody is known to be at the desk: it is hidden or locked, and nothing of people is told. */
  closed(): boolean;
}

/** The page that asks, as the runtime knows it: never as the page says itself. */
export interface Sender {
  /** `scheme://host` of the frame. */
  readonly origin: string;
  /** Whether it is the top frame of its window. */
  readonly top: boolean;
}
