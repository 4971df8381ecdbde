import { describe, expect, it } from 'vitest';
import { keychainFault } from '../../../electron/operator/keychain-errors.ts';
import type { KeychainFault } from '../../../electron/operator/keychain-messages.ts';
import { generatedWallets } from '../../../electron/workbench/generated-wallet.ts';
import type { GeneratedParts } from '../../../electron/workbench/generated-wallet.ts';
import type { FormView } from '../../../shared/entry-view.ts';

const CHOSEN = 'seven grey herons wade';

/** A desk whose keychain answers so, and a person who types a passphrase wherever they are asked for one. */
function desk(keychain: KeychainFault | 'works', practice = false) {
  const asked: FormView[] = [];
  const parts = {
    site: () => ({ profile: { practice }, records: { policy: { minPassphraseLength: 12 } } }),
    custody: () => ({
      assertReady: () => (keychain === 'works' ? Promise.resolve() : Promise.reject(keychainFault(keychain))),
    }),
    entry: {
      ask: async (view: FormView, submit: (values: object) => Promise<unknown>) => {
        asked.push(view);
        await submit({ passphrase: CHOSEN });
        return 'taken';
      },
    },
  } as unknown as GeneratedParts;
  return { parts, asked };
}

describe('the passphrase of a wallet that the desk makes', () => {
  it('is random words that nobody is asked for or shown, where the keychain keeps them', async () => {
    const { parts, asked } = desk('works');

    const [source] = await generatedWallets(parts, 1);

    expect(asked).toEqual([]);
    expect(source).toMatchObject({ kind: 'generate', custody: {} });
    expect(Buffer.from(source?.passphrase ?? []).toString('utf8')).toMatch(/^[a-z]+( [a-z]+){7}$/u);
  });

  it.each([
    ['no_service', false],
    ['missing_part', false],
    ['works', true],
  ] as const)(
    'is chosen, and kept nowhere, with keychain "%s" and practice %s',
    async (keychain, practice) => {
      const { parts, asked } = desk(keychain, practice);

      const [source] = await generatedWallets(parts, 1);

      expect(asked).toHaveLength(1);
      expect(source).toEqual({ kind: 'generate', passphrase: Buffer.from(CHOSEN), custody: null });
    },
  );

  it('is asked for once where several are made, and is other bytes for each, so that each can be wiped', async () => {
    const { parts, asked } = desk('no_service');

    const [first, second, ...more] = await generatedWallets(parts, 2);

    expect(asked).toHaveLength(1);
    expect(asked[0]?.title).toContain('2 replacement wallets');
    expect(more).toEqual([]);
    expect(second?.passphrase).toEqual(Uint8Array.from(first?.passphrase ?? []));
    first?.passphrase.fill(0);
    expect(Buffer.from(second?.passphrase ?? []).toString('utf8')).toBe(CHOSEN);
  });

  it('is other random words for each of several, where the keychain keeps them', async () => {
    const { parts } = desk('works');

    const [first, second] = await generatedWallets(parts, 2);

    expect(first?.passphrase).not.toEqual(second?.passphrase);
  });

  it('is not asked for where no wallet is made', async () => {
    const { parts, asked } = desk('closed');

    expect(await generatedWallets(parts, 0)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is not asked for instead where the keychain is only locked', async () => {
    const { parts, asked } = desk('closed');

    await expect(generatedWallets(parts, 1)).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });

    expect(asked).toEqual([]);
  });
});
