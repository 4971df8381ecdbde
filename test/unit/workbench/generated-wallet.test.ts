import { describe, expect, it } from 'vitest';
import { keychainFault } from '../../../electron/operator/keychain-errors.ts';
import type { KeychainFault } from '../../../electron/operator/keychain-messages.ts';
import { generatedWallet } from '../../../electron/workbench/generated-wallet.ts';
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

    const source = await generatedWallet(parts);

    expect(asked).toEqual([]);
    expect(source).toMatchObject({ kind: 'generate', custody: {} });
    expect(source.kind === 'generate' && Buffer.from(source.passphrase).toString('utf8')).toMatch(
      /^[a-z]+( [a-z]+){7}$/u,
    );
  });

  it.each([
    ['no_service', false],
    ['missing_part', false],
    ['works', true],
  ] as const)(
    'is chosen, and kept nowhere, with keychain "%s" and practice %s',
    async (keychain, practice) => {
      const { parts, asked } = desk(keychain, practice);

      const source = await generatedWallet(parts);

      expect(asked).toHaveLength(1);
      expect(source).toEqual({ kind: 'generate', passphrase: Buffer.from(CHOSEN), custody: null });
    },
  );

  it('is not asked for instead where the keychain is only locked', async () => {
    const { parts, asked } = desk('closed');

    await expect(generatedWallet(parts)).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });

    expect(asked).toEqual([]);
  });
});
