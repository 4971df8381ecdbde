/** What keeps a part of somebody else's recovery from being confirmed; what confirms it is seen end to end. */
import { describe, expect, it } from 'vitest';
import type { OidcSignIn } from '../../../electron/operator/oidc/sign-in.ts';
import type { Operators } from '../../../electron/operator/operators.ts';
import { confirmOwnPart } from '../../../electron/workbench/own-part.ts';
import type { SignedIn } from '../../../electron/workbench/signed-in.ts';
import type { Site } from '../../../electron/workbench/site.ts';
import { createWizardHolder } from '../../../electron/workbench/wizard-holder.ts';
import type { WizardParts } from '../../../electron/workbench/wizard-parts.ts';
import { planDigest } from '../../../shared/plan.ts';
import { standingFor } from '../shell/doubles.ts';
import { address, hash, OPERATOR, samplePlan, samplePreview } from '../store/records.ts';

const ID = 'R-00000000aa';
const plan = samplePlan();
const digest = planDigest(plan);

function grace(): SignedIn {
  return standingFor<SignedIn>({
    operator: { name: 'Grace', signIn: { kind: 'oidc', issuer: 'https://id.example', subject: 'grace' } },
    address: OPERATOR,
    session: { person: { issuer: 'https://id.example', subject: 'grace' } },
    proven: () => undefined,
  });
}

/** @param whileLoggingIn what happens at the desk meanwhile. */
function scene(whileLoggingIn: (now: (who: SignedIn) => void) => void = () => undefined) {
  let current = grace();
  const asked: string[] = [];
  const confirmed: string[] = [];
  const row = { id: ID, planDigest: digest, previewDigest: hash(1), operator: address(9), highestCost: null };
  const records = {
    journal: { read: () => ({ recovery: row, steps: [] }), confirm: (id: string) => confirmed.push(id) },
    plans: { get: () => plan },
    previews: { get: () => samplePreview() },
  };
  const holder = createWizardHolder(() => undefined);
  const parts = standingFor<WizardParts>({
    holder,
    site: () => standingFor<Site>({ records }),
    operator: () => current,
    operators: () => standingFor<Operators>({ prove: () => Promise.resolve() }),
    provider: () =>
      standingFor<OidcSignIn>({
        proveAgain: async (person: object) => {
          whileLoggingIn((who) => {
            current = who;
          });
          return person;
        },
      }),
    entry: {
      ask: async ({ kind }: { readonly kind: string }) => {
        asked.push(kind);
        return 'cancelled';
      },
    },
  });
  return { parts, holder, asked, confirmed };
}

describe('a part of a plan is not confirmed', () => {
  it('while another recovery is being prepared: it could not be gone on with', async () => {
    const { parts, holder, asked } = scene();
    const subject = { key: { participantId: 'p', wallet: null }, name: null, id: 'p' };
    holder.set({ step: 'case', subject, case: null, custodians: [] });

    await expect(confirmOwnPart(parts, ID, digest)).rejects.toMatchObject({ code: 'WIZARD_ELSEWHERE' });

    expect(asked).toEqual([]);
  });

  it('where somebody else has signed in while they logged in at the provider', async () => {
    const { parts, asked, confirmed } = scene((now) => now(grace()));

    await expect(confirmOwnPart(parts, ID, digest)).rejects.toMatchObject({ code: 'WIZARD_ELSEWHERE' });

    expect(asked).toEqual([]);
    expect(confirmed).toEqual([]);
  });

  it('by who closes the window, and is asked for by who stayed', async () => {
    const { parts, asked, confirmed } = scene();

    await expect(confirmOwnPart(parts, ID, digest)).rejects.toMatchObject({ code: 'ENTRY_CANCELLED' });

    expect(asked).toEqual(['confirm']);
    expect(confirmed).toEqual([]);
  });
});
