/** The text of a file that is imported: UTF-8 and nothing else, with the line of what is not. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { notImported } from './import-errors.ts';

export const MOST_BYTES = 64 * 2 ** 20;

const LINE_FEED = 0x0a;
/** UTF-16 of either byte order, as spreadsheets write "Unicode text". */
const UTF_16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** The number of the first line that is no UTF-8. */
function strangeLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
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
    const { size } = await handle.stat();
    if (size > MOST_BYTES) throw notImported(`it is larger than ${MOST_BYTES / 2 ** 20} MiB`);
    return await handle.readFile();
  } catch (cause) {
    throw (cause as { code?: string }).code === 'EISDIR' ? notImported(`${file} is a folder`, cause) : cause;
  } finally {
    await handle.close();
  }
}
