import { describe, expect, it } from 'vitest';
import { byReplacement } from '../../../electron/recovery/holders-way.ts';
import type { TokenFacts } from '../../../electron/protocols/recovery-protocol.ts';
import type { HandOverWhat } from '../../../shared/hand-over.ts';
import { address } from '../store/records.ts';

const WALLET = address(0x77);
const TOKEN = address(0x88);

function tokensOf(happened: readonly HandOverWhat[]): readonly string[] {
  const rows = happened.map((what) => ({
    wallet: WALLET,
    what,
    operatorId: 'O-00000000aa',
    operator: address(0xaa),
    recipient: null,
    at: '2026-01-01T00:00:00.000Z',
  }));
  const tokens = [{ address: TOKEN, custodianRight: false }] as unknown as readonly TokenFacts[];
  const profile = { fees: 'auto' } as unknown as Parameters<typeof byReplacement>[0]['profile'];
  const journal = { handOverOfWallet: () => rows };
  const request = { holdersWay: true, operator: address(0xaa) } as const;
  const chosen = { address: WALLET, kind: 'generated', control: 'generated' } as const;
  return byReplacement({ profile, journal }, request, chosen, tokens);
}

describe("what a plan to a wallet that the desk made has it recover itself, by the holder's way", () => {
  it('is what nobody named has the right for', () => {
    expect(tokensOf([])).toEqual([TOKEN]);
    expect(tokensOf(['keystore'])).toEqual([TOKEN]);
  });

  it.each(['done', 'left_to_holder'] as const)(
    'is nothing once the wallet is its holder’s own, whichever recovery that was in: %s',
    (what) => {
      expect(tokensOf([what])).toEqual([]);
    },
  );
});
