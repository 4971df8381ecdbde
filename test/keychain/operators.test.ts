/** Operators over a real file, the real vault and a real keychain. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecretStore } from '../../electron/operator/secret-store.ts';
import { storeIn, vaultOver } from '../support/keychain-desk.ts';
import { KeychainSession } from '../support/keychain-session.ts';
import {
  KEY_ADDRESS,
  PASSPHRASE,
  PRIVATE_KEY,
  WRONG_PASSPHRASE,
  codeOf,
  operatorsUnderTest,
  signedIn,
} from '../support/operators-under-test.ts';

let session: KeychainSession;
let store: SecretStore;

beforeEach(async () => {
  session = await KeychainSession.open({ keychain: 'open' });
  store = storeIn(session.environment);
});
afterEach(() => session.close());

const draft = {
  name: 'Ada',
  signIn: { kind: 'passphrase', passphrase: PASSPHRASE, codes: null },
  credential: { kind: 'keystore', privateKey: PRIVATE_KEY },
} as const;

async function ada() {
  const desk = operatorsUnderTest({ vault: vaultOver(store) });
  const { operator } = await desk.operators.create(draft);
  return { ...desk, operator, id: operator.id };
}

describe('an operator whose key the keychain wraps', () => {
  it('signs in after a restart, and no more once the entry was deleted, which is no wrong attempt', async () => {
    const first = await ada();
    expect(first.operator.credential).toEqual({
      kind: 'keystore',
      address: KEY_ADDRESS,
      wrapping: 'keychain',
    });
    const desk = first.restarted();
    const opened = await signedIn(desk, first.id);
    expect(opened.key?.address).toBe(KEY_ADDRESS);
    opened.close();
    expect(await codeOf(desk.operators.open(first.id, WRONG_PASSPHRASE, null))).toBe('PASSPHRASE_WRONG');

    await store.remove(first.id);
    expect(await codeOf(desk.operators.open(first.id, PASSPHRASE, null))).toBe('KEYCHAIN_ENTRY_MISSING');
    expect(desk.repository.get(first.id)?.attempts.failures).toBe(1);
  });

  it('is removed with the entry', async () => {
    const desk = await ada();
    expect(await store.read(desk.id)).not.toBeNull();
    expect(await desk.operators.remove(desk.id)).toBeNull();
    expect(await store.read(desk.id)).toBeNull();
    expect(desk.repository.get(desk.id)?.vault).toBeNull();
  });
});

describe('a locked keychain', () => {
  it('lets nobody in and nobody be set up, counts nothing, and a removal holds and says what is left', async () => {
    const desk = await ada();
    await session.lock();

    expect(await codeOf(desk.operators.open(desk.id, PASSPHRASE, null))).toBe('KEYCHAIN_LOCKED');
    expect(desk.repository.get(desk.id)?.attempts.failures).toBe(0);
    expect(await codeOf(desk.operators.create({ ...draft, name: 'Bert' }))).toBe('KEYCHAIN_LOCKED');
    expect(desk.operators.list()).toHaveLength(1);

    expect(await desk.operators.remove(desk.id)).toMatchObject({ error: { code: 'KEYCHAIN_LOCKED' } });
    expect(desk.operators.list()).toEqual([]);
    expect(desk.repository.unforgotten()).toEqual([desk.id]);
  });
});
