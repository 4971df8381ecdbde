import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKeytar } from '../../electron/operator/load-keytar.ts';
import type { SecretStore } from '../../electron/operator/secret-store.ts';
import { storeIn } from '../support/keychain-desk.ts';
import { KeychainSession } from '../support/keychain-session.ts';

const ACCOUNT = 'O-0123456789';

/** A session for the tests of one group, gone after them. */
function sessionFor(keychain: 'open' | 'bare' | 'none'): () => SecretStore {
  let session: KeychainSession;
  let store: SecretStore;
  beforeAll(async () => {
    session = await KeychainSession.open({ keychain });
    store = storeIn(session.environment);
  });
  afterAll(() => session.close());
  return () => store;
}

function eachCall(store: () => SecretStore): [string, () => Promise<unknown>][] {
  return [
    ['reading', () => store().read(ACCOUNT)],
    ['writing', () => store().write(ACCOUNT, randomBytes(32))],
    ['removing', () => store().remove(ACCOUNT)],
  ];
}

describe('this installation', () => {
  it('has the part that works with the keychain', async () => {
    expect(await loadKeytar()).not.toBeNull();
  });
});

describe('an open keychain', () => {
  const store = sessionFor('open');

  it('gives back what was written, whatever the bytes, and forgets what was removed', async () => {
    const secret = Uint8Array.of(0, 255, 10, 13, ...randomBytes(28));

    await store().write(ACCOUNT, secret);

    expect(await store().read(ACCOUNT)).toEqual(secret);
    expect(await store().remove(ACCOUNT)).toBe(true);
    expect(await store().read(ACCOUNT)).toBeNull();
    expect(await store().remove(ACCOUNT)).toBe(false);
  });

  it('replaces an entry of the same name, and keeps the others', async () => {
    await store().write('O-aaaaaaaaaa', Uint8Array.of(1));
    await store().write('O-bbbbbbbbbb', Uint8Array.of(2));

    await store().write('O-aaaaaaaaaa', Uint8Array.of(3));

    expect(await store().read('O-aaaaaaaaaa')).toEqual(Uint8Array.of(3));
    expect(await store().read('O-bbbbbbbbbb')).toEqual(Uint8Array.of(2));
  });

  it('is asked by several at once', async () => {
    const accounts = ['O-0000000001', 'O-0000000002', 'O-0000000003'];

    await Promise.all(accounts.map((account, index) => store().write(account, Uint8Array.of(index + 1))));

    expect(await Promise.all(accounts.map((account) => store().read(account)))).toEqual(
      [1, 2, 3].map((value) => Uint8Array.of(value)),
    );
  });
});

describe('a locked keychain', () => {
  let session: KeychainSession;
  const store = () => storeIn(session.environment);

  beforeAll(async () => {
    session = await KeychainSession.open({ keychain: 'open' });
    await store().write(ACCOUNT, randomBytes(32));
    await session.lock();
  });
  afterAll(() => session.close());

  it.each(eachCall(store))('is told apart from one without the entry when %s', async (_call, run) => {
    await expect(run()).rejects.toMatchObject({
      code: 'KEYCHAIN_LOCKED',
      remedy: expect.stringContaining('Unlock it'),
    });
  });

  it('says so of an entry that it never had, too', async () => {
    await expect(store().read('O-ffffffffff')).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
  });
});

describe('a keychain without a keyring', () => {
  const store = sessionFor('bare');

  it.each(eachCall(store))('is told as one that is not set up when %s', async (_call, run) => {
    await expect(run()).rejects.toMatchObject({
      code: 'KEYCHAIN_LOCKED',
      message: expect.stringContaining('nothing was ever set up in it'),
      remedy: expect.stringContaining('create its default keyring'),
    });
  });
});

describe('a session whose bus has no keychain', () => {
  const store = sessionFor('none');

  it.each(eachCall(store))('is told as such when %s', async (_call, run) => {
    await expect(run()).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      message: expect.stringContaining('no keychain on this machine'),
    });
  });
});

describe('a session without a bus', () => {
  const store = () => storeIn({ HOME: '/nonexistent', PATH: process.env['PATH'] ?? '' });

  it.each(eachCall(store))('is told as one without a keychain when %s', async (_call, run) => {
    await expect(run()).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
  });
});

describe('a bus that has ended', () => {
  it('is told as one without a keychain', async () => {
    const session = await KeychainSession.open({ keychain: 'open' });
    await session.close();

    await expect(storeIn(session.environment).read(ACCOUNT)).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
    });
  });
});
