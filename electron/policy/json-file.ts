/** The one reader of configuration files: JSON in UTF-8, with or without a byte order mark, up to 1 MiB. */
import { readFileSync, statSync } from 'node:fs';

const MAX_BYTES = 1024 * 1024;

/** What came of reading; `reason` completes the sentence "The file ..." for a person. */
export type JsonFile =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly cause?: unknown };

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function readBytes(file: string): Buffer | JsonFile {
  try {
    const stat = statSync(file);
    // Not opened at all: reading a pipe could wait for ever.
    if (!stat.isFile()) return { kind: 'unreadable', reason: 'is not a plain file' };
    if (stat.size > MAX_BYTES) return { kind: 'unreadable', reason: 'is larger than 1 MiB' };
    return readFileSync(file);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'unreadable', reason: `cannot be read (${codeOf(cause) || 'unknown cause'})`, cause };
  }
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Reads a file and parses it. Nothing is thrown. */
export function readJsonFile(file: string): JsonFile {
  const bytes = readBytes(file);
  if (!Buffer.isBuffer(bytes)) return bytes;
  const text = textOf(bytes);
  if (text === null) return { kind: 'unreadable', reason: 'is not text in UTF-8' };
  try {
    return { kind: 'read', value: JSON.parse(text) };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.replace(/\s+/g, ' ') : '';
    return { kind: 'unreadable', reason: `is not valid JSON (${detail.slice(0, 120)})`, cause };
  }
}
