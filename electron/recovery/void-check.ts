/** Compares the preview a plan was made from with one built just before execution (DESIGN 3). */
import { ZERO_ADDRESS, shortAddress } from '../../shared/address.ts';
import { lostPreviews } from '../../shared/preview.ts';
import type { LostPreview, Preview, TokenPreview, WalletStanding } from '../../shared/preview.ts';

export interface PlanChanges {
  /** Changes that void the plan, in words. */
  readonly voiding: readonly string[];
  /** Changes of balances, block and fees: shown, and going on is fine. */
  readonly shown: readonly string[];
  /** A balance fell: somebody moves the lost wallet's tokens. */
  readonly lostWalletActive: boolean;
}

function standingChanges(whose: string, before: WalletStanding, after: WalletStanding): readonly string[] {
  const parts: readonly (readonly [keyof WalletStanding, string])[] = [
    ['registered', 'registration'],
    ['identity', 'identity'],
    ['country', 'country'],
    ['markedLost', 'lost mark'],
    ['linkedTo', 'link'],
  ];
  return parts.flatMap(([key, word]) =>
    before[key] === after[key]
      ? []
      : [`the ${word} of the ${whose} changed from ${String(before[key])} to ${String(after[key])}`],
  );
}

function tokenChanges(before: TokenPreview, after: TokenPreview): readonly string[] {
  const flags: readonly (readonly ['paused' | 'addressFrozen' | 'custodianRight', string])[] = [
    ['paused', 'pause'],
    ['addressFrozen', 'freeze of the lost wallet'],
    ['custodianRight', "signer's custodian right"],
  ];
  const changed = flags.flatMap(([key, word]) =>
    before[key] === after[key]
      ? []
      : [`the ${word} on ${before.symbol} changed to ${after[key] ? 'on' : 'off'}`],
  );
  const signs =
    before.signer === after.signer
      ? []
      : [`who signs for ${before.symbol} changed from ${before.signer} to ${after.signer}`];
  // A frozen part shrinks with the balance by itself; any other change is somebody's act.
  const [frozen, left] = [BigInt(before.frozen), BigInt(after.balance)];
  const frozenAct = BigInt(after.frozen) !== (frozen < left ? frozen : left);
  return frozenAct
    ? [
        ...changed,
        ...signs,
        `the frozen part of ${before.symbol} changed from ${before.frozen} to ${after.frozen}`,
      ]
    : [...changed, ...signs];
}

interface Changes {
  readonly voiding: readonly string[];
  readonly shown: readonly string[];
  readonly fell: boolean;
}

/** What changed of one lost wallet. */
function lostChanges(before: LostPreview, after: LostPreview): Changes {
  const now = new Map(after.tokens.map((token) => [token.address, token]));
  const planned = new Set(before.tokens.map((token) => token.address));
  const pairs = before.tokens.flatMap((token) => {
    const match = now.get(token.address);
    return match === undefined ? [] : [[token, match] as const];
  });
  return {
    voiding: [
      ...standingChanges('lost wallet', before.lost, after.lost),
      ...(before.replacement !== null && after.replacement !== null
        ? standingChanges('replacement wallet', before.replacement.standing, after.replacement.standing)
        : []),
      ...(before.oldIdentity === after.oldIdentity ? [] : ['the old identity changed']),
      ...(before.replacement?.identity === after.replacement?.identity
        ? []
        : ['the identity of the replacement changed']),
      ...pairs.flatMap(([was, is]) => tokenChanges(was, is)),
      ...before.tokens
        .filter((token) => !now.has(token.address))
        .map((token) => `${token.symbol} is no token of the system any more`),
      ...after.tokens
        .filter((token) => !planned.has(token.address))
        .map((token) => `the lost wallet now also holds ${token.symbol}`),
    ],
    shown: pairs.flatMap(([was, is]) =>
      was.balance === is.balance
        ? []
        : [`the balance of ${was.symbol} changed from ${was.balance} to ${is.balance}`],
    ),
    fell: pairs.some(([was, is]) => BigInt(is.balance) < BigInt(was.balance)),
  };
}

/** Pairs of what both know, and words for what only one of them does. */
function paired<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string | null,
  what: string,
): { readonly pairs: readonly (readonly [T, T])[]; readonly voiding: readonly string[] } {
  const now = new Map(after.map((one) => [keyOf(one), one]));
  const was = new Set(before.map(keyOf));
  return {
    pairs: before.flatMap((one) => {
      const match = now.get(keyOf(one));
      return match === undefined ? [] : [[one, match] as const];
    }),
    voiding: [
      ...before.filter((one) => !now.has(keyOf(one))).map((one) => `${what} ${keyOf(one)} is none any more`),
      ...after.filter((one) => !was.has(keyOf(one))).map((one) => `${what} ${keyOf(one)} came up`),
    ],
  };
}

/** What changed between the plan's preview and now. */
export function planChanges(before: Preview, after: Preview): PlanChanges {
  const lost = paired(
    lostPreviews(before),
    lostPreviews(after),
    ({ lostWallet }) => lostWallet,
    'the lost wallet',
  );
  const others = paired(
    before.others ?? [],
    after.others ?? [],
    ({ wallet }) => wallet,
    "the person's other wallet",
  );
  const changes = lost.pairs.map(([was, is]) => {
    const { voiding, shown, fell } = lostChanges(was, is);
    const of = lost.pairs.length === 1 ? '' : ` (${shortAddress(was.lostWallet ?? ZERO_ADDRESS)})`;
    const told = (list: readonly string[]): readonly string[] => list.map((change) => `${change}${of}`);
    return { voiding: told(voiding), shown: told(shown), fell };
  });
  return {
    voiding: [
      ...(before.operator.identityManager === after.operator.identityManager
        ? []
        : ["the operator's identity manager role changed"]),
      ...changes.flatMap(({ voiding }) => voiding),
      ...lost.voiding,
      ...others.voiding,
      ...others.pairs.flatMap(([was, is]) =>
        standingChanges(`other wallet ${shortAddress(was.wallet)}`, was.standing, is.standing),
      ),
    ],
    shown: changes.flatMap(({ shown }) => shown),
    lostWalletActive: changes.some(({ fell }) => fell),
  };
}
