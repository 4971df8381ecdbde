import { format, inspect } from 'node:util';
import { Transaction, getBytes } from 'ethers';
import { describe, expect, it } from 'vitest';
import { signerBy } from '../../../electron/operator/signer.ts';
import type { Signer, SigningMeans } from '../../../electron/operator/signer.ts';
import { keystoreMeans } from '../../../electron/operator/signers/keystore-signer.ts';
import type { Hex } from '../../../shared/values.ts';
import {
  ADDRESS,
  DYNAMIC,
  LEGACY,
  TYPES,
  account,
  alterations,
  openKey,
  otherAccount,
  signedBy,
  unsigned,
  unsignedTransaction,
} from '../../support/signing.ts';

const keystore = (): Signer => signerBy(keystoreMeans(openKey()));

/** Whatever kind of signer answers so. */
function answering(answer: (unsigned: Hex) => string, over: Partial<SigningMeans> = {}): Signer {
  return signerBy({
    address: ADDRESS,
    sign: async ({ unsigned: text }) => answer(text),
    assertReady: async () => undefined,
    close: () => undefined,
    ...over,
  });
}

describe('a keystore signer', () => {
  it.each(TYPES)('signs a transaction (%s) as it stands', async (_name, parts) => {
    const text = unsigned(parts);
    const { raw, hash } = await keystore().signTransaction(text);
    const signed = Transaction.from(raw);
    expect(signed.from).toBe(account.address);
    expect(signed.unsignedSerialized).toBe(text);
    expect(signed.hash).toBe(hash);
    expect(raw).toBe(await account.signTransaction(Transaction.from(text)));
  });

  it('gives the same bytes for the same transaction, also after a restart', async () => {
    const text = unsigned(DYNAMIC);
    expect(await keystore().signTransaction(text)).toEqual(await keystore().signTransaction(text));
  });

  it('does not sign once closed', async () => {
    const closed = keystore();
    closed.close();
    await expect(closed.signTransaction(unsigned(DYNAMIC))).rejects.toThrow('closed');
  });

  it('shows its key in no inspection or text', () => {
    const one = keystore();
    const shown = [
      inspect(one, { depth: Infinity, showHidden: true, getters: true }),
      JSON.stringify(one),
      format('%s %O', one, one),
    ].join('\n');
    expect(shown).not.toContain(account.privateKey.slice(2));
    expect(shown).toContain(account.address);
  });
});

describe('every signer', () => {
  const authorizationList = [account.authorizeSync({ address: account.address, nonce: 1, chainId: 1 })];
  it.each<[string, Hex]>([
    ['that is malformed', '0xdeadbeef'],
    ['that is empty', '0x'],
    ['that names no chain', unsigned({ ...LEGACY, chainId: 0n })],
    ['that is signed already', signedBy(account, unsigned(DYNAMIC))],
    ['that delegates the account (EIP-7702)', unsigned({ ...DYNAMIC, type: 4, authorizationList })],
    ['that is followed by further bytes', `${unsigned(DYNAMIC)}00`],
    ['that is written in capitals', `0x${unsigned(DYNAMIC).slice(2).toUpperCase()}`],
  ])('is not even asked to sign a transaction %s', async (_name, text) => {
    let asked = false;
    const signer = answering(() => {
      asked = true;
      return '0x';
    });
    await expect(signer.signTransaction(text)).rejects.toMatchObject({ code: 'SIGNER_REFUSED' });
    expect(asked).toBe(false);
  });

  it('may answer in capitals', async () => {
    const text = unsigned(DYNAMIC);
    const raw = signedBy(account, text);
    const signer = answering(() => `0x${raw.slice(2).toUpperCase()}`);
    expect((await signer.signTransaction(text)).raw).toBe(raw);
  });

  it('signs one after another', async () => {
    const order: string[] = [];
    const signer = answering((text) => signedBy(account, text), {
      sign: async ({ unsigned: text, transaction }) => {
        order.push(`begin ${transaction.nonce}`);
        await Promise.resolve();
        order.push(`end ${transaction.nonce}`);
        return signedBy(account, text);
      },
    });
    await Promise.all([1, 2].map((nonce) => signer.signTransaction(unsigned({ ...DYNAMIC, nonce }))));
    expect(order).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('goes on after one that failed', async () => {
    let calls = 0;
    const signer = answering((text) => {
      calls += 1;
      if (calls === 1) throw new Error('once');
      return signedBy(account, text);
    });
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toThrow('once');
    await expect(signer.signTransaction(unsigned(DYNAMIC))).resolves.toBeDefined();
  });

  it('hands on nothing that was answered after it was closed', async () => {
    const signer: Signer = answering((text) => {
      signer.close();
      return signedBy(account, text);
    });
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toThrow('closed');
  });

  it('says in words that it is closed, whatever it is asked then', async () => {
    const signer = answering((text) => signedBy(account, text));
    signer.close();
    const closed = {
      code: 'SIGNER_UNAVAILABLE',
      message: expect.stringContaining('nothing was sent'),
      retry: 'safe',
    };
    await expect(signer.signTransaction(unsigned(DYNAMIC))).rejects.toMatchObject(closed);
    await expect(signer.assertReady()).rejects.toMatchObject(closed);
  });
});

describe('an answer is thrown away', () => {
  const text = unsigned(DYNAMIC);
  const signed = Transaction.from(signedBy(account, text));
  const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

  /** The other form of the same signature, which ethers does not write by itself. */
  function highS(): string {
    const { r, _s, yParity } = signed.signature ?? { r: '', _s: '0x0', yParity: 0 };
    const high = (ORDER - BigInt(_s)).toString(16).padStart(64, '0');
    return signed.serialized
      .replace(_s.slice(2), high)
      .replace(
        `${yParity === 0 ? '80' : '01'}a0${r.slice(2)}`,
        `${yParity === 0 ? '01' : '80'}a0${r.slice(2)}`,
      );
  }

  it.each<[string, string]>([
    ['that is empty', ''],
    ['that is no hex', 'signed!'],
    ['that is no transaction', '0xdeadbeef'],
    ['that is not signed', text],
    ['that is signed by another key', signedBy(otherAccount, text)],
    ['that goes on after its end', `${signed.serialized}00`],
    ['whose s is high', highS()],
    [
      'that signs it as a legacy transaction',
      signedBy(account, unsigned({ ...LEGACY, gasPrice: 2_000_000_000n })),
    ],
    [
      'that signs it for every chain',
      signedBy(account, unsigned({ ...LEGACY, gasPrice: 2_000_000_000n, chainId: 0n })),
    ],
  ])('%s', async (_name, answer) => {
    await expect(answering(() => answer).signTransaction(text)).rejects.toMatchObject({
      code: 'SIGNER_ANSWER_WRONG',
      retry: 'unsafe',
    });
  });

  describe.each(TYPES)('(%s)', (_type, parts) => {
    const asked = unsignedTransaction(parts);
    it.each(alterations(asked))('that signs another %s', async (_field, other) => {
      const answer = signedBy(account, other.unsignedSerialized as Hex);
      await expect(
        answering(() => answer).signTransaction(asked.unsignedSerialized as Hex),
      ).rejects.toMatchObject({ code: 'SIGNER_ANSWER_WRONG' });
    });
  });
});

describe('the signature of a claim', () => {
  const HASH: Hex = `0x${'5c'.repeat(32)}`;

  it('by a keystore is that of the personal message', async () => {
    expect(await keystore().signClaim(HASH)).toBe(account.signMessageSync(getBytes(HASH)));
  });

  it('is refused by a kind of signer that signs transactions alone', async () => {
    await expect(answering(String).signClaim(HASH)).rejects.toMatchObject({ code: 'CLAIM_NOT_ISSUABLE' });
  });

  it.each<[string, () => string]>([
    ['of another key', () => otherAccount.signMessageSync(getBytes(HASH))],
    ['of another claim', () => account.signMessageSync(getBytes(`0x${'5d'.repeat(32)}`))],
    ['of the bare hash', () => account.signingKey.sign(HASH).serialized],
    ['that is none', () => '0x1234'],
  ])('%s is thrown away', async (_name, signature) => {
    const signer = answering(String, { signMessage: async () => signature() });
    await expect(signer.signClaim(HASH)).rejects.toMatchObject({ code: 'SIGNER_ANSWER_WRONG' });
  });
});
