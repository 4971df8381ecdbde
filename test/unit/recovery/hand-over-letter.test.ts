import { describe, expect, it } from 'vitest';
import { holderLetter } from '../../../electron/recovery/hand-over-letter.ts';
import { address } from '../store/records.ts';

describe('the letter to the holder', () => {
  it('takes what people and networks are called for text', () => {
    const nasty = `<img src=x onerror="alert('1')">&`;

    const page = holderLetter({
      person: nasty,
      network: nasty,
      reference: nasty,
      wallets: [{ wallet: address(2), lostWallet: address(1) }],
      accounts: [],
      left: [],
      given: false,
      practice: true,
    });

    expect(page).not.toContain('<img');
    const text = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';
    expect(page.split(text)).toHaveLength(4);
    expect(page).toContain('Practice: nothing here is real.');
  });

  it('names each of several wallets with the one that it replaces, and whose a smart account is', () => {
    const page = holderLetter({
      person: 'A. Person',
      network: 'Bonds',
      reference: 'T-1',
      wallets: [
        { wallet: address(2), lostWallet: address(1) },
        { wallet: address(4), lostWallet: address(3) },
      ],
      accounts: [{ wallet: address(6), lostWallet: address(5), owner: address(2) }],
      left: [],
      given: false,
      practice: false,
    });

    const listed = [...page.matchAll(/<dt>(?<name>[^<]*)<\/dt><dd><code>(?<value>[^<]*)/gu)];
    expect(listed.map(({ groups }) => [groups?.['name'], groups?.['value']])).toEqual([
      ['Your new wallet 1', address(2)],
      ['In place of', address(1)],
      ['Your new wallet 2', address(4)],
      ['In place of', address(3)],
      ['Your new smart account', address(6)],
      ['In place of', address(5)],
      ['It has no keystore: it is used with your wallet', address(2)],
      ['Network', 'Bonds'],
      ['Our reference', 'T-1'],
    ]);
    expect(page).toContain('Do what follows for each wallet by itself.');
    expect(page).not.toContain('recoverTokens');
    expect(page).not.toContain('own coin');
  });

  it('tells what the holder recovers with the new wallet, and that coin is left on it', () => {
    const page = holderLetter({
      person: 'A. Person',
      network: 'Bonds',
      reference: 'T-1',
      wallets: [{ wallet: address(2), lostWallet: address(1) }],
      accounts: [],
      left: [{ symbol: '<b>', token: address(7), wallet: address(2), lostWallet: address(1) }],
      given: true,
      practice: false,
    });

    expect(page).toContain('&lt;b&gt;: with the wallet');
    expect(page).toContain('<code>recoverTokens</code>');
    for (const named of [address(7), address(2), address(1)]) expect(page).toContain(`<code>${named}</code>`);
    expect(page).toContain('what is left is yours');
  });
});
