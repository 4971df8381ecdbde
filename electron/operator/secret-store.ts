/** Where secrets are kept apart from the data folder: the keychain of the operating system. */

export interface SecretStore {
  /** The secret, which the caller wipes; null where the store works and has no such entry. */
  read(account: string): Promise<Uint8Array | null>;
  /** Writes it, reads it back and compares. An entry of that name is replaced. The caller wipes `secret`. */
  write(account: string, secret: Uint8Array): Promise<void>;
  /** Whether there was an entry. Once this returns there is none: it was looked for. */
  remove(account: string): Promise<boolean>;
}
