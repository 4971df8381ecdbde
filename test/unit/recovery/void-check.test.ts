import { describe, expect, it } from 'vitest';
import { shortAddress } from '../../../shared/address.ts';
import { planChanges } from '../../../electron/recovery/void-check.ts';
import type { Preview, TokenPreview } from '../../../shared/preview.ts';
import { address, hash, samplePreview } from '../store/records.ts';

function token(over: Partial<TokenPreview> = {}): TokenPreview {
  return {
    address: address(0x70),
    name: 'Bond',
    symbol: 'BND',
    decimals: 0,
    balance: '100',
    frozen: '10',
    addressFrozen: false,
    paused: false,
    custodianRight: true,
    predicted: { outcome: 'recovers', by: 'simulation' },
    ...over,
  };
}

const base = samplePreview();
const standing: Preview['lost'] = {
  registered: false,
  identity: null,
  country: null,
  markedLost: false,
  linkedTo: null,
};
const replacement: NonNullable<Preview['replacement']> = {
  address: address(2),
  kind: 'given',
  control: 'proof',
  identity: address(0x2d),
  identityExists: false,
  standing,
};
const before: Preview = { ...base, replacement, tokens: [token()] };

type Change = readonly [what: string, after: Partial<Preview>, words: string];

const VOIDING: readonly Change[] = [
  [
    'the operator’s role',
    { operator: { ...base.operator, identityManager: false } },
    'identity manager role',
  ],
  ['the registration', { lost: { ...base.lost, registered: false } }, 'registration of the lost wallet'],
  ['the identity', { lost: { ...base.lost, identity: address(0x99) } }, 'identity of the lost wallet'],
  ['the country', { lost: { ...base.lost, country: 40 } }, 'country of the lost wallet'],
  ['the lost mark', { lost: { ...base.lost, markedLost: true } }, 'lost mark'],
  ['the link', { lost: { ...base.lost, linkedTo: address(9) } }, 'link of the lost wallet'],
  ['the old identity', { oldIdentity: address(0x99) }, 'old identity'],
  [
    'the registration of the replacement',
    { replacement: { ...replacement, standing: { ...standing, registered: true } } },
    'registration of the replacement wallet',
  ],
  [
    'a lost mark on the replacement',
    { replacement: { ...replacement, standing: { ...standing, markedLost: true } } },
    'lost mark of the replacement wallet',
  ],
  [
    'the identity of the replacement',
    { replacement: { ...replacement, identity: address(0x99) } },
    'identity of the replacement',
  ],
  ['a pause', { tokens: [token({ paused: true })] }, 'pause on BND changed to on'],
  [
    'a freeze of the wallet',
    { tokens: [token({ addressFrozen: true })] },
    'freeze of the lost wallet on BND',
  ],
  ['the custodian right', { tokens: [token({ custodianRight: false })] }, 'custodian right on BND'],
  ['the frozen part', { tokens: [token({ frozen: '0' })] }, 'frozen part of BND changed from 10 to 0'],
  [
    'a frozen part that shrank more than the balance',
    { tokens: [token({ balance: '99', frozen: '9' })] },
    'frozen part of BND changed from 10 to 9',
  ],
  ['a token less', { tokens: [] }, 'BND is no token of the system any more'],
  [
    'a token more',
    { tokens: [token(), token({ address: address(0x71), symbol: 'NEW' })] },
    'now also holds NEW',
  ],
];

const SHOWN: readonly Change[] = [
  ['a balance that grew', { tokens: [token({ balance: '101' })] }, 'balance of BND changed from 100 to 101'],
  ['a balance that fell', { tokens: [token({ balance: '99' })] }, 'from 100 to 99'],
  [
    'a balance that fell below its frozen part, which shrank with it',
    { tokens: [token({ balance: '4', frozen: '4' })] },
    'from 100 to 4',
  ],
];

const SILENT: readonly (readonly [string, Partial<Preview>])[] = [
  ['the block', { block: { number: 11, hash: hash(11), time: base.block.time } }],
  ['the gas price', { cost: { ...base.cost, gasPrice: '999', estimate: '999' } }],
  ['the operator’s balance', { operator: { ...base.operator, balance: '0' } }],
  [
    'an identity of the replacement that was made meanwhile',
    {
      replacement: { ...replacement, identityExists: true },
    },
  ],
  ['what is not recoverable here', { notRecoverable: { nativeBalance: '5', tokens: [] } }],
];

describe('what voids a plan', () => {
  it.each(VOIDING)('%s does', (_what, after, words) => {
    expect(planChanges(before, { ...before, ...after }).voiding.join('; ')).toContain(words);
  });

  it.each(SHOWN)('%s is shown and does not', (_what, after, words) => {
    const changes = planChanges(before, { ...before, ...after });

    expect(changes.voiding).toEqual([]);
    expect(changes.shown.join('; ')).toContain(words);
  });

  it.each(SILENT)('%s does not', (_what, after) => {
    expect(planChanges(before, { ...before, ...after })).toEqual({
      voiding: [],
      shown: [],
      lostWalletActive: false,
    });
  });

  it('says that the lost wallet is active only when a balance fell', () => {
    const moved = planChanges(before, { ...before, tokens: [token({ balance: '99', frozen: '10' })] });
    const received = planChanges(before, { ...before, tokens: [token({ balance: '101' })] });

    expect([moved.lostWalletActive, received.lostWalletActive]).toEqual([true, false]);
  });

  describe('of several wallets', () => {
    const other = {
      wallet: address(0x31),
      standing: { ...base.lost },
      contract: false,
      holds: [],
      says: 'moves' as const,
    };
    const further = {
      lostWallet: address(0x21),
      lost: base.lost,
      oldIdentity: base.oldIdentity,
      replacement: { ...replacement, address: address(0x22) },
      adopts: false,
      tokens: [token()],
      notRecoverable: base.notRecoverable,
    };
    const several: Preview = { ...before, further: [further], others: [other] };

    it.each<readonly [string, Partial<Preview>, string]>([
      [
        'a flag of the second',
        { further: [{ ...further, tokens: [token({ paused: true })] }] },
        'pause on BND changed to on',
      ],
      ['the second is none any more', { further: [] as never }, `the lost wallet ${address(0x21)}`],
      [
        'another wallet of the person came up',
        { others: [other, { ...other, wallet: address(0x32) }] },
        `${address(0x32)} came up`,
      ],
      [
        'a healthy one was moved',
        { others: [{ ...other, standing: { ...base.lost, identity: address(0x99) } }] },
        'identity of the other wallet',
      ],
    ])('%s', (_what, after, words) => {
      expect(planChanges(several, { ...several, ...after }).voiding.join('; ')).toContain(words);
    });

    it('says of a change which of them it is about', () => {
      const after = { ...several, further: [{ ...further, tokens: [token({ balance: '1', frozen: '1' })] }] };

      expect(planChanges(several, after)).toEqual({
        voiding: [],
        shown: [`the balance of BND changed from 100 to 1 (${shortAddress(address(0x21))})`],
        lostWalletActive: true,
      });
      const paused = { ...several, further: [{ ...further, tokens: [token({ paused: true })] }] };
      expect(planChanges(several, paused).voiding).toEqual([
        expect.stringContaining(`(${address(0x21).slice(0, 6)}`),
      ]);
    });
  });
});
