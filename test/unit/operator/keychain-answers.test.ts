import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { answerFromKeychain } from '../../../electron/operator/keychain-answers.ts';
import type { Keytar } from '../../../electron/operator/keychain-answers.ts';

const ENTRY = { service: 'Recovery Desk', account: 'O-0123456789', secret: 'c2VjcmV0' };

/** DOUBLE of keytar, for faults that no keychain here has; the suite `keychain` has the real one. */
function keytarDouble(faults: Partial<Keytar> = {}): Keytar & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  const name = (service: string, account: string) => `${service}/${account}`;
  return {
    entries,
    getPassword: async (service, account) => entries.get(name(service, account)) ?? null,
    setPassword: async (service, account, secret) => void entries.set(name(service, account), secret),
    deletePassword: async (service, account) => entries.delete(name(service, account)),
    ...faults,
  };
}

const refuse = () => Promise.reject(new Error(`cannot store ${ENTRY.secret}`));
const asked = (keytar: Keytar | null, message: unknown) => answerFromKeychain(async () => keytar, message);
const { account, secret } = ENTRY;

describe('the keychain program', () => {
  it('writes, reads and removes under the name of the desk', async () => {
    const keytar = keytarDouble();

    expect(await asked(keytar, { ask: 'write', account, secret })).toEqual({ gave: 'written' });
    expect([...keytar.entries.keys()]).toEqual([`${ENTRY.service}/${account}`]);
    expect(await asked(keytar, { ask: 'read', account })).toEqual({ gave: 'secret', secret });
    expect(await asked(keytar, { ask: 'remove', account })).toEqual({ gave: 'removed', was: true });
    expect(await asked(keytar, { ask: 'remove', account })).toEqual({ gave: 'removed', was: false });
  });

  it('says that there is no entry only of a keychain that it can write to, and leaves nothing in it', async () => {
    const open = keytarDouble();
    expect(await asked(open, { ask: 'read', account })).toEqual({ gave: 'secret', secret: null });
    expect(open.entries.size).toBe(0);

    const locked = keytarDouble({ setPassword: refuse });
    const closed = { gave: 'fault', fault: 'closed' };
    expect(await asked(locked, { ask: 'read', account })).toEqual(closed);
    expect(await asked(locked, { ask: 'remove', account })).toEqual(closed);
  });

  it('gives an entry of a keychain that takes none', async () => {
    const keytar = keytarDouble({ setPassword: refuse });
    keytar.entries.set(`${ENTRY.service}/${account}`, secret);
    expect(await asked(keytar, { ask: 'read', account })).toEqual({ gave: 'secret', secret });
  });

  it('tells faults by code, never in the words of the library', async () => {
    const silent = keytarDouble({ getPassword: refuse, setPassword: refuse, deletePassword: refuse });
    for (const message of [
      { ask: 'read', account },
      { ask: 'write', account, secret },
      { ask: 'remove', account },
    ]) {
      expect(await asked(silent, message)).toEqual({ gave: 'fault', fault: 'no_service' });
    }
    const full = await asked(keytarDouble({ setPassword: refuse }), { ask: 'write', account, secret });
    expect(full).toEqual({ gave: 'fault', fault: 'closed' });
  });

  it('says when keytar is not installed', async () => {
    expect(await asked(null, { ask: 'read', account })).toEqual({ gave: 'fault', fault: 'missing_part' });
  });

  it.each([{ ask: 'list' }, { ask: 'read' }, { ask: 'read', account, service: 'another' }, null])(
    'answers no question that the desk does not ask: %j',
    async (message) => {
      await expect(asked(keytarDouble(), message)).rejects.toBeInstanceOf(ZodError);
    },
  );
});
