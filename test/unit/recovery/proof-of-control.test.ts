import { AbiCoder, Signature, TypedDataEncoder, verifyTypedData, Wallet } from 'ethers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CallResult, ChainCall, PinnedReader } from '../../../electron/chain/types.ts';
import { challengeTypedData, verifyProof } from '../../../electron/recovery/proof-of-control.ts';
import type { ControlChallenge } from '../../../electron/recovery/proof-of-control.ts';
import { toAddress } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { Hex } from '../../../shared/values.ts';

const holder = new Wallet(`0x${'21'.repeat(32)}`);
const stranger = new Wallet(`0x${'22'.repeat(32)}`);
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const YES = `0x1626ba7e${'0'.repeat(56)}` as Hex;
const DELEGATED = `0xef0100${'44'.repeat(20)}` as Hex;
const CONTRACT = '0x6080604052' as Hex;

const challenge: ControlChallenge = {
  participantId: 'p-17',
  lostWallet: toAddress(`0x${'aa'.repeat(20)}`),
  replacement: toAddress(holder.address),
  chainId: 31_337,
  system: toAddress(`0x${'bb'.repeat(20)}`),
  expires: Date.parse('2026-03-02T00:00:00Z') / 1000,
};
const now = new Date('2026-03-01T12:00:00Z');

/** A stub of a pinned reader: one code for every address, one answer for every call. It remembers the calls. */
function readerStub(code: Hex = '0x', answer?: CallResult): PinnedReader & { seen: ChainCall[] } {
  const seen: ChainCall[] = [];
  return {
    seen,
    block: { number: 1, hash: `0x${'00'.repeat(32)}`, time: 0 },
    calls: async (list) => {
      seen.push(...list);
      if (answer === undefined) throw new Error('no call was expected');
      return list.map(() => answer);
    },
    balance: async () => 0n,
    code: async () => code,
    nonce: async () => 0,
    assertStillCanonical: async () => {},
  };
}

async function sign(wallet: Wallet, over: ControlChallenge = challenge): Promise<Hex> {
  const { domain, message, types } = challengeTypedData(over);
  const members = { ReplacementWallet: [...types.ReplacementWallet] };
  return (await wallet.signTypedData(domain, members, message)) as Hex;
}

const proof = (signature: string, reader: PinnedReader = readerStub(), over = challenge) =>
  verifyProof({ challenge: over, signature, now, reader });

const INVALID = { code: 'PROOF_INVALID', remedy: expect.any(String) };

let genuine: Hex;
beforeAll(async () => {
  genuine = await sign(holder);
});

describe('the challenge', () => {
  it('is a complete typed data document that survives JSON', () => {
    const document = challengeTypedData(challenge);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(document).toMatchObject({
      primaryType: 'ReplacementWallet',
      domain: { name: 'Recovery Desk', version: '1', chainId: 31_337, verifyingContract: challenge.system },
    });
    const { types, domain, message } = document;
    const payload = TypedDataEncoder.getPayload(
      domain,
      { ReplacementWallet: [...types.ReplacementWallet] },
      message,
    );
    expect(payload.types).toEqual(types);
  });

  it('shows in plain words first what is signed', () => {
    const { types, message } = challengeTypedData(challenge);
    expect(types.ReplacementWallet[0]).toEqual({ name: 'statement', type: 'string' });
    expect(Object.keys(message)[0]).toBe('statement');
    for (const part of [challenge.lostWallet, challenge.replacement, '2026-03-02T00:00:00.000Z']) {
      expect(message.statement).toContain(part);
    }
  });
});

describe('a proof by key', () => {
  it('of the replacement wallet holds', async () => {
    await expect(proof(genuine)).resolves.toBeUndefined();
    const { types, domain, message } = challengeTypedData(challenge);
    const members = { ReplacementWallet: [...types.ReplacementWallet] };
    expect(verifyTypedData(domain, members, message, genuine)).toBe(holder.address);
  });

  it('holds in every usual form: EIP-2098, recovery byte 0 or 1, capitals, a space behind it', async () => {
    const { compactSerialized, r, s, yParity } = Signature.from(genuine);
    const raw = `${r}${s.slice(2)}0${yParity}`;
    for (const form of [compactSerialized, raw, `0x${genuine.slice(2).toUpperCase()}`, `${genuine}\n`]) {
      await expect(proof(form)).resolves.toBeUndefined();
    }
  });

  it('by another wallet is refused and names it', async () => {
    await expect(proof(await sign(stranger))).rejects.toMatchObject({
      ...INVALID,
      message: expect.stringContaining(stranger.address),
    });
  });

  const other = toAddress(`0x${'cc'.repeat(20)}`);
  it.each<[string, Partial<ControlChallenge>]>([
    ['participant', { participantId: 'p-18' }],
    ['lost wallet', { lostWallet: other }],
    ['replacement wallet', { replacement: other }],
    ['chain', { chainId: 1 }],
    ['system', { system: other }],
    ['expiry', { expires: challenge.expires + 1 }],
  ])('over another %s is refused', async (_name, change) => {
    await expect(proof(genuine, readerStub(), { ...challenge, ...change })).rejects.toMatchObject(INVALID);
  });

  it('in its second, malleable form (high s) is refused', async () => {
    const { r, s, v } = Signature.from(genuine);
    const high = ORDER - BigInt(s);
    expect(high > HALF_ORDER).toBe(true);
    const twin = `${r}${high.toString(16).padStart(64, '0')}${(55 - v).toString(16)}`;
    await expect(proof(twin)).rejects.toMatchObject(INVALID);
  });

  it.each([
    ['nothing', ''],
    ['no hex', 'signed, Ann'],
    ['half a byte', '0x123'],
    ['a short text', '0x1234'],
    ['zeros', `0x${'00'.repeat(65)}`],
    ['an unknown recovery byte', `0x${'11'.repeat(64)}25`],
    ['far too much', `0x${'11'.repeat(70_000)}`],
  ])('that is %s is refused', async (_name, text) => {
    await expect(proof(text)).rejects.toMatchObject(INVALID);
  });

  it('is refused from the second of its expiry on', async () => {
    const at = (time: number) =>
      verifyProof({ challenge, signature: genuine, now: new Date(time), reader: readerStub() });
    const end = challenge.expires * 1000;
    await expect(at(end - 1)).resolves.toBeUndefined();
    await expect(at(end)).rejects.toMatchObject({ code: 'PROOF_EXPIRED' });
    await expect(proof(genuine, readerStub(), { ...challenge, expires: Number.NaN })).rejects.toMatchObject({
      code: 'PROOF_EXPIRED',
    });
  });

  it('passes on that the block read at is gone', async () => {
    const gone = new Error('gone');
    const reader = { ...readerStub(), assertStillCanonical: () => Promise.reject(gone) };
    await expect(proof(genuine, reader)).rejects.toBe(gone);
  });
});

describe('a proof by a contract wallet', () => {
  it('holds when the contract says so, asked by ERC-1271 about this very challenge', async () => {
    const reader = readerStub(CONTRACT, { ok: true, data: YES });
    await expect(proof('0xc0ffee', reader)).resolves.toBeUndefined();
    const { types, domain, message } = challengeTypedData(challenge);
    const members = { ReplacementWallet: [...types.ReplacementWallet] };
    const parameters = AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'bytes'],
      [TypedDataEncoder.hash(domain, members, message), '0xc0ffee'],
    );
    expect(reader.seen).toEqual([
      { to: challenge.replacement satisfies Address, data: `0x1626ba7e${parameters.slice(2)}` },
    ]);
  });

  it.each<[string, CallResult]>([
    ['says no', { ok: true, data: `0xffffffff${'0'.repeat(56)}` }],
    ['answers nothing', { ok: true, data: '0x' }],
    ['answers the four bytes alone', { ok: true, data: '0x1626ba7e' }],
    ['answers a number that ends in them', { ok: true, data: `0x${'0'.repeat(56)}1626ba7e` }],
    ['reverts', { ok: false, revert: '0x', message: 'execution reverted' }],
  ])('is refused when the contract %s', async (_name, answer) => {
    await expect(proof(genuine, readerStub(CONTRACT, answer))).rejects.toMatchObject({
      ...INVALID,
      message: expect.stringContaining('contract'),
    });
  });

  it('is refused, with the reason, where no contract stands', async () => {
    await expect(proof(`0x${'11'.repeat(97)}`)).rejects.toMatchObject({
      ...INVALID,
      message: expect.stringContaining('no contract on this network'),
    });
  });
});

describe('a proof by an account that delegates to a contract (EIP-7702)', () => {
  it('holds by its key, without asking the contract', async () => {
    const reader = readerStub(DELEGATED);
    await expect(proof(genuine, reader)).resolves.toBeUndefined();
    expect(reader.seen).toEqual([]);
  });

  it('holds by the word of the contract where the key did not sign', async () => {
    await expect(proof('0xc0ffee', readerStub(DELEGATED, { ok: true, data: YES }))).resolves.toBeUndefined();
  });

  it('is refused by another key, which is named', async () => {
    const revert: CallResult = { ok: false, revert: '0x', message: 'execution reverted' };
    await expect(proof(await sign(stranger), readerStub(DELEGATED, revert))).rejects.toMatchObject({
      ...INVALID,
      message: expect.stringContaining(stranger.address),
    });
  });
});
