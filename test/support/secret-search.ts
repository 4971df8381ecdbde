/** Looks for a secret wherever it could have been left: in heaps, memory, files and text, in every form it is written in. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';

/** One form of a secret. */
interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A secret in all its forms. What is found is told by the names of the forms. */
export class Sought {
  readonly #needles: readonly Needle[];

  private constructor(texts: Readonly<Record<string, string>>, raw: Readonly<Record<string, Buffer>> = {}) {
    const written = Object.entries(texts).flatMap(([name, text]) => [
      { name, bytes: Buffer.from(text, 'latin1') },
      { name: `${name}, two bytes a character`, bytes: Buffer.from(text, 'utf16le') },
    ]);
    this.#needles = [...written, ...Object.entries(raw).map(([name, bytes]) => ({ name, bytes }))];
  }

  /** @param hex 64 digits; with 0x before them it is found as well. */
  static key(hex: string): Sought {
    const raw = Buffer.from(hex, 'hex');
    const texts = {
      'key, hex': hex.toLowerCase(),
      'key, capital hex': hex.toUpperCase(),
      'key, base64': raw.toString('base64').replace(/=+$/u, ''),
      'key, base64url': raw.toString('base64url'),
      'key, decimal': BigInt(`0x${hex}`).toString(),
    };
    return new Sought(texts, { 'key, bytes': raw });
  }

  /** @param text printable ASCII that JSON writes as it is. */
  static passphrase(text: string): Sought {
    const raw = Buffer.from(text, 'latin1');
    return new Sought({
      passphrase: text,
      'passphrase, hex': raw.toString('hex'),
      'passphrase, base64': raw.toString('base64').replace(/=+$/u, ''),
    });
  }

  in(bytes: Buffer): readonly string[] {
    return this.#needles.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => name);
  }

  inText(text: string): readonly string[] {
    return this.in(Buffer.from(text, 'utf8'));
  }

  /** In the strings of a heap snapshot, those of bytes as well. */
  inSnapshot(snapshot: string): readonly string[] {
    const { strings } = JSON.parse(snapshot) as { readonly strings: readonly string[] };
    const all = strings.join('\n');
    return [...new Set([...this.inText(all), ...this.in(Buffer.from(all, 'latin1'))])];
  }

  /** In the files of a folder, by file. */
  inFolder(folder: string): readonly string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .flatMap((file) => this.in(readOrEmpty(file)).map((form) => `${path.relative(folder, file)}: ${form}`));
  }

  /**
   * How often in what a process can write to: also what nothing leads to any more, and nobody has overwritten.
   * @throws Error where the system lets nobody look.
   */
  inMemory(pid: number): Readonly<Record<string, number>> {
    const counted: Record<string, number> = {};
    for (const part of memoryOf(pid)) {
      for (const { name, bytes } of this.#needles) {
        for (let at = part.indexOf(bytes); at !== -1; at = part.indexOf(bytes, at + 1))
          counted[name] = (counted[name] ?? 0) + 1;
      }
    }
    return counted;
  }
}

/** Files come and go while a desk works. */
function readOrEmpty(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

const RANGE = /^(?<from>[0-9a-f]+)-(?<to>[0-9a-f]+) rw/u;
const AT_ONCE = 2 ** 26;

function* memoryOf(pid: number): Generator<Buffer> {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const { from, to } = RANGE.exec(line)?.groups ?? {};
      if (from === undefined || to === undefined) continue;
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      for (let at = start; at < end; at += AT_ONCE) yield readPart(memory, at, Math.min(AT_ONCE, end - at));
    }
  } finally {
    closeSync(memory);
  }
}

/** Empty where it was given back meanwhile. */
function readPart(memory: number, at: number, length: number): Buffer {
  const part = Buffer.alloc(length);
  try {
    return part.subarray(0, readSync(memory, part, 0, length, at));
  } catch {
    return Buffer.alloc(0);
  }
}
