/**
 * Passphrases as bytes that can be overwritten. They come from a file or a file descriptor, never from an argument or an
 * environment variable, and never become part of a message.
 */
import { close, fstat, read } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
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

/** The bytes of a secret that came as text, in memory of their own: what they are read into is shared, and overwritten. */
export function bytesOf(secret: string, encoding: BufferEncoding): Uint8Array {
  const shared = Buffer.from(secret, encoding);
  try {
    return Uint8Array.from(shared);
  } finally {
    wipe(shared);
  }
}

/**
 * Reads a passphrase from a file or a named pipe.
 * @throws DeskError PASSPHRASE_UNREADABLE when it cannot be read, is empty, too long, or UTF-16 text.
 */
export async function readPassphraseFile(path: string): Promise<PassphraseFile> {
  const source = `file ${path}`;
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const reading = file;
    const warning = await sharingWarning(reading, path);
    const passphrase = await readFrom(source, async (buffer, at) => {
      const { bytesRead } = await reading.read(buffer, at, buffer.length - at, null);
      return bytesRead;
    });
    return { passphrase, warning };
  } catch (cause) {
    throw cause instanceof DeskError ? cause : unusable(source, 'cannot be read', cause);
  } finally {
    await file?.close();
  }
}

/**
 * Reads a passphrase to the end of an open file descriptor, and closes it, so that no program that is started afterwards
 * has it. The caller wipes it.
 * @throws DeskError PASSPHRASE_UNREADABLE as for a file, and for a terminal, on which it would be seen.
 */
export async function readPassphraseDescriptor(descriptor: number): Promise<Uint8Array> {
  const source = `file descriptor ${descriptor}`;
  const remedy = `Open it for the command, as in: --passphrase-fd ${descriptor} ${descriptor}<FILE. Through npm only 0 arrives, and with it --confirm is needed.`;
  if (isatty(descriptor)) throw unusable(source, 'is a terminal', undefined, TYPE_IT);
  try {
    const stat = await promisify(fstat)(descriptor);
    // What this process has open for itself is none of these, and reading it might never end.
    if (!stat.isFile() && !stat.isFIFO() && !stat.isSocket())
      throw unusable(source, 'is none to read from', undefined, remedy);
    try {
      return await readFrom(source, async (buffer, at) => {
        const { bytesRead } = await promisify(read)(descriptor, buffer, at, buffer.length - at, null);
        return bytesRead;
      });
    } finally {
      await promisify(close)(descriptor);
    }
  } catch (cause) {
    throw cause instanceof DeskError ? cause : unusable(source, 'cannot be read', cause, remedy);
  }
}

/** @param next reads from where the buffer is filled to; 0 at the end. */
async function readFrom(
  source: string,
  next: (buffer: Buffer, at: number) => Promise<number>,
): Promise<Uint8Array> {
  const raw = Buffer.alloc(MAX_BYTES + 1);
  try {
    let length = 0;
    while (length < raw.length) {
      const count = await next(raw, length);
      if (count === 0) break;
      length += count;
    }
    const content = raw.subarray(0, length);
    if (length > MAX_BYTES) throw unusable(source, `is longer than ${MAX_BYTES} bytes`);
    if (isUtf16(content)) throw unusable(source, 'is UTF-16 text; give it as UTF-8');
    const passphrase = Uint8Array.from(withoutNewline(withoutByteOrderMark(content)));
    if (passphrase.length === 0) throw unusable(source, 'is empty');
    return passphrase;
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
  if (normalized === null) return [passphrase];
  if (Buffer.compare(normalized, passphrase) !== 0) return [passphrase, normalized];
  wipe(normalized);
  return [passphrase];
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

const NAME_ONE = 'Name one that you can read and that holds the passphrase alone, on one line.';
const TYPE_IT = 'Leave the option out, and type the passphrase when it is asked for.';

function unusable(source: string, what: string, cause?: unknown, remedy = NAME_ONE): DeskError {
  return new DeskError('PASSPHRASE_UNREADABLE', {
    message: `The passphrase ${source} ${what}. Nothing was opened or signed.`,
    remedy,
    retry: 'never',
    cause,
  });
}
