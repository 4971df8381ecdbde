/** What the participants room needs of rooms on its own level; the entries (window, terminal) hand it in. */

/** Where secrets are kept apart from the data folder: the operator room's keychain. */
export interface DirectorySecrets {
  /** The secret, which the caller wipes; null where there is none of that name. */
  read(account: string): Promise<Uint8Array | null>;
  write(account: string, secret: Uint8Array): Promise<void>;
  /** Whether there was one. */
  remove(account: string): Promise<boolean>;
}
