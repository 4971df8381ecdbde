/** What is typed of a person, and what main is asked to keep of it. */

export interface PersonDraft {
  readonly name: string;
  /** One on each line. */
  readonly wallets: string;
  readonly effective: string;
}

export interface PersonEdit {
  readonly name: string | null;
  readonly wallets: string[];
  readonly effectiveWallet: string | null;
}

/** Main says what of it is no address. */
export function editOf({ name, wallets, effective }: PersonDraft): PersonEdit {
  const orNone = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    name: orNone(name),
    wallets: wallets.split(/\s+/u).filter((line) => line !== ''),
    effectiveWallet: orNone(effective),
  };
}
