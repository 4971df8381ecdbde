// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A digest over the names and contents of files and folders; what does not exist counts as absent.
 * @param {string} root
 * @param {readonly string[]} entries paths below root
 * @returns {string}
 */
export function digestOf(root, entries) {
  const hash = createHash('sha256');
  for (const file of entries.flatMap((entry) => filesBelow(root, entry))) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} entry
 * @returns {string[]}
 */
function filesBelow(root, entry) {
  const full = path.join(root, entry);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [entry];
  return readdirSync(full)
    .toSorted()
    .flatMap((name) => filesBelow(root, path.posix.join(entry, name)));
}

/**
 * A step is current when the stamp it left behind holds the digest of what it would work on now.
 * @param {string} stampFile
 * @param {string} digest
 */
export function isCurrent(stampFile, digest) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === digest;
}

/**
 * Runs a step with its stamp taken away first and left only after success, so that a step which was
 * cut short is done again and no one takes a half-made result for a whole one.
 * @param {string} stampFile
 * @param {string} digest
 * @param {() => Promise<void>} step
 */
export async function stamped(stampFile, digest, step) {
  rmSync(stampFile, { force: true });
  await step();
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${digest}\n`);
}
