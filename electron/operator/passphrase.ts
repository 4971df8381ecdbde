/**
 * Passphrases as bytes that can be overwritten. They come from a file, never from an argument or an environment
 * variable, and never become part of a message.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { DeskError } from '../../shared/errors.ts';

const MAX_BYTES = 4096;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const NON_ASCII = 0x80;
const GROUP_AND_OTHERS = 0o077;

export interface PassphraseFile {
  /** The bytes of the file without byte order mark and without one trailing newline. Call `wipe` after use. */
  readonly passphrase: Uint8Array;
  /** A sentence for the person when other users of the machine can read the file. */
  readonly warning: string | null;
}

/** Overwrites a secret in place. */
export function wipe(secret: Uint8Array): void {
  secret.fill(0);
}

/**
 * Reads a passphrase from a file or a named pipe.
 * @throws DeskError PASSPHRASE_UNREADABLE when it cannot be read, is empty, too long, or UTF-16 text.
 */
export async function readPassphraseFile(path: string): Promise<PassphraseFile> {
  const raw = Buffer.alloc(MAX_BYTES + 1);
  try {
    const { length, warning } = await readInto(raw, path);
    const content = raw.subarray(0, length);
    if (length > MAX_BYTES) throw unusable(path, `is longer than ${MAX_BYTES} bytes`);
    if (isUtf16(content)) throw unusable(path, 'is saved as UTF-16 text; save it as UTF-8');
    const passphrase = Uint8Array.from(withoutNewline(withoutByteOrderMark(content)));
    if (passphrase.length === 0) throw unusable(path, 'is empty');
    return { passphrase, warning };
  } finally {
    wipe(raw);
  }
}

/**
 * The passphrase as it is, and its Unicode NFKC form where that differs: Web3 Secret Storage names no
 * normalization, geth uses the bytes as typed, ethers the NFKC form.
 */
export function passphraseForms(passphrase: Uint8Array): readonly Uint8Array[] {
  if (passphrase.every((byte) => byte < NON_ASCII)) return [passphrase];
  const normalized = nfkcForm(passphrase);
  return normalized === null || Buffer.compare(normalized, passphrase) === 0
    ? [passphrase]
    : [passphrase, normalized];
}

/**
 * The one form that the desk itself derives from: NFKC, so that a passphrase opens however its accents were typed.
 * For plain ASCII, and bytes that are no text, it is the passphrase itself.
 */
export function typedForm(passphrase: Uint8Array): Uint8Array {
  return passphraseForms(passphrase).at(-1) ?? passphrase;
}

/** The NFKC form in UTF-8, or null for bytes that are no UTF-8 text. */
function nfkcForm(passphrase: Uint8Array): Uint8Array | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(passphrase);
    return new TextEncoder().encode(text.normalize('NFKC'));
  } catch {
    return null;
  }
}

async function readInto(buffer: Buffer, path: string): Promise<{ length: number; warning: string | null }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const warning = await sharingWarning(file, path);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { length, warning };
  } catch (cause) {
    throw unusable(path, 'cannot be read', cause);
  } finally {
    await file?.close();
  }
}

/** Windows keeps access lists, which the mode does not show. */
async function sharingWarning(file: FileHandle, path: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  const stat = await file.stat();
  if (!stat.isFile() || (stat.mode & GROUP_AND_OTHERS) === 0) return null;
  return `The passphrase file ${path} can be read or changed by other users of this machine. Allow only its owner (chmod 600).`;
}

function isUtf16(content: Uint8Array): boolean {
  const [first, second] = content;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function withoutByteOrderMark(content: Uint8Array): Uint8Array {
  const marked = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  return marked ? content.subarray(3) : content;
}

function withoutNewline(content: Uint8Array): Uint8Array {
  if (content.at(-1) !== LINE_FEED) return content;
  return content.subarray(0, content.at(-2) === CARRIAGE_RETURN ? -2 : -1);
}

function unusable(path: string, what: string, cause?: unknown): DeskError {
  return new DeskError('PASSPHRASE_UNREADABLE', {
    message: `The passphrase file ${path} ${what}. Nothing was opened or signed.`,
    remedy: 'Name a file that you can read and that holds the passphrase alone, on one line.',
    retry: 'never',
    cause,
  });
}
