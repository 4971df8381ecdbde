/**
 * Finds the texts that hold another text, without looking at them all: each text is filed under every three characters
 * that stand together in it. Files are numbered by a hash, so a text may lie in one where it does not belong: what a
 * file holds is looked at.
 */

/** A power of two, several times the threes of ten thousand names and wallets. */
const FILES = 2 ** 15;
const LENGTH = 3;

export interface TextIndex {
  /** The positions of all texts that hold `part`, in the order of the texts. */
  holding(part: string): number[];
}

function fileOf(text: string, at: number): number {
  const mixed = text.charCodeAt(at) * 31 * 31 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2);
  return (Math.imul(mixed, 0x9e37_79b1) >>> 17) & (FILES - 1);
}

/** Tells of each file in which a text lies, once. */
function eachFiling(texts: readonly string[], tell: (file: number, position: number) => void): void {
  const last = new Int32Array(FILES).fill(-1);
  for (const [position, text] of texts.entries()) {
    for (let at = 0; at + LENGTH <= text.length; at += 1) {
      const file = fileOf(text, at);
      if (last[file] === position) continue;
      last[file] = position;
      tell(file, position);
    }
  }
}

export function textIndex(texts: readonly string[]): TextIndex {
  // All files one after another in one list: `ends` says where each ends, and the one before it where it begins.
  const ends = new Uint32Array(FILES);
  eachFiling(texts, (file) => {
    ends[file] = (ends[file] ?? 0) + 1;
  });
  let filed = 0;
  for (const [file, count] of ends.entries()) {
    ends[file] = filed;
    filed += count;
  }
  const positions = new Uint32Array(filed);
  eachFiling(texts, (file, position) => {
    const end = ends[file] ?? 0;
    positions[end] = position;
    ends[file] = end + 1;
  });
  const inFile = (file: number): Uint32Array => positions.subarray(ends[file - 1] ?? 0, ends[file]);

  /** Where the part can only be: the smallest of its files; null for a part that is too short to be filed. */
  function candidates(part: string): Uint32Array | null {
    let smallest: Uint32Array | null = null;
    for (let at = 0; at + LENGTH <= part.length; at += 1) {
      const file = inFile(fileOf(part, at));
      if (smallest === null || file.length < smallest.length) smallest = file;
    }
    return smallest;
  }

  return {
    holding(part) {
      const found: number[] = [];
      for (const position of candidates(part) ?? texts.keys()) {
        if (texts[position]?.includes(part) === true) found.push(position);
      }
      return found;
    },
  };
}
