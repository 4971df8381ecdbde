import { LangEn } from 'ethers';
import { describe, expect, it } from 'vitest';
import { newPassphraseWords } from '../../../electron/operator/passphrase-words.ts';

const wordsOf = (least: number): string => Buffer.from(newPassphraseWords(least)).toString('utf8');

describe('a passphrase that the desk makes', () => {
  it('is eight words of the list, with one space between', () => {
    const list = LangEn.wordlist();
    for (const word of wordsOf(12).split(' ')) expect(list.getWordIndex(word)).toBeGreaterThanOrEqual(0);
    expect(wordsOf(12).split(' ')).toHaveLength(8);
  });

  it('is another each time, with words from all over the list', () => {
    const made = Array.from({ length: 300 }, () => wordsOf(12));
    expect(new Set(made).size).toBe(300);
    const words = new Set(made.flatMap((passphrase) => passphrase.split(' ')));
    // Of 2400 drawn from 2048, some 1414 are different.
    expect(words.size).toBeGreaterThan(1200);
  });

  it('is as long as policy wants it', () => {
    expect(wordsOf(200).length).toBeGreaterThanOrEqual(200);
  });
});
