/** The text of a file that is imported: UTF-8 and nothing else, with the line of what is not. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { notImported } from './import-errors.ts';

export const MOST_BYTES = 64 * 2 ** 20;

const LINE_FEED = 0x0a;
/** UTF-16 of either byte order, as spreadsheets write "Unicode text". */
const UTF_16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** Bytes that are looked at in one go: line by line a file of empty lines would hold everything else up. */
const STRETCH = 2 ** 16;

/** Where the line ends that a byte is on, its line feed with it. */
function lineEnd(bytes: Buffer, at: number): number {
  const found = at < bytes.length ? bytes.indexOf(LINE_FEED, at) : -1;
  return found === -1 ? bytes.length : found + 1;
}

/** The number of the first line that is no UTF-8. */
function strangeLine(bytes: Buffer): number {
  let [start, stretch] = [0, STRETCH];
  let line = 1;
  while (start < bytes.length) {
    const end = lineEnd(bytes, start + stretch - 1);
    const lines = bytes.subarray(start, end);
    if (isUtf8(lines)) {
      for (const byte of lines) if (byte === LINE_FEED) line += 1;
      start = end;
    } else if (stretch > 1) stretch = 1;
    else return line;
  }
  return line;
}

/** @throws DeskError PARTICIPANTS_INVALID */
export function decode(bytes: Buffer): string {
  if (UTF_16.some((mark) => bytes.subarray(0, 2).equals(mark)))
    throw notImported('line 1: it is UTF-16, and has to be UTF-8');
  if (!isUtf8(bytes))
    throw notImported(`line ${strangeLine(bytes)}: it is not UTF-8, so its letters would come out as others`);
  return new TextDecoder('utf-8').decode(bytes);
}

/** Reads no more than may be imported, whatever the file grows to. @throws DeskError PARTICIPANTS_INVALID */
export async function readImport(file: string): Promise<Buffer> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw notImported(`${file} cannot be read`, cause);
  });
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw notImported(`${file} is a folder`);
    // Devices and pipes tell no size, and may never end.
    if (!stat.isFile()) throw notImported(`${file} is no file`);
    if (stat.size > MOST_BYTES) throw notImported(`it is larger than ${MOST_BYTES / 2 ** 20} MiB`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
