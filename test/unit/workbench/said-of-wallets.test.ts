import { describe, expect, it } from 'vitest';
import { assertOfPerson, saidBefore } from '../../../electron/workbench/said-of-wallets.ts';
import type { SaidOfWallets } from '../../../shared/wizard-choices.ts';
import { saidPreview, undecidedPreview } from '../../support/fake-desk-wallets.ts';
import { address } from '../store/records.ts';

const undecided = undecidedPreview();
const [first, second] = (undecided.others ?? []).map(({ wallet }) => wallet);
const takenAlong = undecided.further?.[0]?.lostWallet ?? address(9);

const saying = (...wallets: readonly (typeof first)[]): SaidOfWallets =>
  wallets.map((wallet) => ({ wallet: wallet ?? address(9), says: 'lost' as const }));

describe('what is said of a person’s other wallets', () => {
  it('is nothing at first, also of what goes along a standing link by itself', () => {
    expect(saidBefore(undecided)).toEqual([]);
  });

  it('is known again from the preview that was read with it', () => {
    expect(saidBefore(saidPreview())).toEqual([
      { wallet: first, says: 'lost' },
      { wallet: second, says: 'moves' },
    ]);
  });

  it('is taken of every wallet that the preview names, and may be said otherwise', () => {
    expect(() => assertOfPerson(undecided, saying(first, second))).not.toThrow();
    expect(() => assertOfPerson(saidPreview(), saying(second, first))).not.toThrow();
  });

  it.each([
    ['a wallet that it does not name', saying(address(9))],
    ['a wallet that was lost before', saying(takenAlong)],
    ['the lost wallet itself', saying(undecided.lostWallet ?? address(9))],
    ['a wallet twice', saying(first, first)],
  ])('is refused of %s', (_what, said) => {
    expect(() => assertOfPerson(undecided, said)).toThrow(/Nothing was done/u);
  });
});
