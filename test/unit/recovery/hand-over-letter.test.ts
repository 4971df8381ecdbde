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
      wallet: address(2),
      lostWallet: address(1),
      practice: true,
    });

    expect(page).not.toContain('<img');
    const text = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';
    expect(page.split(text)).toHaveLength(4);
    expect(page).toContain('Practice: nothing here is real.');
  });
});
