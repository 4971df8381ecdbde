import { decryptKeystoreJson } from 'ethers';
import { beforeAll, describe, expect, it } from 'vitest';
import { openKeystore } from '../../../electron/operator/keystore.ts';
import { createKeystore } from '../../../electron/operator/new-keystore.ts';
import type { NewKeystore } from '../../../electron/operator/new-keystore.ts';

const PASSPHRASE = 'cafe\u0301 horse battery';

describe('a new keystore', () => {
  let made: NewKeystore;

  beforeAll(async () => {
    made = await createKeystore(Buffer.from(PASSPHRASE));
  });

  it('is a version 3 document with a scrypt cost of at least 131072', () => {
    expect(JSON.parse(made.json)).toEqual({
      version: 3,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      address: made.address.slice(2).toLowerCase(),
      crypto: {
        cipher: 'aes-128-ctr',
        cipherparams: { iv: expect.stringMatching(/^[0-9a-f]{32}$/) },
        ciphertext: expect.stringMatching(/^[0-9a-f]{64}$/),
        kdf: 'scrypt',
        kdfparams: { n: 131_072, r: 8, p: 1, dklen: 32, salt: expect.stringMatching(/^[0-9a-f]{64}$/) },
        mac: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  it('is opened by ethers with the typed passphrase, and by the desk', async () => {
    const account = await decryptKeystoreJson(made.json, PASSPHRASE);
    expect(account.address).toBe(made.address);
    expect((await openKeystore(made.json, Buffer.from(PASSPHRASE))).address).toBe(made.address);
  });

  it('does not hold its key in clear', async () => {
    const { privateKey } = await decryptKeystoreJson(made.json, PASSPHRASE);
    expect(made.json.toLowerCase()).not.toContain(privateKey.slice(2));
  });

  it('is another one each time', async () => {
    const next = await createKeystore(Buffer.from(PASSPHRASE));
    expect(next.address).not.toBe(made.address);
  });

  it.each([65_536, 131_073, 2 ** 21, Number.NaN])('is not made with a scrypt N of %d', async (scryptN) => {
    await expect(createKeystore(Buffer.from(PASSPHRASE), { scryptN })).rejects.toBeInstanceOf(RangeError);
  });
});
