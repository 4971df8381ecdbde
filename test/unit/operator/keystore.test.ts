import { pbkdf2Sync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format, inspect } from 'node:util';
import { encryptKeystoreJson, verifyMessage, hashMessage, pbkdf2, Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeystore, readKeystoreFile } from '../../../electron/operator/keystore.ts';
import type { Hex } from '../../../shared/values.ts';

/** Test vector of the Web3 Secret Storage Definition, pbkdf2. */
const DEFINITION_PBKDF2 = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
};
const DEFINITION_KEY = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';

const PASSPHRASE = Buffer.from('correct horse battery');
const account = new Wallet(DEFINITION_KEY);
const KEY_HEX = DEFINITION_KEY.slice(2);

interface Written {
  version: unknown;
  address?: unknown;
  Crypto: Record<string, unknown> & { kdfparams: Record<string, unknown>; cipherparams: object };
}

let folder: string;
let cheap: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-keystore-'));
  // A low cost, so that refusals are quick to test.
  cheap = await encryptKeystoreJson(account, PASSPHRASE, { scrypt: { N: 2, r: 8, p: 1 } });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function changed(change: (document: Written) => void): string {
  const document = JSON.parse(cheap) as Written;
  change(document);
  return JSON.stringify(document);
}

async function refusalOf(json: string, passphrase: Uint8Array = PASSPHRASE): Promise<Error> {
  try {
    await openKeystore(json, passphrase);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('was not refused');
}

describe('opening a keystore', () => {
  it('of the definition, derived by pbkdf2, gives its key', async () => {
    const key = await openKeystore(JSON.stringify(DEFINITION_PBKDF2), Buffer.from('testpassword'));
    expect(key.address).toBe(account.address);
  });

  it('derives by pbkdf2 with the native function', () => {
    const native = pbkdf2Sync('secret', 'salt', 1000, 32, 'sha256').toString('hex');
    expect(pbkdf2(Buffer.from('secret'), Buffer.from('salt'), 1000, 32, 'sha256')).toBe(`0x${native}`);
  });

  it('made with the cost that wallet programs use (N 262144) works', async () => {
    const json = await encryptKeystoreJson(account, PASSPHRASE, { scrypt: { N: 262_144 } });
    expect((await openKeystore(json, PASSPHRASE)).address).toBe(account.address);
  });

  it('takes keys in lower case, no address, an address with 0x, and a byte order mark', async () => {
    const lower = cheap.replace('"Crypto"', '"crypto"');
    const nameless = changed((document) => delete document.address);
    const prefixed = changed((document) => (document.address = account.address));
    for (const json of [lower, nameless, prefixed, `\uFEFF${cheap}`]) {
      expect((await openKeystore(json, PASSPHRASE)).address).toBe(account.address);
    }
  });

  it('takes an accent however it was typed, as ethers does', async () => {
    const json = await encryptKeystoreJson(account, 'caf\u00e9 au lait', { scrypt: { N: 2 } });
    const typed = Buffer.from('caf\u0065\u0301 au lait');
    expect((await openKeystore(json, typed)).address).toBe(account.address);
  });

  it('leaves the passphrase to its owner', async () => {
    const passphrase = Buffer.from(PASSPHRASE);
    await openKeystore(cheap, passphrase);
    expect(passphrase.equals(PASSPHRASE)).toBe(true);
  });

  it('with a wrong passphrase is refused, and does not quote it', async () => {
    const refusal = await refusalOf(cheap, Buffer.from('wrong horse'));
    expect(refusal).toMatchObject({ code: 'PASSPHRASE_WRONG' });
    expect(inspect(refusal, { depth: Infinity, showHidden: true })).not.toContain('wrong horse');
  });

  it('whose content was altered is refused as by a wrong passphrase', async () => {
    const altered = changed((document) => (document.Crypto['ciphertext'] = '00'.repeat(32)));
    expect(await refusalOf(altered)).toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });

  it('that names another address is refused', async () => {
    const other = changed((document) => (document.address = '11'.repeat(20)));
    const refusal = await refusalOf(other);
    expect(refusal).toMatchObject({ code: 'KEYSTORE_CORRUPT' });
    expect(inspect(refusal, { depth: Infinity, showHidden: true })).not.toContain(KEY_HEX);
  });

  it('that holds no possible key is refused', async () => {
    const zero = await encryptKeystoreJson(
      { address: account.address, privateKey: `0x${'00'.repeat(32)}` },
      PASSPHRASE,
      { scrypt: { N: 2 } },
    );
    expect(await refusalOf(zero)).toMatchObject({ code: 'KEYSTORE_CORRUPT' });
  });

  it.each<[string, (document: Written) => unknown]>([
    ['another version', (document) => (document.version = 1)],
    ['no version', (document) => delete document.version],
    ['no crypto part', (document) => Reflect.deleteProperty(document, 'Crypto')],
    ['two crypto parts', (document) => Reflect.set(document, 'crypto', document.Crypto)],
    ['another cipher', (document) => (document.Crypto['cipher'] = 'aes-256-gcm')],
    ['another derivation', (document) => (document.Crypto['kdf'] = 'argon2')],
    ['a short initial vector', (document) => (document.Crypto.cipherparams = { iv: '00' })],
    ['a short ciphertext', (document) => (document.Crypto['ciphertext'] = '00')],
    ['a malformed address', (document) => (document.address = 'me')],
    ['an N that is no power of two', (document) => (document.Crypto.kdfparams['n'] = 131_073)],
    ['a negative N', (document) => (document.Crypto.kdfparams['n'] = -8)],
    ['N as a text', (document) => (document.Crypto.kdfparams['n'] = '2')],
    ['an absurd N', (document) => (document.Crypto.kdfparams['n'] = 2 ** 40)],
    ['a cost of more than 1 GiB by N', (document) => (document.Crypto.kdfparams['n'] = 2 ** 21)],
    ['a cost of more than 1 GiB by r', (document) => (document.Crypto.kdfparams['r'] = 2 ** 23)],
    ['a cost of more than 1 GiB by p', (document) => (document.Crypto.kdfparams['p'] = 2 ** 23)],
  ])('with %s is refused at once', async (_name, change) => {
    expect(await refusalOf(changed((document) => void change(document)))).toMatchObject({
      code: 'KEYSTORE_CORRUPT',
    });
  });

  it('with an absurd number of pbkdf2 rounds is refused at once', async () => {
    const { crypto } = DEFINITION_PBKDF2;
    const document = {
      ...DEFINITION_PBKDF2,
      crypto: { ...crypto, kdfparams: { ...crypto.kdfparams, c: 2 ** 31 } },
    };
    expect(await refusalOf(JSON.stringify(document))).toMatchObject({ code: 'KEYSTORE_CORRUPT' });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'not json'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a key in clear', JSON.stringify(DEFINITION_KEY)],
    ['far too much', ' '.repeat(70_000)],
    ['deep nesting', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ])('of a file with %s is refused', async (_name, json) => {
    const refusal = await refusalOf(json);
    expect(refusal).toMatchObject({ code: 'KEYSTORE_CORRUPT' });
    expect(inspect(refusal)).not.toContain(KEY_HEX);
  });
});

describe('an opened key', () => {
  it('signs', async () => {
    const key = await openKeystore(cheap, PASSPHRASE);
    const signature = key.sign(hashMessage('hello') as Hex);
    expect(verifyMessage('hello', signature)).toBe(account.address);
  });

  it('does not sign once closed', async () => {
    const key = await openKeystore(cheap, PASSPHRASE);
    key.close();
    expect(() => key.sign(hashMessage('hello') as Hex)).toThrow('closed');
  });

  it('is in no text that a regular expression remembers, once closed', async () => {
    const remembered = (): unknown => Reflect.get(RegExp, '$_');
    const key = await openKeystore(cheap, PASSPHRASE);
    key.sign(hashMessage('hello') as Hex);
    expect(remembered()).toContain(KEY_HEX);
    key.close();
    expect(remembered()).not.toContain(KEY_HEX);
  });

  it('shows its key in no inspection, text or copy', async () => {
    const key = await openKeystore(cheap, PASSPHRASE);
    const shown = [
      inspect(key, { depth: Infinity, showHidden: true, getters: true, showProxy: true }),
      JSON.stringify(key),
      format('%s %O', key, key),
      inspect(structuredClone(key), { depth: Infinity }),
      inspect(Object.getOwnPropertyDescriptors(key), { depth: Infinity }),
    ].join('\n');
    expect(shown.toLowerCase()).not.toContain(KEY_HEX);
    expect(shown).toContain(account.address);
  });
});

describe('reading a keystore file', () => {
  it('gives its text', async () => {
    const file = path.join(folder, 'keystore.json');
    writeFileSync(file, cheap);
    expect(await readKeystoreFile(file)).toBe(cheap);
  });

  it('that is missing or a folder is refused', async () => {
    const refusal = { code: 'KEYSTORE_UNREADABLE' };
    await expect(readKeystoreFile(path.join(folder, 'none'))).rejects.toMatchObject(refusal);
    await expect(readKeystoreFile(folder)).rejects.toMatchObject(refusal);
  });
});
