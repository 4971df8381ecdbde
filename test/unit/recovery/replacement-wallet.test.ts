import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decryptKeystoreJson, encryptKeystoreJson, Wallet } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import type { KeystoreCodec } from '../../../electron/recovery/needs.ts';
import {
  generateReplacementWallet,
  proveReplacementWallet,
} from '../../../electron/recovery/replacement-wallet.ts';
import { toAddress, ZERO_ADDRESS } from '../../../shared/address.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';

const codec: KeystoreCodec = keystoreCodec;
const PASSPHRASE = 'correct horse battery staple';
const passphrase = Buffer.from(PASSPHRASE);
const now = new Date('2026-03-01T08:30:00.123Z');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-replacement-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const request = () => ({ folder, passphrase, policy: DEFAULT_POLICY, codec, now });
const allFiles = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('generating a replacement wallet', () => {
  it('leaves one sealed keystore and no key in clear', async () => {
    const { address, file } = await generateReplacementWallet(request());

    const name = `UTC--2026-03-01T08-30-00.123Z--${address.slice(2).toLowerCase()}.json`;
    expect(file).toBe(path.join(folder, 'wallets', name));
    expect(allFiles().map((entry) => entry.name)).toEqual([name]);
    const account = await decryptKeystoreJson(readFileSync(file, 'utf8'), PASSPHRASE);
    expect(account.address).toBe(address);
    const bytes = Buffer.from(account.privateKey.slice(2), 'hex');
    for (const entry of allFiles()) {
      const content = readFileSync(path.join(entry.parentPath, entry.name));
      expect(content.toString('latin1').toLowerCase()).not.toContain(bytes.toString('hex'));
      expect(content.includes(bytes)).toBe(false);
      expect(content.includes(bytes.toString('base64'))).toBe(false);
      expect(content.includes(PASSPHRASE)).toBe(false);
    }
    await proveReplacementWallet({ file, passphrase, expected: address, codec });
  });

  it.skipIf(process.platform === 'win32')('lets its owner alone read it', async () => {
    const { file } = await generateReplacementWallet({ ...request(), codec: sealedWithoutCost() });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.platform === 'win32')('closes a folder that stood open', async () => {
    mkdirSync(path.join(folder, 'wallets'));
    chmodSync(path.join(folder, 'wallets'), 0o755);
    await generateReplacementWallet({ ...request(), codec: sealedWithoutCost() });
    expect(statSync(path.join(folder, 'wallets')).mode & 0o777).toBe(0o700);
  });

  it.each(['pw 12345', 'eleven char', '🔑🔑🔑🔑'])('refuses the weak passphrase "%s"', async (weak) => {
    const made = generateReplacementWallet({ ...request(), passphrase: Buffer.from(weak) });
    await expect(made).rejects.toMatchObject({
      code: 'PASSPHRASE_WEAK',
      message: expect.not.stringContaining(weak),
    });
    expect(existsSync(path.join(folder, 'wallets'))).toBe(false);
  });

  it('counts characters, not bytes', async () => {
    const policy = { minPassphraseLength: 4 };
    const made = generateReplacementWallet({
      ...request(),
      passphrase: Buffer.from('🔑🔑🔑🔑'),
      policy,
      codec: sealedWithoutCost(),
    });
    await expect(made).resolves.toMatchObject({ file: expect.any(String) });
  });

  it('removes the keystore when it does not read back as the same wallet', async () => {
    const made = generateReplacementWallet({
      ...request(),
      codec: { ...sealedWithoutCost(), open: async () => ({ address: ZERO_ADDRESS }) },
    });
    await expect(made).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(allFiles()).toEqual([]);
  });

  it('says so when the folder cannot be made or written', async () => {
    writeFileSync(path.join(folder, 'wallets'), 'a file in the way');
    await expect(generateReplacementWallet(request())).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  });

  it('leaves no draft behind when the name is taken by a folder', async () => {
    const fixed = sealedWithoutCost();
    const { address } = await fixed.create(passphrase);
    const name = `UTC--2026-03-01T08-30-00.123Z--${address.slice(2).toLowerCase()}.json`;
    mkdirSync(path.join(folder, 'wallets', name), { recursive: true });
    await expect(generateReplacementWallet({ ...request(), codec: fixed })).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    });
    expect(allFiles()).toEqual([]);
  });
});

describe('proving a replacement wallet', () => {
  const account = Wallet.createRandom();
  const address = toAddress(account.address);
  let file: string;

  beforeEach(async () => {
    file = path.join(folder, 'keystore.json');
    writeFileSync(file, (await sealedWithoutCost().create(passphrase)).json);
  });

  it('refuses a keystore that opens to another address', async () => {
    await expect(
      proveReplacementWallet({ file, passphrase, expected: address, codec }),
    ).rejects.toMatchObject({ code: 'KEYSTORE_ADDRESS_DIFFERS' });
  });

  it('refuses a wrong passphrase', async () => {
    const wrong = Buffer.from('wrong horse battery staple');
    await expect(
      proveReplacementWallet({ file, passphrase: wrong, expected: address, codec }),
    ).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });

  it('refuses a file that is missing', async () => {
    rmSync(file);
    await expect(
      proveReplacementWallet({ file, passphrase, expected: address, codec }),
    ).rejects.toMatchObject({ code: 'KEYSTORE_UNREADABLE' });
  });

  it('refuses a file that is cut short', async () => {
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    await expect(
      proveReplacementWallet({ file, passphrase, expected: address, codec }),
    ).rejects.toMatchObject({ code: 'KEYSTORE_CORRUPT' });
  });
});

/** The real codec over one fixed key with a low scrypt cost, for tests about files alone. */
function sealedWithoutCost(): KeystoreCodec {
  const wallet = new Wallet(`0x${'11'.repeat(32)}`);
  return {
    create: async (secret) => ({
      address: toAddress(wallet.address),
      json: await encryptKeystoreJson(wallet, secret, { scrypt: { N: 2 } }),
    }),
    open: keystoreCodec.open,
  };
}
