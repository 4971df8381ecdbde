/** What those who sign in at the team's provider change of themselves: a new login there is part of the proof. */
import { describe, expect, it } from 'vitest';
import type { OidcSignIn } from '../../../electron/operator/oidc/sign-in.ts';
import {
  changePassphrase,
  exportedKey,
  provenForRemoval,
} from '../../../electron/workbench/operator-changes.ts';
import type { SignedIn } from '../../../electron/workbench/signed-in.ts';
import type { EntryValues, EntryVerdict, EntryView } from '../../../shared/entry-view.ts';
import { ACKNOWLEDGED } from '../../../shared/entry-view.ts';
import {
  codeOf,
  deskOfAda,
  graceDraft,
  ISSUER,
  NEXT_PASSPHRASE,
  OIDC_POLICY,
  PASSPHRASE,
  PRIVATE_KEY,
} from '../../support/operators-under-test.ts';

const GRACE = { issuer: ISSUER, subject: 'grace', name: 'Grace', authTime: null };
const keyHere = graceDraft({
  signIn: { kind: 'oidc', issuer: ISSUER, subject: 'grace', passphrase: PASSPHRASE },
  credential: { kind: 'keystore', privateKey: PRIVATE_KEY },
});
const passphrase = { passphrase: PASSPHRASE.toString() };
const fresh = { fresh: NEXT_PASSPHRASE.toString() };

type Work = (...parts: Parameters<typeof provenForRemoval>) => Promise<unknown>;

/**
 * DOUBLES of the provider, which has tests of its own against a real one, and of the entry window.
 * @param typed into one view after the other; then the window is closed.
 * @param came who logs in at the provider.
 */
async function changing(work: Work, draft = keyHere, typed: readonly EntryValues[] = [], came = 'grace') {
  const desk = await deskOfAda({ policy: OIDC_POLICY }, draft);
  const shown: EntryView[] = [];
  const provider = {
    signIn: () => Promise.reject(new Error('a proof was wanted')),
    proveAgain: () => Promise.resolve({ ...GRACE, subject: came }),
  } satisfies OidcSignIn;
  const operator = desk.operators.get(desk.id);
  const whose = {
    operator,
    prover: { operator, codes: null },
    session: { person: GRACE } as SignedIn['session'],
    proven: () => undefined,
  };
  const entry = {
    async ask(first: EntryView, submit: (values: EntryValues) => Promise<EntryVerdict>) {
      let view = first;
      for (const values of typed) {
        shown.push(view);
        const verdict = await submit(values);
        if (verdict.taken) return 'taken' as const;
        if ('next' in verdict) view = verdict.next;
      }
      return 'cancelled' as const;
    },
    cancel: () => undefined,
  };
  const parts = { operators: desk.operators, provider, entry, practice: false };
  const outcome = await codeOf(work(parts, whose));
  const proofs = desk.audited().flatMap(({ kind, how }) => (kind === 'operator_proved' ? [how] : []));
  return { outcome, shown, proofs, last: desk.audited().at(-1)?.['kind'] };
}

describe('who signs in at the provider is removed', () => {
  it('by a new login there, and the passphrase of a key that is kept here', async () => {
    const { outcome, proofs } = await changing(provenForRemoval, keyHere, [passphrase]);

    expect(outcome).toBe('nothing was thrown');
    expect(proofs).toEqual(['oidc', 'passphrase']);
  });

  it('by a new login there and their word, where their key is elsewhere', async () => {
    const { outcome, shown, proofs } = await changing(provenForRemoval, graceDraft(), [
      { knowing: ACKNOWLEDGED },
    ]);

    expect(outcome).toBe('nothing was thrown');
    expect(shown).toMatchObject([{ fields: [{ kind: 'acknowledge' }], facts: [['Operator', 'Grace']] }]);
    expect(proofs).toEqual(['oidc']);
  });

  it('not where the key does not open, or where they think better of it', async () => {
    const guess = { passphrase: 'a guess that is wrong' };
    expect((await changing(provenForRemoval, keyHere, [guess])).outcome).toBe('PASSPHRASE_WRONG');
    expect((await changing(provenForRemoval, graceDraft())).outcome).toBe('ENTRY_CANCELLED');
  });
});

describe('of who signs in at the provider', () => {
  it('the key is handed out after a new login there, and its passphrase changed', async () => {
    const taken = await changing((...of) => exportedKey(...of, 12), keyHere, [passphrase, fresh]);
    expect(taken).toMatchObject({
      outcome: 'nothing was thrown',
      proofs: ['oidc', 'passphrase'],
      last: 'operator_key_exported',
    });

    const changed = await changing((...of) => changePassphrase(...of, 12), keyHere, [passphrase, fresh]);
    expect(changed).toMatchObject({
      outcome: 'nothing was thrown',
      proofs: ['oidc', 'passphrase'],
      last: 'operator_changed',
    });
  });

  it.each([
    ['removed', provenForRemoval],
    ['handed out', (...of: Parameters<Work>) => exportedKey(...of, 12)],
    ['changed', (...of: Parameters<Work>) => changePassphrase(...of, 12)],
  ])('nothing is %s where somebody else logs in there, and nothing is asked', async (_, work) => {
    const { outcome, shown, proofs } = await changing(work, keyHere, [passphrase, fresh], 'ada');

    expect(outcome).toBe('OPERATOR_UNKNOWN');
    expect(shown).toEqual([]);
    expect(proofs).toEqual([]);
  });
});
