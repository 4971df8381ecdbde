/** The proof before an operator is removed, of those who sign in at the team's provider. */
import { describe, expect, it } from 'vitest';
import type { OidcSignIn } from '../../../electron/operator/oidc/sign-in.ts';
import { provenForRemoval } from '../../../electron/workbench/operator-changes.ts';
import type { SignedIn } from '../../../electron/workbench/signed-in.ts';
import type { EntryValues, EntryView } from '../../../shared/entry-view.ts';
import { ACKNOWLEDGED } from '../../../shared/entry-view.ts';
import {
  codeOf,
  deskOfAda,
  graceDraft,
  ISSUER,
  OIDC_POLICY,
  PASSPHRASE,
  PRIVATE_KEY,
} from '../../support/operators-under-test.ts';

const GRACE = { issuer: ISSUER, subject: 'grace', name: 'Grace', authTime: null };

/** DOUBLES of the provider, which has tests of its own against a real one, and of the entry window. */
async function leaving(draft: Parameters<typeof deskOfAda>[1], typed: EntryValues | null, came = 'grace') {
  const desk = await deskOfAda({ policy: OIDC_POLICY }, draft);
  const shown: EntryView[] = [];
  const provider = {
    signIn: () => Promise.reject(new Error('a proof was wanted')),
    proveAgain: () => Promise.resolve({ ...GRACE, subject: came }),
  } satisfies OidcSignIn;
  const operator = desk.operators.get(desk.id);
  const signedIn = {
    operator,
    prover: { operator, codes: null },
    session: { person: GRACE } as SignedIn['session'],
    proven: () => undefined,
  };
  const entry = {
    async ask(view: EntryView, submit: (values: EntryValues) => Promise<{ readonly taken: boolean }>) {
      shown.push(view);
      return typed !== null && (await submit(typed)).taken ? ('taken' as const) : ('cancelled' as const);
    },
    cancel: () => undefined,
  };
  const parts = { operators: desk.operators, provider, entry, practice: false };
  const proven = codeOf(provenForRemoval(parts, signedIn).then(() => ({})));
  return {
    outcome: await proven,
    shown,
    proofs: desk.audited().filter(({ kind }) => kind === 'operator_proved'),
  };
}

const keyHere = graceDraft({
  signIn: { kind: 'oidc', issuer: ISSUER, subject: 'grace', passphrase: PASSPHRASE },
  credential: { kind: 'keystore', privateKey: PRIVATE_KEY },
});

describe('who signs in at the provider is removed', () => {
  it('by a new login there, and the passphrase of a key that is kept here', async () => {
    const { outcome, proofs } = await leaving(keyHere, { passphrase: PASSPHRASE.toString() });

    expect(outcome).toBe('nothing was thrown');
    expect(proofs.map(({ how }) => how)).toEqual(['oidc', 'passphrase']);
  });

  it('by a new login there and their word, where their key is elsewhere', async () => {
    const { outcome, shown, proofs } = await leaving(graceDraft(), { knowing: ACKNOWLEDGED });

    expect(outcome).toBe('nothing was thrown');
    expect(shown).toMatchObject([{ fields: [{ kind: 'acknowledge' }], facts: [['Operator', 'Grace']] }]);
    expect(proofs.map(({ how }) => how)).toEqual(['oidc']);
  });

  it('not where the key does not open, where they think better of it, or where somebody else logs in', async () => {
    expect((await leaving(keyHere, { passphrase: 'a guess that is wrong' })).outcome).toBe(
      'PASSPHRASE_WRONG',
    );
    expect((await leaving(graceDraft(), null)).outcome).toBe('ENTRY_CANCELLED');
    expect((await leaving(keyHere, { passphrase: PASSPHRASE.toString() }, 'ada')).outcome).toBe(
      'OPERATOR_UNKNOWN',
    );
  });
});
