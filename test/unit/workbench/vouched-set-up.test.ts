/** Setting up an operator whom the team's provider vouches for and whose key is elsewhere: nothing is typed for that. */
import { expect, it } from 'vitest';
import type { OidcSignIn } from '../../../electron/operator/oidc/sign-in.ts';
import { setUpOperator } from '../../../electron/workbench/operator-set-up.ts';
import type { EntryValues, EntryVerdict, EntryView } from '../../../shared/entry-view.ts';
import { ACKNOWLEDGED } from '../../../shared/entry-view.ts';
import { policySchema } from '../../../shared/policy.ts';
import { codeOf, ISSUER, OIDC_POLICY, operatorsUnderTest } from '../../support/operators-under-test.ts';
import { standingFor } from '../shell/doubles.ts';
import { address } from '../store/records.ts';

/** DOUBLE of a provider at which a login stands: it asks nobody for anything. */
const provider = standingFor<OidcSignIn>({
  signIn: () => Promise.resolve({ person: { issuer: ISSUER, subject: 'grace' }, leave: () => undefined }),
});

async function setUpBy(typed: EntryValues | null) {
  const { operators } = operatorsUnderTest({ policy: OIDC_POLICY });
  const shown: EntryView[] = [];
  const entry = {
    async ask(view: EntryView, submit: (values: EntryValues) => Promise<EntryVerdict>) {
      shown.push(view);
      return typed !== null && (await submit(typed)).taken ? ('taken' as const) : ('cancelled' as const);
    },
    cancel: () => undefined,
  };
  const dialogs = { openFile: () => Promise.resolve(null), saveFile: () => Promise.resolve(null) };
  const policy = policySchema.parse(OIDC_POLICY);
  const parts = { operators, policy, dialogs, entry, provider, keychain: () => Promise.resolve(null) };
  const credential = { kind: 'export', address: address(0x5afe) } as const;
  const outcome = await codeOf(setUpOperator(parts, { name: 'Grace', signIn: 'oidc', credential }));
  return { outcome, shown, operators: operators.list() };
}

it('is theirs to agree to, with the name and the address before them', async () => {
  const { outcome, shown, operators } = await setUpBy({ right: ACKNOWLEDGED });

  expect(outcome).toBe('nothing was thrown');
  expect(shown).toMatchObject([
    {
      facts: [
        ['Name', 'Grace'],
        ['Address', address(0x5afe)],
        ['Identity provider', 'id.example'],
        ['There known as', 'grace'],
      ],
      fields: [{ name: 'right', kind: 'acknowledge', optional: false }],
    },
  ]);
  expect(operators).toHaveLength(1);
});

it('comes to nothing where nobody agrees', async () => {
  const { outcome, operators } = await setUpBy(null);

  expect(outcome).toBe('ENTRY_CANCELLED');
  expect(operators).toEqual([]);
});
