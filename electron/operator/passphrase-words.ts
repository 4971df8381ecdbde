/** Passphrases that the desk makes: random words, which a person reads off a letter and types without a slip. */
import { randomInt } from 'node:crypto';
import { wordlists } from 'ethers';

/** Fewer than any recovery phrase has, so that nobody takes the one for the other: 8 x 11 bits. */
const WORDS = 8;
const LIST = 2048;

function wordAt(index: number): string {
  const list = wordlists['en'];
  if (list === undefined) throw new Error('the list of words is not there');
  return list.getWord(index);
}

/**
 * English words of BIP-39's list, none capital, with one space between: 88 bits, and more where policy wants it longer.
 * The caller wipes it.
 * @param least characters.
 */
export function newPassphraseWords(least: number): Uint8Array {
  const made: number[] = [];
  for (let count = 0; count < WORDS || made.length < least; count += 1) {
    // SECURITY: byte by byte into what can be overwritten; single words are no secret.
    if (count > 0) made.push(0x20);
    made.push(...Buffer.from(wordAt(randomInt(LIST)), 'latin1'));
  }
  const passphrase = Uint8Array.from(made);
  made.fill(0);
  return passphrase;
}
