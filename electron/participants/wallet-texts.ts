/** Wallets as directories write them: a text of one, or of several. */
import { readAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/address.ts';
import type { Participant } from '../../shared/participant.ts';
import { directoryGarbage } from './directory-errors.ts';
import type { RecordedWallets } from './wallet-record.ts';

/** The two ways in which directories write an address, for filters that compare to the letter. */
export function spellingsOf(address: Address): readonly string[] {
  return [address, address.toLowerCase()];
}

/** Null for none. @throws DeskError DIRECTORY_GARBAGE for what is no address. */
export function readWallet(value: unknown, field: string): Address | null {
  if (value === null || value === undefined || value === '') return null;
  const address = typeof value === 'string' ? readAddress(value.trim()) : 'malformed';
  if (address === 'malformed' || address === 'checksum') {
    throw directoryGarbage(`what a record has in "${field}" is no address`);
  }
  return address;
}

/** Those of several that are addresses. */
export function readableWallets(texts: readonly string[]): readonly Address[] {
  return texts.flatMap((text) => {
    const address = readAddress(text.trim());
    return address === 'malformed' || address === 'checksum' ? [] : [address];
  });
}

/** The wallets of a person, each once: the effective one, and those that are marked as lost. */
export function walletsOf({ effective, lost }: RecordedWallets): Participant['wallets'] {
  const others = [...new Set(lost)].filter((address) => address !== effective);
  return [
    ...(effective === null ? [] : [{ address: effective, effective: true }]),
    ...others.map((address) => ({ address, effective: false, lost: true })),
  ];
}

const MAX_LABEL = 200;

/** A text of the directory as one line for a person; null where nothing is left of it. */
export function lineOf(text: string | null | undefined): string | null {
  const line = (text ?? '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MAX_LABEL)
    // A character that the cut went through.
    .replace(/\p{Cs}/gu, '')
    .trim();
  return line === '' ? null : line;
}
