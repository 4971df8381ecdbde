import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { computeAddress, decryptKeystoreJson, SigningKey } from 'ethers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createVault } from '../../../electron/operator/create-vault.ts';
import { keychainFault } from '../../../electron/operator/keychain-errors.ts';
import type { SecretStore } from '../../../electron/operator/secret-store.ts';
import type { Vault, VaultRecord } from '../../../electron/operator/vault.ts';
import { canonicalText } from '../../../shared/canonical.ts';
import { DEFAULT_POLICY } from '../../support/default-policy.ts';

/** Each key is derived at full cost, on a machine that may have other work. */
const COSTLY = { timeout: 180_000 };

const ANNA = 'O-00000000aa';
const BERT = 'O-00000000bb';
const KEY = '7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';
const ADDRESS = computeAddress(new SigningKey(`0x${KEY}`));
const PASSPHRASE = 'cafe\u0301 horse battery';
const COMPOSED = 'caf\u00e9 horse battery';
const NEXT = 'another four words now';
const TOTP = 'JBSWY3DPEHPK3PXP';

const typed = (text: string) => new TextEncoder().encode(text);
const key = () => Buffer.from(KEY, 'hex');

/** DOUBLE of the keychain, in memory; the suite `keychain` has the real one. */
function storeDouble(): SecretStore & { readonly entries: Map<string, Uint8Array> } {
  const entries = new Map<string, Uint8Array>();
  return {
    entries,
    read: async (account) => {
      const entry = entries.get(account);
      return entry === undefined ? null : Uint8Array.from(entry);
    },
    write: async (account, secret) => void entries.set(account, Uint8Array.from(secret)),
    remove: async (account) => entries.delete(account),
  };
}

const store = storeDouble();
const vault = createVault({ store, policy: DEFAULT_POLICY });
const lenient = createVault({ store, policy: { ...DEFAULT_POLICY, allowVaultWithoutKeychain: true } });
const basis = { passphrase: typed(PASSPHRASE), secrets: { totp: TOTP } };

let anna: VaultRecord;
let alone: VaultRecord;

beforeAll(async () => {
  anna = await vault.make({ ...basis, operatorId: ANNA, privateKey: key() });
  alone = await lenient.make({ ...basis, operatorId: BERT, privateKey: key(), wrapping: 'passphrase' });
}, COSTLY.timeout);

describe('a vault', COSTLY, () => {
  it('opens however the accents of the passphrase are typed', async () => {
    const opened = await vault.open(ANNA, anna, typed(COMPOSED));
    expect(opened.key?.address).toBe(ADDRESS);
    expect(opened.secrets).toEqual({ totp: TOTP });
  });

  it('keeps one wrapping secret of 32 bytes in the keychain, under the id of the operator', () => {
    expect(store.entries.get(ANNA)).toHaveLength(32);
    expect(store.entries.has(BERT)).toBe(false);
  });

  it('leaves passphrase and key to their owner', async () => {
    const passphrase = typed(PASSPHRASE);
    const privateKey = key();

    await vault.make({ operatorId: ANNA, passphrase, privateKey, secrets: { totp: null } });

    expect(passphrase).toEqual(typed(PASSPHRASE));
    expect(privateKey).toEqual(key());
  });

  it('that is made again lets an older record open, too', async () => {
    const operatorId = 'O-00000000ee';
    const older = await vault.make({ ...basis, operatorId, privateKey: null });
    const again = await vault.make({ ...basis, operatorId, privateKey: null, secrets: { totp: null } });

    expect((await vault.open(operatorId, older, typed(PASSPHRASE))).secrets).toEqual({ totp: TOTP });
    expect((await vault.open(operatorId, again, typed(PASSPHRASE))).secrets).toEqual({ totp: null });
  });

  it('does not rest on an entry of another length', async () => {
    const operatorId = 'O-00000000cc';
    store.entries.set(operatorId, Uint8Array.of(1));

    await vault.make({ ...basis, operatorId, privateKey: null });

    expect(store.entries.get(operatorId)).toHaveLength(32);
  });

  it('is not made under a short passphrase, nor changed or exported to one', async () => {
    const weak = { code: 'PASSPHRASE_WEAK' };
    const short = typed('short');
    await expect(
      vault.make({ ...basis, operatorId: 'O-00000000dd', passphrase: short, privateKey: key() }),
    ).rejects.toMatchObject(weak);
    await expect(vault.change(ANNA, anna, typed(PASSPHRASE), { passphrase: short })).rejects.toMatchObject(
      weak,
    );
    await expect(vault.exportKeystore(ANNA, anna, typed(PASSPHRASE), short)).rejects.toMatchObject(weak);
    expect(store.entries.has('O-00000000dd')).toBe(false);
  });
});

describe('an operator whose key is elsewhere', COSTLY, () => {
  let record: VaultRecord;

  beforeAll(async () => {
    record = await vault.make({ ...basis, operatorId: BERT, privateKey: null });
  }, COSTLY.timeout);

  it('has the box alone, which proves the passphrase', async () => {
    const opened = await vault.open(BERT, record, typed(PASSPHRASE));
    expect(record.keystore).toBeNull();
    expect(opened).toMatchObject({ key: null, secrets: { totp: TOTP } });
    await expect(vault.open(BERT, record, typed(NEXT))).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
  });

  it('has nothing to export', async () => {
    await expect(vault.exportKeystore(BERT, record, typed(PASSPHRASE), typed(NEXT))).rejects.toMatchObject({
      code: 'OPERATOR_INVALID',
    });
  });

  it('may bring a key here, and take it elsewhere again', async () => {
    const here = await vault.change(BERT, record, typed(PASSPHRASE), { privateKey: key() });
    expect((await vault.open(BERT, here, typed(PASSPHRASE))).key?.address).toBe(ADDRESS);

    const gone = await vault.change(BERT, here, typed(PASSPHRASE), { privateKey: null });
    expect(gone.keystore).toBeNull();
    expect((await vault.open(BERT, gone, typed(PASSPHRASE))).secrets).toEqual({ totp: TOTP });
  });
});

describe('changing a vault', COSTLY, () => {
  it('takes another one-time code and leaves keystore and passphrase as they are', async () => {
    const changed = await vault.change(ANNA, anna, typed(PASSPHRASE), { secrets: { totp: null } });

    expect(changed.keystore).toBe(anna.keystore);
    expect((await vault.open(ANNA, changed, typed(PASSPHRASE))).secrets).toEqual({ totp: null });
  });

  it('is refused with a wrong passphrase', async () => {
    const change = { secrets: { totp: null } };
    await expect(vault.change(ANNA, anna, typed(NEXT), change)).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
  });
});

describe('a vault that opens with the passphrase alone', COSTLY, () => {
  it('works where policy allows it, and touches no keychain', async () => {
    const opened = await lenient.open(BERT, alone, typed(PASSPHRASE));
    expect(opened.key?.address).toBe(ADDRESS);

    const rotated = await lenient.change(BERT, alone, typed(PASSPHRASE), { passphrase: typed(NEXT) });
    expect(rotated.wrapping).toBe('passphrase');
    expect((await lenient.open(BERT, rotated, typed(NEXT))).key?.address).toBe(ADDRESS);
    await lenient.forget(BERT, rotated);
  });

  it('holds a keystore that other programs open, too', async () => {
    expect((await decryptKeystoreJson(alone.keystore ?? '', COMPOSED)).address).toBe(ADDRESS);
  });

  it('is neither made nor opened where policy does not allow it', async () => {
    const refusal = { code: 'VAULT_NEEDS_KEYCHAIN' };
    await expect(
      vault.make({ ...basis, operatorId: BERT, privateKey: key(), wrapping: 'passphrase' }),
    ).rejects.toMatchObject(refusal);
    await expect(vault.open(BERT, alone, typed(PASSPHRASE))).rejects.toMatchObject(refusal);
  });

  it('is refused when it was swapped or damaged, and never opens for another operator', async () => {
    const corrupt = { code: 'VAULT_CORRUPT' };
    await expect(lenient.open(ANNA, alone, typed(PASSPHRASE))).rejects.toMatchObject(corrupt);
    const { keystore } = anna;
    await expect(lenient.open(BERT, { ...alone, keystore }, typed(PASSPHRASE))).rejects.toMatchObject(
      corrupt,
    );
    await expect(
      lenient.open(ANNA, { ...alone, wrapping: 'keychain' }, typed(PASSPHRASE)),
    ).rejects.toMatchObject(corrupt);
  });

  it('does not open for another operator with a mark that was made anew, either', async () => {
    const { mark: _old, version: _version, ...parts } = JSON.parse(alone.box) as Record<string, unknown>;
    const { kdf, ...sealed } = parts;
    const place = { version: 1, operatorId: ANNA, wrapping: 'passphrase', keystore: null, kdf };
    const mark = createHmac('sha256', '')
      .update(canonicalText({ place, ...sealed }))
      .digest('hex');
    const forged = { ...alone, keystore: null, box: JSON.stringify({ version: 1, ...parts, mark }) };

    await expect(lenient.open(ANNA, forged, typed(PASSPHRASE))).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
  });
});

describe('a damaged record', COSTLY, () => {
  const box = (change: (parts: Record<string, unknown>) => void) => {
    const parts = JSON.parse(anna.box) as Record<string, unknown>;
    change(parts);
    return JSON.stringify(parts);
  };

  it.each([
    ['no JSON', () => 'x'],
    ['far too long', () => ' '.repeat(70_000)],
    ['of another version', () => box((parts) => (parts['version'] = 2))],
    ['with a further key', () => box((parts) => (parts['more'] = 1))],
    ['with a cheap derivation', () => box((parts) => Object.assign(parts['kdf'] ?? {}, { n: 2 }))],
    [
      'with a derivation that costs more than 1 GiB',
      () => box((parts) => Object.assign(parts['kdf'] ?? {}, { n: 2 ** 24 })),
    ],
    ['with an altered tag', () => box((parts) => (parts['tag'] = '00'.repeat(16)))],
  ])('whose box is %s is refused', async (_name, text) => {
    await expect(vault.open(ANNA, { ...anna, box: text() }, typed(PASSPHRASE))).rejects.toMatchObject({
      code: 'VAULT_CORRUPT',
      remedy: expect.stringContaining('tampering'),
    });
  });
});

describe('a keychain that fails', COSTLY, () => {
  it('while the entry is written leaves no record behind', async () => {
    const failing: SecretStore = {
      ...storeDouble(),
      write: () => Promise.reject(keychainFault('closed')),
    };
    const making = createVault({ store: failing, policy: DEFAULT_POLICY }).make({
      ...basis,
      operatorId: ANNA,
      privateKey: key(),
    });
    await expect(making).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
  });
});

describe('what a vault gives out', COSTLY, () => {
  /** Every way in which a secret may be written. */
  function formsOf(secret: Uint8Array): string[] {
    const bytes = Buffer.from(secret);
    return [
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('latin1'),
      [...bytes].join(','),
      [...bytes].join(', '),
    ];
  }

  async function refusals(over: Vault): Promise<unknown[]> {
    const wrong = typed(NEXT);
    const attempts = [
      () => over.open(ANNA, anna, wrong),
      () => over.open(BERT, anna, typed(PASSPHRASE)),
      () => over.open('O-00000000ff', anna, typed(PASSPHRASE)),
      () => over.open(BERT, alone, typed(PASSPHRASE)),
      () => over.open(ANNA, { ...anna, box: '{' }, typed(PASSPHRASE)),
      () => over.change(ANNA, anna, wrong, { privateKey: key(), secrets: { totp: TOTP } }),
      () => over.change(ANNA, anna, typed(PASSPHRASE), { passphrase: typed('short') }),
      () => over.exportKeystore(ANNA, anna, wrong, typed(NEXT)),
      () => over.make({ ...basis, operatorId: ANNA, passphrase: typed('short'), privateKey: key() }),
    ];
    const caught: unknown[] = [];
    for (const attempt of attempts) {
      caught.push(
        await attempt().then(
          () => new Error('was not refused'),
          (thrown: unknown) => thrown,
        ),
      );
    }
    return caught;
  }

  it('holds neither key, passphrase, wrapping secret nor one-time secret in clear: records, exports, errors', async () => {
    const wrapping = store.entries.get(ANNA) ?? new Uint8Array(0);
    const opened = await vault.open(ANNA, anna, typed(PASSPHRASE));
    opened.close();
    const exported = await vault.exportKeystore(ANNA, anna, typed(PASSPHRASE), typed(NEXT));
    const errors = await refusals(vault);

    const shown = [
      JSON.stringify([anna, alone]),
      exported,
      inspect(opened.key, { depth: Infinity, showHidden: true, getters: true }),
      ...errors.flatMap((error) => [
        inspect(error, { depth: Infinity, showHidden: true, getters: true, maxArrayLength: null }),
        JSON.stringify(error),
      ]),
    ].join('\n');

    const secrets = [wrapping, key(), typed(PASSPHRASE), typed(COMPOSED), typed(NEXT), typed(TOTP)];
    const clear = [PASSPHRASE, COMPOSED, NEXT, TOTP];
    expect(errors.every((error) => error instanceof Error && error.name === 'DeskError')).toBe(true);
    expect(wrapping).toHaveLength(32);
    for (const form of [...secrets.flatMap(formsOf), ...clear]) {
      expect(shown.toLowerCase().includes(form.toLowerCase()), 'a secret in clear').toBe(false);
    }
  });
});
