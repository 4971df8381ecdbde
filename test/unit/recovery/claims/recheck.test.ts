import { describe, expect, it } from 'vitest';
import type { HolderCheck } from '../../../../electron/protocols/claiming.ts';
import type { WalletRecord } from '../../../../electron/protocols/recovery-protocol.ts';
import { recheckClaims } from '../../../../electron/recovery/claims/recheck.ts';
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

interface Chain {
  readonly record?: Partial<WalletRecord>;
  /** null where the plan has no token at all. */
  readonly check?: HolderCheck | null;
}

/** Looks anew, at a chain that answers so. */
async function rechecked({ record = {}, check = HELD }: Chain) {
  const plan = { ...samplePlan(), ...(check === null ? { tokens: [] } : {}) };
  const checks = check === null ? [] : [check];
  const reader = {
    block: { number: 10, hash: plan.nonce, time: 1_700_000_000 },
    assertStillCanonical: async () => undefined,
  };
  const system = {
    wallets: async () => [{ ...STANDING, ...record }],
    claims: async () => null,
    tokens: async () => [],
    claiming: {
      needs: async () => checks.map(({ token }) => ({ token, expression: [] })),
      holder: async () => checks,
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
});
