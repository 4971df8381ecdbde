import * as fc from 'fast-check';
import { Transaction, getBytes } from 'ethers';
import type { TransactionLike } from 'ethers';
import { describe, expect, it } from 'vitest';
import { armSigner } from '../../../electron/operator/armed-signer.ts';
import type { ArmedSigner, Confirmed } from '../../../electron/operator/armed-signer.ts';
import { holdSigner } from '../../../electron/operator/held-signer.ts';
import type { HeldSigner } from '../../../electron/operator/held-signer.ts';
import type { ConfirmedClaim } from '../../../electron/operator/confirmed-terms.ts';
import { keystoreSigner } from '../../../electron/operator/operator-signers.ts';
import {
  UNSIGNED,
  claimHash,
  claimSigner,
  withSignature,
} from '../../../electron/protocols/claim-signature.ts';
import { toAddress } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { Hex } from '../../../shared/values.ts';
import {
  ADDRESS,
  CHAIN_ID,
  CONTRACT,
  DYNAMIC,
  LEGACY,
  LISTED,
  OTHER_ADDRESS,
  account,
  alterations,
  openKey,
  otherAccount,
  signedBy,
  unsigned,
  unsignedTransaction,
} from '../../support/signing.ts';

const CALLS = [
  { to: CONTRACT, data: '0x2406dfc6' },
  { to: OTHER_ADDRESS, data: '0x62b9333e0011' },
] as const;
const FILL: TransactionLike = { to: ADDRESS, data: '0x', gasLimit: 60_000n };
/** Wei that one call takes at the most, with the parts of `DYNAMIC`. */
const ONE = 300_000n * 2_000_000_000n;

const confirmedPlan = (over: Partial<Confirmed> = {}): Confirmed => ({
  planDigest: `0x${'ab'.repeat(32)}`,
  chainId: CHAIN_ID,
  calls: CALLS,
  highestCost: 10n * ONE,
  before: new Map(),
  settled: () => new Map(),
  ...over,
});

function armed(over: Partial<Confirmed> = {}): ArmedSigner & { readonly refusals: Hex[] } {
  const refusals: Hex[] = [];
  const signer = armSigner(keystoreSigner(openKey()), confirmedPlan(over), ({ operator, unsigned: text }) => {
    expect(operator).toBe(ADDRESS);
    refusals.push(text);
  });
  return { ...signer, refusals };
}

const refused = { code: 'SIGNER_REFUSED', retry: 'never' };

describe('a signer that is armed for a plan', () => {
  it('names the plan and the operator', () => {
    expect(armed()).toMatchObject({ planDigest: confirmedPlan().planDigest, address: ADDRESS });
  });

  it.each([
    ['a call of the plan', DYNAMIC],
    ['another call of it', { ...DYNAMIC, to: OTHER_ADDRESS, data: '0x62b9333e0011' }],
    ['a call as a legacy transaction', LEGACY],
    ['a call with an empty access list', LISTED],
    ['a transfer of nothing to self', { ...DYNAMIC, ...FILL }],
  ])('signs %s', async (_name, parts) => {
    const text = unsigned(parts);
    expect((await armed().signTransaction(text)).raw).toBe(signedBy(account, text));
  });

  const authorizationList = [account.authorizeSync({ address: CONTRACT, nonce: 1, chainId: CHAIN_ID })];
  it.each<[string, Hex]>([
    ...alterations(unsignedTransaction(DYNAMIC))
      .filter(([field]) => ['chain', 'contract', 'value', 'calldata'].includes(field))
      .map(([field, other]): [string, Hex] => [`another ${field}`, other.unsignedSerialized as Hex]),
    ['the calldata of one call at the contract of another', unsigned({ ...DYNAMIC, to: OTHER_ADDRESS })],
    ['a call without its arguments', unsigned({ ...DYNAMIC, to: OTHER_ADDRESS, data: '0x62b9333e' })],
    ['native coin to self', unsigned({ ...DYNAMIC, ...FILL, value: 1n })],
    ['calldata to self', unsigned({ ...DYNAMIC, ...FILL, data: '0x00' })],
    ['nothing to somebody else', unsigned({ ...DYNAMIC, data: '0x' })],
    ['a new contract', unsigned({ ...DYNAMIC, to: null })],
    ['an access list', unsigned({ ...DYNAMIC, accessList: [{ address: CONTRACT, storageKeys: [] }] })],
    ['a delegation (EIP-7702)', unsigned({ ...DYNAMIC, type: 4, authorizationList })],
    ['a blob (EIP-4844)', unsigned({ ...DYNAMIC, type: 3, maxFeePerBlobGas: 1n, blobVersionedHashes: [] })],
    ['no chain', unsigned({ ...LEGACY, chainId: 0n })],
    ['what is signed already', signedBy(account, unsigned(DYNAMIC))],
    ['what cannot be read', '0x02'],
  ])('refuses %s, and tells of it', async (_name, text) => {
    const signer = armed();
    await expect(signer.signTransaction(text)).rejects.toMatchObject(refused);
    expect(signer.refusals).toEqual([text]);
  });

  it('is not moved by what becomes of the data that it was armed with', async () => {
    const calls = [...CALLS];
    const signer = armed({ calls });
    const thief = { to: OTHER_ADDRESS, data: '0x2406dfc6' } as const;
    Reflect.set(calls, '0', thief);
    await expect(signer.signTransaction(unsigned({ ...DYNAMIC, ...thief }))).rejects.toMatchObject(refused);
  });
});

describe('a signer that is armed for a transfer of coin', () => {
  const give = { to: CONTRACT, data: '0x', value: '700' } as const;
  const sent = (over: TransactionLike = {}): Hex =>
    unsigned({ ...DYNAMIC, to: CONTRACT, data: '0x', value: 700n, nonce: 1, ...over });
  const giving = (over: Partial<Confirmed> = {}) => armed({ calls: [...CALLS, give], ...over });

  it('signs it, and signs it again at the same nonce with a higher fee', async () => {
    const signer = giving();
    for (const text of [sent(), sent({ maxFeePerGas: 3_000_000_000n })])
      expect((await signer.signTransaction(text)).raw).toBe(signedBy(account, text));
  });

  it.each<[string, Hex]>([
    ['one unit more', sent({ value: 701n })],
    ['one unit less', sent({ value: 699n })],
    ['nothing', sent({ value: 0n })],
    ['it to somebody else', sent({ to: OTHER_ADDRESS })],
    ['it to self', sent({ to: ADDRESS })],
    ['it with calldata', sent({ data: '0x00' })],
    ['it along with another call of the plan', unsigned({ ...DYNAMIC, value: 700n })],
  ])('refuses %s', async (_name, text) => {
    const signer = giving();
    await expect(signer.signTransaction(text)).rejects.toMatchObject(refused);
    expect(signer.refusals).toEqual([text]);
  });

  it('counts the value into the cost', async () => {
    await expect(giving({ highestCost: ONE + 699n }).signTransaction(sent())).rejects.toMatchObject(refused);
    await expect(giving({ highestCost: ONE + 700n }).signTransaction(sent())).resolves.toBeDefined();
  });

  it('gives it once: at another nonce only where nothing of the first was or will be mined', async () => {
    const signer = giving();
    await signer.signTransaction(sent());
    await expect(signer.signTransaction(sent({ nonce: 2 }))).rejects.toMatchObject(refused);

    const lost = giving({ settled: () => new Map([[1, 0n]]) });
    await lost.signTransaction(sent());
    await expect(lost.signTransaction(sent({ nonce: 2 }))).resolves.toBeDefined();
  });
});

describe('a signer that is armed for claims', () => {
  const claim: ConfirmedClaim = {
    identity: toAddress(OTHER_ADDRESS),
    topic: '7',
    data: '0x01',
    signatureAt: 2,
    call: { to: CONTRACT, data: `0xaabb${UNSIGNED.slice(2)}cc` },
  };
  const other: ConfirmedClaim = {
    ...claim,
    topic: '8',
    call: { ...claim.call, data: `${claim.call.data}dd` },
  };
  const withCall = (one: ConfirmedClaim, signature: Hex): Hex =>
    unsigned({ ...DYNAMIC, to: one.call.to, data: withSignature(one.call.data, one, signature) });
  const claims = [claim, other];

  it('signs a claim of the plan, and the call that adds it with that signature', async () => {
    const signer = armed({ calls: [], claims });

    const signature = await signer.signClaim(claimHash(claim));

    expect(claimSigner(claimHash(claim), signature)).toBe(ADDRESS);
    const text = withCall(claim, signature);
    expect((await signer.signTransaction(text)).raw).toBe(signedBy(account, text));
  });

  it('signs the call after a restart, with the signature that was made before', async () => {
    const signature = await armed({ calls: [], claims }).signClaim(claimHash(claim));

    const text = withCall(claim, signature);

    expect((await armed({ calls: [], claims }).signTransaction(text)).raw).toBe(signedBy(account, text));
  });

  it.each<[string, ConfirmedClaim]>([
    ['another identity', { ...claim, identity: toAddress(CONTRACT) }],
    ['another topic', { ...claim, topic: '9' }],
    ['other data', { ...claim, data: '0x02' }],
  ])('refuses to sign a claim with %s, and tells of it', async (_name, one) => {
    const signer = armed({ calls: [], claims });
    await expect(signer.signClaim(claimHash(one))).rejects.toMatchObject(refused);
    expect(signer.refusals).toEqual([claimHash(one)]);
  });

  it('refuses the call of a claim without a signature, with that of another claim or key, and changed', async () => {
    const signer = armed({ calls: [], claims });
    const [own, others] = [claimHash(claim), claimHash(other)];
    const foreign = otherAccount.signMessageSync(getBytes(own)) as Hex;
    const signature = await signer.signClaim(own);
    const changed = unsigned({
      ...DYNAMIC,
      to: claim.call.to,
      data: `${withSignature(claim.call.data, claim, signature)}00`,
    });
    for (const text of [
      withCall(claim, UNSIGNED),
      withCall(claim, await signer.signClaim(others)),
      withCall(claim, foreign),
      changed,
    ]) {
      await expect(signer.signTransaction(text)).rejects.toMatchObject(refused);
    }
  });

  it('signs no claim once disarmed', async () => {
    const signer = armed({ calls: [], claims });
    signer.disarm();
    await expect(signer.signClaim(claimHash(claim))).rejects.toMatchObject(refused);
  });
});

describe('its cost', () => {
  const at = (nonce: number, parts: TransactionLike = {}): Hex => unsigned({ ...DYNAMIC, nonce, ...parts });

  it('is that of all nonces together', async () => {
    const signer = armed({ highestCost: 2n * ONE });
    await signer.signTransaction(at(1));
    await signer.signTransaction(at(2));
    await expect(signer.signTransaction(at(3))).rejects.toMatchObject(refused);
  });

  it('counts of one nonce the dearest, as only one is mined', async () => {
    const signer = armed({ highestCost: 2n * ONE });
    await signer.signTransaction(at(1));
    await signer.signTransaction(at(1, { maxFeePerGas: 4_000_000_000n }));
    await signer.signTransaction(at(1));
    await expect(signer.signTransaction(at(2))).rejects.toMatchObject(refused);
  });

  it('counts a legacy price like a highest fee', async () => {
    const dear = at(1, {
      ...LEGACY,
      gasPrice: 2_000_000_001n,
      maxFeePerGas: null,
      maxPriorityFeePerGas: null,
    });
    await expect(armed({ highestCost: ONE }).signTransaction(dear)).rejects.toMatchObject(refused);
  });

  it('counts what earlier runs signed', async () => {
    const signer = armed({ highestCost: 2n * ONE, before: new Map([[1, ONE + 1n]]) });
    await expect(signer.signTransaction(at(2))).rejects.toMatchObject(refused);
    await signer.signTransaction(at(1));
  });

  it('counts what is final at what was paid', async () => {
    const paid = new Map<number, bigint>();
    const signer = armed({ highestCost: 2n * ONE, settled: () => paid });
    await signer.signTransaction(at(1));
    await signer.signTransaction(at(2));
    await expect(signer.signTransaction(at(3))).rejects.toMatchObject(refused);
    paid.set(1, ONE / 2n);
    await expect(signer.signTransaction(at(3))).rejects.toMatchObject(refused);
    paid.set(2, ONE / 2n);
    await signer.signTransaction(at(3));
  });

  it('is nothing on a network without fees', async () => {
    const free = unsigned({ ...LEGACY, gasPrice: 0n });
    await expect(armed({ highestCost: 0n }).signTransaction(free)).resolves.toBeDefined();
  });
});

describe('a nonce', () => {
  const first = { ...DYNAMIC, nonce: 4 };
  const second = { ...first, to: OTHER_ADDRESS, data: '0x62b9333e0011' };

  it('of one call is not signed for another', async () => {
    const signer = armed();
    await signer.signTransaction(unsigned(first));
    await expect(signer.signTransaction(unsigned(second))).rejects.toMatchObject(refused);
  });

  it('of a call may be filled, and bumped before and after', async () => {
    const signer = armed();
    await signer.signTransaction(unsigned(first));
    await signer.signTransaction(unsigned({ ...first, ...FILL }));
    await signer.signTransaction(unsigned({ ...first, maxFeePerGas: 3_000_000_000n }));
    await expect(signer.signTransaction(unsigned(second))).rejects.toMatchObject(refused);
  });

  it('that was given up is free again', async () => {
    const signer = armed({ settled: () => new Map([[4, 0n]]) });
    await signer.signTransaction(unsigned(first));
    await expect(signer.signTransaction(unsigned(second))).resolves.toBeDefined();
  });
});

describe('a signer that is disarmed', () => {
  it('refuses what it signed before', async () => {
    const signer = armed();
    await signer.signTransaction(unsigned(DYNAMIC));
    signer.disarm();
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject(refused);
  });

  it('says why, where it is told', async () => {
    const signer = armed();
    signer.disarm(new DeskError('DESK_LOCKED', { message: 'Locked.', remedy: 'Unlock.', retry: 'safe' }));
    signer.disarm();
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject({ code: 'DESK_LOCKED' });
  });

  it('hands on nothing that was being signed', async () => {
    const signer = armed();
    const pending = signer.signTransaction(unsigned(DYNAMIC));
    signer.disarm();
    await expect(pending).rejects.toMatchObject(refused);
  });

  it('leaves another that is armed for another plan', async () => {
    const held = keystoreSigner(openKey());
    const [one, two] = [1, 2].map(() => armSigner(held, confirmedPlan(), () => undefined));
    one?.disarm();
    await expect(two?.signTransaction(unsigned(DYNAMIC))).resolves.toBeDefined();
    held.close();
    await expect(two?.signTransaction(unsigned(DYNAMIC))).rejects.toThrow('closed');
  });
});

describe('what other rooms hold of a key', () => {
  it('signs nothing, and leads to nothing that does', () => {
    const held = keystoreSigner(openKey());
    expect(Object.keys(held).toSorted()).toEqual(['address', 'assertReady', 'close']);
    expect(Object.isFrozen(held)).toBe(true);
    expect(() => armSigner({ ...held }, confirmedPlan(), () => undefined)).toThrow('not a signer');
  });
});

describe('of 10,000 generated transactions', () => {
  const bytes = (min: number, max: number): fc.Arbitrary<string> =>
    fc.uint8Array({ minLength: min, maxLength: max }).map((raw) => `0x${Buffer.from(raw).toString('hex')}`);
  const target = fc.oneof(
    fc.constantFrom<string | null>(CONTRACT, OTHER_ADDRESS, ADDRESS, null),
    bytes(20, 20),
  );
  const fee = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 32n }), fc.bigInt({ min: 0n, max: 2n ** 80n }));
  const accessList: fc.Arbitrary<{ address: string; storageKeys: string[] }[]> = fc.constantFrom(
    [],
    [{ address: CONTRACT, storageKeys: [`0x${'00'.repeat(32)}`] }],
  );
  const dynamicFees = fc
    .tuple(fee, fee)
    .map(([one, other]) =>
      one > other
        ? { maxFeePerGas: one, maxPriorityFeePerGas: other }
        : { maxFeePerGas: other, maxPriorityFeePerGas: one },
    );
  const anything: fc.Arbitrary<TransactionLike> = fc.record(
    {
      to: target,
      data: fc.oneof(bytes(0, 80), fc.constantFrom('0x', ...CALLS.map(({ data }) => data))),
      value: fc.oneof(fc.constant(0n), fee),
      nonce: fc.nat({ max: 30 }),
      gasLimit: fc.bigInt({ min: 0n, max: 2n ** 40n }),
      chainId: fc.constantFrom(0n, 1n, BigInt(CHAIN_ID), BigInt(CHAIN_ID) + 1n),
    },
    { requiredKeys: ['to', 'data', 'value', 'nonce', 'gasLimit', 'chainId'] },
  );
  const delegation = account.authorizeSync({ address: CONTRACT, nonce: 0, chainId: CHAIN_ID });
  const kinds: fc.Arbitrary<TransactionLike> = fc.oneof(
    fc.record({ type: fc.constant(0), gasPrice: fee }),
    fc.record({ type: fc.constant(1), gasPrice: fee, accessList }),
    fc.tuple(dynamicFees, accessList).map(([fees, list]) => ({ type: 2, ...fees, accessList: list })),
    dynamicFees.map((fees) => ({
      type: 4,
      ...fees,
      authorizationList: [delegation],
    })),
  );
  /** A transaction of the plan, with a few fields of any other. */
  const mutated: fc.Arbitrary<TransactionLike> = fc
    .tuple(
      fc.constantFrom<TransactionLike>(...CALLS, FILL),
      fc.oneof(fc.constantFrom(LEGACY, LISTED, DYNAMIC), kinds),
      anything,
      fc.subarray(['to', 'data', 'value', 'nonce', 'gasLimit', 'chainId'] as const, { maxLength: 2 }),
    )
    .map(([call, kind, other, fields]) => ({
      nonce: 3,
      gasLimit: 300_000n,
      chainId: CHAIN_ID,
      ...call,
      ...kind,
      ...Object.fromEntries(fields.map((field) => [field, other[field]])),
    }));
  const generated = fc.oneof(
    mutated,
    fc.tuple(anything, kinds).map(([parts, kind]) => ({ ...parts, ...kind })),
  );
  /** Also texts that are nearly a transaction. */
  const texts = fc
    .tuple(generated, fc.oneof({ weight: 19, arbitrary: fc.constant('') }, fc.constantFrom('00', 'ff')))
    .map(([parts, tail]) => `${Transaction.from(parts).unsignedSerialized}${tail}` as Hex);

  /** Where the key would be: it keeps what comes through to it. */
  function recording(): { readonly reached: Transaction[]; readonly held: HeldSigner } {
    const reached: Transaction[] = [];
    const held = holdSigner({
      address: ADDRESS,
      sign: async ({ transaction }) => {
        reached.push(transaction);
        throw new Error('it reached the key');
      },
      assertReady: async () => undefined,
      close: () => undefined,
    });
    return { reached, held };
  }

  const isFill = (tx: Transaction): boolean => tx.to === ADDRESS && tx.data === '0x';
  const isCall = (tx: Transaction): boolean => CALLS.some(({ to, data }) => tx.to === to && tx.data === data);
  const costOf = (tx: Transaction): bigint => tx.gasLimit * (tx.maxFeePerGas ?? tx.gasPrice ?? 0n);

  function isOfPlan(tx: Transaction): boolean {
    const shaped = [0, 1, 2].includes(tx.type ?? 9) && (tx.accessList ?? []).length === 0;
    return shaped && tx.chainId === BigInt(CHAIN_ID) && tx.value === 0n && (isFill(tx) || isCall(tx));
  }

  function sharesNonceWithAnotherCall(tx: Transaction, reached: readonly Transaction[]): boolean {
    return reached.some((one) => one.nonce === tx.nonce && isCall(one) && isCall(tx) && one.data !== tx.data);
  }

  /** Of one nonce only one can be mined. */
  function dearest(reached: readonly Transaction[]): bigint {
    const nonces = [...new Set(reached.map(({ nonce }) => nonce))];
    return nonces.reduce((sum, nonce) => {
      const costs = reached.filter((tx) => tx.nonce === nonce).map(costOf);
      return sum + costs.reduce((most, cost) => (cost > most ? cost : most), 0n);
    }, 0n);
  }

  it(
    'none outside the plan comes through to the key, and none past its cost',
    { timeout: 60_000 },
    async () => {
      const counts = { asked: 0, reached: 0, told: 0 };
      const runs = fc.array(texts, { minLength: 10, maxLength: 10 });
      await fc.assert(
        fc.asyncProperty(runs, async (run) => {
          const { held, reached } = recording();
          const signer = armSigner(held, confirmedPlan(), () => (counts.told += 1));
          for (const text of run) await signer.signTransaction(text).catch(() => undefined);
          counts.asked += run.length;
          counts.reached += reached.length;
          expect(reached.filter((tx) => !isOfPlan(tx))).toEqual([]);
          expect(reached.filter((tx) => sharesNonceWithAnotherCall(tx, reached))).toEqual([]);
          expect(dearest(reached) <= confirmedPlan().highestCost).toBe(true);
        }),
        { numRuns: 1_000 },
      );
      expect(counts.asked).toBe(10_000);
      expect(counts.told).toBe(counts.asked - counts.reached);
      // Neither side was left untried.
      expect(counts.reached).toBeGreaterThan(300);
      expect(counts.told).toBeGreaterThan(3_000);
    },
  );
});
