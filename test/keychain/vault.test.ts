import { decryptKeystoreJson, SigningKey, Transaction, computeAddress } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeystore } from '../../electron/operator/keystore.ts';
import type { SecretStore } from '../../electron/operator/secret-store.ts';
import { signerBy } from '../../electron/operator/signer.ts';
import { keystoreMeans } from '../../electron/operator/signers/keystore-signer.ts';
import type { Vault, VaultRecord } from '../../electron/operator/vault.ts';
import type { Hex } from '../../shared/values.ts';
import { storeIn, vaultOver } from '../support/keychain-desk.ts';
import { KeychainSession } from '../support/keychain-session.ts';

const ANNA = 'O-00000000aa';
const BERT = 'O-00000000bb';
const PASSPHRASE = Buffer.from('four words in a row');
const NEXT = Buffer.from('another four words now');
const KEY = Buffer.from('7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d', 'hex');
const ADDRESS = computeAddress(new SigningKey(KEY));
const TOTP = { totp: 'JBSWY3DPEHPK3PXP' };

const UNSIGNED = Transaction.from({
  type: 2,
  to: '0x1111111111111111111111111111111111111111',
  nonce: 1,
  gasLimit: 21_000n,
  maxFeePerGas: 1n,
  maxPriorityFeePerGas: 1n,
  chainId: 31_337n,
}).unsignedSerialized as Hex;

let session: KeychainSession;
let store: SecretStore;
let vault: Vault;
let anna: VaultRecord;

beforeAll(async () => {
  session = await KeychainSession.open({ keychain: 'open' });
  store = storeIn(session.environment);
  vault = vaultOver(store);
  anna = await vault.make({ operatorId: ANNA, passphrase: PASSPHRASE, privateKey: KEY, secrets: TOTP });
});
afterAll(() => session.close());

/** The record with one character of one of its texts turned into another. */
function altered(record: VaultRecord, field: 'keystore' | 'box', inside: RegExp): VaultRecord {
  const text = record[field] ?? '';
  const changed = text.replace(inside, (found) => `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`);
  if (changed === text) throw new Error(`nothing to alter in the ${field}`);
  return { ...record, [field]: changed };
}

describe('an operator whose key is wrapped by the keychain', () => {
  it('unlocks it with the passphrase, and signs', async () => {
    const opened = await vault.open(ANNA, anna, PASSPHRASE);

    if (opened.key === null) throw new Error('there is no key');
    const { raw } = await signerBy(keystoreMeans(opened.key)).signTransaction(UNSIGNED);
    expect(Transaction.from(raw).from).toBe(ADDRESS);
    expect(opened.secrets).toEqual(TOTP);
    opened.close();
    const { key } = opened;
    await expect(signerBy(keystoreMeans(key)).signTransaction(UNSIGNED)).rejects.toThrow('closed');
  });

  it('opens nothing with a wrong passphrase', async () => {
    await expect(vault.open(ANNA, anna, NEXT)).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });

  it('rotates the passphrase in the record alone: the keychain is not written to', async () => {
    const before = await store.read(ANNA);

    const rotated = await vault.change(ANNA, anna, PASSPHRASE, { passphrase: NEXT });

    expect(await store.read(ANNA)).toEqual(before);
    expect((await vault.open(ANNA, rotated, NEXT)).key?.address).toBe(ADDRESS);
    await expect(vault.open(ANNA, rotated, PASSPHRASE)).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    expect((await vault.open(ANNA, anna, PASSPHRASE)).key?.address).toBe(ADDRESS);
  });

  it('exports a keystore that opens elsewhere, with its own passphrase alone', async () => {
    const exported = await vault.exportKeystore(ANNA, anna, PASSPHRASE, NEXT);

    const elsewhere = await decryptKeystoreJson(exported, NEXT);
    expect(elsewhere.address).toBe(ADDRESS);
    expect(JSON.parse(exported)).toMatchObject({ version: 3, crypto: { kdfparams: { n: 131_072 } } });
  });
});

describe('what was changed behind the back of the desk', () => {
  it.each([
    ['an altered keystore', () => altered(anna, 'keystore', /"ciphertext": *"[0-9a-f]/)],
    ['a keystore with an altered salt', () => altered(anna, 'keystore', /"salt": *"[0-9a-f]/)],
    ['a keystore that is gone', () => ({ ...anna, keystore: null })],
    ['an altered box', () => altered(anna, 'box', /"data":"[0-9a-f]/)],
    ['a box with an altered salt', () => altered(anna, 'box', /"salt":"[0-9a-f]/)],
    ['a box with an altered mark', () => altered(anna, 'box', /"mark":"[0-9a-f]/)],
    ['a box that is none', () => ({ ...anna, box: '{}' })],
  ])('is refused as damaged or changed: %s', async (_name, record) => {
    await expect(vault.open(ANNA, record(), PASSPHRASE)).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });
  });

  it('is refused: records of two operators swapped, also under one passphrase', async () => {
    const bert = await vault.make({
      operatorId: BERT,
      passphrase: PASSPHRASE,
      privateKey: null,
      secrets: TOTP,
    });

    const corrupt = { code: 'VAULT_CORRUPT' };
    await expect(vault.open(ANNA, bert, PASSPHRASE)).rejects.toMatchObject(corrupt);
    await expect(vault.open(BERT, anna, PASSPHRASE)).rejects.toMatchObject(corrupt);
    await expect(vault.open(BERT, { ...bert, keystore: anna.keystore }, PASSPHRASE)).rejects.toMatchObject(
      corrupt,
    );
  });

  it('is refused: another entry in the keychain', async () => {
    const entry = await store.read(ANNA);
    if (entry === null) throw new Error('there is no entry');
    await store.write(ANNA, Buffer.alloc(32, 7));

    await expect(vault.open(ANNA, anna, PASSPHRASE)).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });

    await store.write(ANNA, Buffer.alloc(8, 7));
    await expect(vault.open(ANNA, anna, PASSPHRASE)).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });
    await store.write(ANNA, entry);
    expect((await vault.open(ANNA, anna, PASSPHRASE)).key?.address).toBe(ADDRESS);
  });
});

describe('half of what it takes', () => {
  it('opens nothing: the disk and the passphrase, in another keychain', async () => {
    const thief = await KeychainSession.open({ keychain: 'open' });
    try {
      await expect(vaultOver(storeIn(thief.environment)).open(ANNA, anna, PASSPHRASE)).rejects.toMatchObject({
        code: 'KEYCHAIN_ENTRY_MISSING',
      });
    } finally {
      await thief.close();
    }
    await expect(openKeystore(anna.keystore ?? '', PASSPHRASE)).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
  });

  it('opens nothing: the entry of the keychain and the disk, without the passphrase', async () => {
    const entry = await store.read(ANNA);
    if (entry === null) throw new Error('there is no entry');

    for (const form of [entry, Buffer.from(Buffer.from(entry).toString('hex')), new Uint8Array(0)]) {
      await expect(openKeystore(anna.keystore ?? '', form)).rejects.toMatchObject({
        code: 'PASSPHRASE_WRONG',
      });
    }
  });
});

describe('a keychain that changes under the desk', () => {
  it('says that the entry was deleted, and takes the key in again', async () => {
    const operatorId = 'O-00000000cc';
    const record = await vault.make({ operatorId, passphrase: PASSPHRASE, privateKey: KEY, secrets: TOTP });
    await store.remove(operatorId);

    await expect(vault.open(operatorId, record, PASSPHRASE)).rejects.toMatchObject({
      code: 'KEYCHAIN_ENTRY_MISSING',
      remedy: expect.stringContaining('import the key again'),
    });

    const again = await vault.make({ operatorId, passphrase: PASSPHRASE, privateKey: KEY, secrets: TOTP });
    expect((await vault.open(operatorId, again, PASSPHRASE)).key?.address).toBe(ADDRESS);
  });

  it('forgets an operator: the entry is gone, and the record opens nothing', async () => {
    const operatorId = 'O-00000000dd';
    const record = await vault.make({ operatorId, passphrase: PASSPHRASE, privateKey: KEY, secrets: TOTP });

    await vault.forget(operatorId, record);

    expect(await store.read(operatorId)).toBeNull();
    await expect(vault.open(operatorId, record, PASSPHRASE)).rejects.toMatchObject({
      code: 'KEYCHAIN_ENTRY_MISSING',
    });
  });

  it('opens, makes and forgets nothing while it is locked', async () => {
    await session.lock();

    const locked = { code: 'KEYCHAIN_LOCKED' };
    await expect(vault.open(ANNA, anna, PASSPHRASE)).rejects.toMatchObject(locked);
    await expect(vault.forget(ANNA, anna)).rejects.toMatchObject(locked);
    const next = { operatorId: 'O-00000000ee', passphrase: PASSPHRASE, privateKey: KEY, secrets: TOTP };
    await expect(vault.make(next)).rejects.toMatchObject(locked);
  });
});
