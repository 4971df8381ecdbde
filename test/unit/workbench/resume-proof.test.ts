/** Generated wallets that were not proven before a recovery was cut off: what is asked for, and how often. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keystoreCodec } from '../../../electron/operator/keystore-codec.ts';
import { generateReplacementWallet } from '../../../electron/recovery/replacement-wallet.ts';
import { proverForResume } from '../../../electron/workbench/resume-proof.ts';
import type { EntryVerdict, EntryView } from '../../../shared/entry-view.ts';
import type { Address } from '../../../shared/address.ts';
import type { Plan } from '../../../shared/plan.ts';
import { address, samplePlan } from '../store/records.ts';

type Parts = Parameters<typeof proverForResume>[0];

const FIRST = 'seven grey herons wade';
const SECOND = 'eleven tall cranes dance';

let folder: string;
const made = new Map<string, { readonly address: Address; readonly file: string }>();

async function make(name: string, passphrase: string): Promise<void> {
  const policy = { minPassphraseLength: 12 };
  const wallet = await generateReplacementWallet({
    folder,
    passphrase: Buffer.from(passphrase),
    policy,
    codec: keystoreCodec,
    now: new Date(),
  });
  made.set(name, { address: wallet.address, file: path.relative(folder, wallet.file) });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'recovery-desk-proof-'));
  await make('a', FIRST);
  await make('b', FIRST);
  await make('c', SECOND);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const addressOf = (name: string): Address => made.get(name)?.address ?? address(9);

/** A plan to wallets that were made. */
function planTo(first: string, second: string): Plan {
  const plan = samplePlan();
  const to = (name: string): Plan['replacement'] => ({
    ...plan.replacement,
    address: addressOf(name),
    kind: 'generated',
    control: 'generated',
  });
  const { lostWallet: _first, ...rest } = {
    lostWallet: plan.lostWallet,
    country: plan.country,
    oldIdentity: plan.oldIdentity,
    adopts: false,
    tokens: [],
  };
  return {
    ...plan,
    replacement: to(first),
    further: [{ ...rest, lostWallet: address(3), replacement: to(second) }],
  };
}

/** A desk that kept no passphrase, and a person who types these, one after the other. */
function desk(...typed: readonly string[]) {
  const shown: EntryView[] = [];
  const said: string[] = [];
  const rest = [...typed];
  const parts = {
    site: () => ({
      records: {
        folder,
        journal: { read: () => ({ steps: [] }) },
        wallets: {
          get: (wallet: Address) => {
            const found = [...made.values()].find((one) => one.address === wallet);
            return found === undefined ? null : { keystoreFile: found.file };
          },
          kept: () => null,
        },
      },
    }),
    custody: () => ({}),
    entry: {
      async ask(first: EntryView, submit: (values: object) => Promise<EntryVerdict>) {
        shown.push(first);
        for (;;) {
          const passphrase = rest.shift();
          if (passphrase === undefined) return 'cancelled';
          const verdict = await submit({ passphrase });
          if (verdict.taken) return 'taken';
          if ('next' in verdict) shown.push(verdict.next);
          else said.push(verdict.message);
        }
      },
    },
  } as unknown as Parts;
  return { parts, shown, said };
}

describe('the passphrase of wallets that were made', () => {
  it('is asked for once where it opens all of them', async () => {
    const { parts, shown, said } = desk(FIRST);

    const prove = await proverForResume(parts, 'R-1', planTo('a', 'b'));

    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ title: 'The replacement wallets', facts: { length: 2 } });
    expect(said).toEqual([]);
    await expect(prove?.(addressOf('a'))).resolves.toBeUndefined();
    await expect(prove?.(addressOf('b'))).resolves.toBeUndefined();
  });

  it('is asked for again, of what it does not open alone', async () => {
    const { parts, shown } = desk(FIRST, SECOND);

    await proverForResume(parts, 'R-1', planTo('a', 'c'));

    expect(shown).toHaveLength(2);
    expect(shown[1]).toMatchObject({ title: expect.stringContaining('0x') as string, facts: { length: 1 } });
  });

  it('that opens none is not taken, and closing the window proves nothing', async () => {
    const { parts, shown, said } = desk('none of these herons');

    const asked = proverForResume(parts, 'R-1', planTo('a', 'b'));

    await expect(asked).rejects.toMatchObject({ code: 'ENTRY_CANCELLED' });
    expect(shown).toHaveLength(1);
    expect(said).toHaveLength(1);
  });
});
