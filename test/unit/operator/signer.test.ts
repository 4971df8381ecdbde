import { format, inspect } from 'node:util';
import { SigningKey, Transaction, Wallet } from 'ethers';
import type { TransactionLike } from 'ethers';
import { describe, expect, it } from 'vitest';
import { OpenKey } from '../../../electron/operator/keystore.ts';
import { keystoreSigner } from '../../../electron/operator/signer.ts';
import type { Hex } from '../../../shared/values.ts';

const KEY = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';
const account = new Wallet(KEY);

const LEGACY = { type: 0, gasPrice: 1_000_000_000n };
const DYNAMIC = { type: 2, maxFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 1n };

const signer = () => keystoreSigner(new OpenKey(new SigningKey(KEY)));

function unsigned(parts: TransactionLike): Hex {
  const base = {
    to: '0x1111111111111111111111111111111111111111',
    data: '0x2406dfc6',
    nonce: 7,
    gasLimit: 300_000n,
    chainId: 31_337n,
  };
  return Transaction.from({ ...base, ...parts }).unsignedSerialized as Hex;
}

function signedBy(wallet: Wallet, text: Hex): Hex {
  const transaction = Transaction.from(text);
  transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
  return transaction.serialized as Hex;
}

describe('a keystore signer', () => {
  it.each([
    ['legacy', LEGACY],
    ['EIP-2930', { ...LEGACY, type: 1, accessList: [] }],
    ['EIP-1559', DYNAMIC],
  ])('signs a transaction (%s) as it stands', async (_name, parts) => {
    const text = unsigned(parts);
    const { raw, hash } = await signer().signTransaction(text);
    const signed = Transaction.from(raw);
    expect(signed.from).toBe(account.address);
    expect(signed.unsignedSerialized).toBe(text);
    expect(signed.hash).toBe(hash);
    expect(raw).toBe(await account.signTransaction(Transaction.from(text)));
  });

  it('gives the same bytes for the same transaction, also after a restart', async () => {
    const text = unsigned(DYNAMIC);
    expect(await signer().signTransaction(text)).toEqual(await signer().signTransaction(text));
  });

  const authorizationList = [account.authorizeSync({ address: account.address, nonce: 1, chainId: 1 })];
  const signedText = signedBy(account, unsigned(DYNAMIC));
  it.each<[string, Hex]>([
    ['that is malformed', '0xdeadbeef'],
    ['that is empty', '0x'],
    ['that names no chain', unsigned({ ...LEGACY, chainId: 0n })],
    ['that is signed already', signedText],
    ['that delegates the account (EIP-7702)', unsigned({ ...DYNAMIC, type: 4, authorizationList })],
    ['that is followed by further bytes', `${unsigned(DYNAMIC)}00`],
    ['that is written in capitals', `0x${unsigned(DYNAMIC).slice(2).toUpperCase()}`],
  ])('refuses a transaction %s', async (_name, text) => {
    await expect(signer().signTransaction(text)).rejects.toMatchObject({ code: 'SIGNER_REFUSED' });
  });

  it('does not sign once closed', async () => {
    const closed = signer();
    closed.close();
    await expect(closed.signTransaction(unsigned(DYNAMIC))).rejects.toThrow('closed');
  });

  it('shows its key in no inspection or text', () => {
    const one = signer();
    const shown = [
      inspect(one, { depth: Infinity, showHidden: true, getters: true }),
      JSON.stringify(one),
      format('%s %O', one, one),
    ].join('\n');
    expect(shown).not.toContain(KEY.slice(2));
    expect(shown).toContain(account.address);
  });
});
