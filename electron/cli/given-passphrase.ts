/** Where the passphrase of a command comes from: typed, a file, or an open file descriptor; never an argument. */
import { DeskError } from '../../shared/errors.ts';
import { readPassphraseDescriptor, readPassphraseFile, wipe } from '../operator/passphrase.ts';
import type { Output } from './output.ts';

export type PassphraseSource =
  | { readonly kind: 'typed' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'descriptor'; readonly descriptor: number };

/** A passphrase that nobody types. Whoever holds this wipes it. */
export interface GivenPassphrase {
  readonly bytes: Uint8Array;
  /** For forms, which take text. @throws DeskError PASSPHRASE_UNREADABLE for what is no text. */
  text(): string;
  wipe(): void;
}

/** @throws DeskError PASSPHRASE_UNREADABLE */
export async function passphraseFrom(file: string, output: Output): Promise<Uint8Array> {
  const { passphrase, warning } = await readPassphraseFile(file);
  if (warning !== null) output.say(`Warning: ${warning}`);
  return passphrase;
}

/** @returns null for one that is typed. @throws DeskError PASSPHRASE_UNREADABLE */
export async function givenPassphrase(
  source: PassphraseSource,
  output: Output,
): Promise<GivenPassphrase | null> {
  if (source.kind === 'typed') return null;
  const bytes =
    source.kind === 'file'
      ? await passphraseFrom(source.file, output)
      : await readPassphraseDescriptor(source.descriptor);
  return { bytes, text: () => asText(bytes), wipe: () => wipe(bytes) };
}

function asText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // SECURITY: without its cause, which could quote it.
    throw new DeskError('PASSPHRASE_UNREADABLE', {
      message: 'The passphrase is no text in UTF-8. Nothing was opened or signed.',
      remedy: 'Give the passphrase as it is typed, in UTF-8.',
      retry: 'never',
    });
  }
}
