/** Reads sha256 hashes of evidence as people paste them: one a line, also as `sha256sum` prints them. */

const FORM = /^[0-9a-f]{64}$/;
const PREFIX = /^(?:0x|sha-?256[:=])/i;

/** The contract takes no more. */
export const MOST_EVIDENCE = 100;

export interface EvidenceHashes {
  /** Lower case, each once, in the order they were given. */
  readonly hashes: readonly string[];
  /** What is wrong, in words; null when all is well. */
  readonly problem: string | null;
}

/** A file name may follow the hash; only the first word of a line counts. */
function hashOf(line: string): string {
  const [first = ''] = line.trim().split(/[\s,;]+/);
  return first.replace(PREFIX, '').toLowerCase();
}

function problemOf(line: string, number: number): string {
  const digits = hashOf(line);
  const why = /^[0-9a-f]+$/.test(digits)
    ? `it has ${digits.length} digits instead of 64`
    : 'a sha256 is 64 characters of 0 to 9 and a to f';
  return `Line ${number} is no sha256: ${why}.`;
}

/** Empty lines are passed over; a hash given twice counts once. */
export function readEvidence(text: string): EvidenceHashes {
  const hashes = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const hash = hashOf(line);
    if (!FORM.test(hash)) return { hashes: [...hashes], problem: problemOf(line, index + 1) };
    hashes.add(hash);
  }
  const problem =
    hashes.size > MOST_EVIDENCE
      ? `There are ${hashes.size} hashes; a case takes ${MOST_EVIDENCE} at the most. Hash the documents as one archive.`
      : null;
  return { hashes: [...hashes], problem };
}
