import { describe, expect, it } from 'vitest';
import type { Address } from '../../../../shared/address.ts';
import type { Plan } from '../../../../shared/plan.ts';
import type { HolderCheck } from '../../../../electron/protocols/claiming.ts';
import type { WalletRecord } from '../../../../electron/protocols/recovery-protocol.ts';
import { recheckClaims } from '../../../../electron/recovery/claims/recheck.ts';
import { claimsRecheckSchema } from '../../../../shared/claims.ts';
import { address, samplePlan, samplePreview } from '../../store/records.ts';
import { snapshotOf } from '../journal-rows.ts';

const [TOKEN, REPLACEMENT, IDENTITY] = [address(0x70), address(2), address(0x2d)];
const HELD: HolderCheck = {
  token: TOKEN,
  readable: true,
  balance: 5n,
  frozen: 0n,
  addressFrozen: false,
  paused: false,
  verified: true,
  transfer: { kind: 'accepted' },
};
const EMPTY: HolderCheck = { ...HELD, balance: 0n, transfer: { kind: 'not_tried' } };
const STANDING: WalletRecord = {
  wallet: REPLACEMENT,
  registered: true,
  identity: IDENTITY,
  country: 276,
  markedLost: false,
  linkedTo: null,
  factoryIdentity: IDENTITY,
};

const [ACCOUNT, HEALTHY, OTHER_TOKEN] = [address(0x32), address(0x33), address(0x71)];

type Other = Partial<WalletRecord> & { readonly checks: readonly HolderCheck[] };

interface Chain {
  readonly plan?: Partial<Plan>;
  /** Of other wallets than the replacement, how they stand and what they hold. */
  readonly others?: ReadonlyMap<Address, Other>;
  readonly record?: Partial<WalletRecord>;
  /** null where the plan has no token at all. */
  readonly check?: HolderCheck | null;
}

/** Looks anew, at a chain that answers so. */
async function rechecked({ plan: over = {}, others = new Map(), record = {}, check = HELD }: Chain) {
  const plan = { ...samplePlan(), ...(check === null ? { tokens: [] } : {}), ...over };
  const own = check === null ? [] : [check];
  const checksOf = (wallet: Address) => others.get(wallet)?.checks ?? own;
  const reader = {
    block: { number: 10, hash: plan.nonce, time: 1_700_000_000 },
    assertStillCanonical: async () => undefined,
  };
  const system = {
    wallets: async (_reader: unknown, wallets: readonly Address[]) =>
      wallets.map((wallet) => ({ ...STANDING, wallet, ...(others.get(wallet) ?? record) })),
    claims: async () => null,
    findTokens: async (_view: unknown, wallet: Address) => ({
      tokens: checksOf(wallet).map(({ token }) => token),
    }),
    tokens: async (_reader: unknown, tokens: readonly Address[], wallet: Address) =>
      tokens.map((token) => ({
        address: token,
        symbol: `T${token.slice(-2)}`,
        decimals: 2,
        readable: true,
        balance: checksOf(wallet).find((one) => one.token === token)?.balance ?? 0n,
      })),
    claiming: {
      needs: async (_reader: unknown, tokens: readonly Address[]) =>
        tokens.map((token) => ({ token, expression: [] })),
      holder: async (_reader: unknown, needs: readonly { token: Address }[], wallet: Address) =>
        needs.flatMap(({ token }) => checksOf(wallet).find((one) => one.token === token) ?? []),
    },
  };
  const context = {
    journal: { read: () => snapshotOf([]) },
    plans: { get: () => plan },
    previews: { get: () => samplePreview() },
    profile: plan.network,
    protocol: { kind: plan.network.protocol, openSystem: async () => system },
    chain: { pin: async () => reader },
    scanner: () => () => expect.unreachable('no logs are read'),
  };
  return recheckClaims(context as unknown as Parameters<typeof recheckClaims>[0], 'R-1');
}

describe('a recheck', () => {
  it.each<[string, Chain]>([
    ['a token that is held and moves', {}],
    ['a token of which there is nothing to move', { check: EMPTY }],
    ['no token at all', { check: null }],
  ])('is green with %s', async (_name, chain) => {
    expect(await rechecked(chain)).toMatchObject({ green: true });
  });

  it.each<[string, Chain]>([
    ['a token that is paused and holds nothing yet', { check: { ...EMPTY, paused: true } }],
    ['no token and a wallet that is registered no more', { check: null, record: { registered: false } }],
    ['a wallet that was marked as lost since', { record: { markedLost: true } }],
  ])('is not with %s', async (_name, chain) => {
    expect(await rechecked(chain)).toMatchObject({ green: false });
  });

  describe('of several wallets', () => {
    const { replacement, tokens } = samplePlan();
    const account = { ...replacement, address: ACCOUNT, kind: 'account' as const };
    const plan: Partial<Plan> = {
      further: [
        {
          lostWallet: address(9),
          country: 276,
          oldIdentity: null,
          replacement: account,
          adopts: false,
          tokens,
        },
      ],
      healthy: [{ wallet: HEALTHY, identity: address(0x1d), moves: true }],
    };
    const moved = { identity: replacement.identity, checks: [{ ...HELD, token: OTHER_TOKEN }] };

    it('is green when each holds and moves what it has', async () => {
      const recheck = await rechecked({ plan, others: new Map<Address, Other>([[HEALTHY, moved]]) });

      expect(claimsRecheckSchema.parse(recheck).green).toBe(true);
      expect(recheck.further?.map(({ wallet, kind, tokens: of }) => [wallet, kind, of.length])).toEqual([
        [ACCOUNT, 'replacement', 1],
        [HEALTHY, 'healthy', 1],
      ]);
    });

    it.each<[string, ReadonlyMap<Address, Other>, RegExp]>([
      [
        'a further replacement that is registered no more',
        new Map<Address, Other>([
          [HEALTHY, moved],
          [ACCOUNT, { registered: false, checks: [HELD] }],
        ]),
        /The replacement wallet is not registered/,
      ],
      [
        'a healthy wallet that was not moved',
        new Map<Address, Other>([[HEALTHY, { ...moved, identity: address(0x1d) }]]),
        /is registered with another/,
      ],
      [
        'a healthy wallet that is frozen',
        new Map<Address, Other>([
          [HEALTHY, { ...moved, checks: [{ ...HELD, token: OTHER_TOKEN, addressFrozen: true }] }],
        ]),
        /The wallet is frozen on this token/,
      ],
    ])('is not with %s', async (_name, others, why) => {
      const recheck = await rechecked({ plan, others });

      expect(recheck.green).toBe(false);
      expect(JSON.stringify(recheck.further)).toMatch(why);
    });

    it('leaves out a replacement that was lost in turn, and looks at what came on from there', async () => {
      const hop: Partial<Plan> = {
        further: [
          {
            lostWallet: address(9),
            country: 276,
            oldIdentity: null,
            replacement: { ...replacement, address: samplePlan().lostWallet, control: 'standing' },
            adopts: true,
            tokens,
          },
        ],
      };

      const recheck = await rechecked({ plan: hop });

      expect(recheck).toMatchObject({ green: true, replacementWallet: replacement.address });
      expect(recheck.further).toBeUndefined();
    });
  });
});
