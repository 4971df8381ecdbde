import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmationText } from '../../../shared/plan.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { HOLDERS_TOKEN } from '../../support/holders-way.ts';
import { key, openHands, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const CASE = {
  reason: 'lost',
  ticket: 'CASE-17',
  identifiedBy: 'A. Clerk',
  identifiedHow: 'in person, with a passport',
  evidence: [],
} as const;
const PASSPHRASE = 'a long enough passphrase';

let hands: Hands;

beforeAll(async () => {
  hands = openHands();
  await hands.get('practice.open', { key: key() });
});
afterAll(() => hands.close());

function at<S extends Wizard['step']>(wizard: Wizard, step: S): Extract<Wizard, { step: S }> {
  if (wizard.step !== step) throw new Error(`the wizard is at ${wizard.step}, not ${step}`);
  return wizard as Extract<Wizard, { step: S }>;
}

describe("the holder's way in the window", () => {
  it('has a wallet that the desk makes recover itself what nobody named has the right for', async () => {
    await hands.get('wizard.begin', { participantId: 'maren-holt', wallet: null });
    const opened = { case: { ...CASE, evidence: [] }, custodian: null };
    const { read } = at(await hands.get('wizard.setCase', opened), 'preview');
    await hands.get('wizard.impact', { digest: read.digest });
    hands.typed.push(PASSPHRASE);
    const impact = at(
      await hands.get('wizard.chooseReplacement', {
        key: key(),
        digest: read.digest,
        holdReference: 'HOLD-9',
        choice: { kind: 'generate' },
        holdersWay: true,
      }),
      'impact',
    );
    const { plan, digest } = impact.planned ?? {};
    if (plan === undefined || digest === undefined) throw new Error('no plan was made');
    const own = impact.read.preview.tokens.filter(({ way }) => way === 'holder');
    expect(own).toMatchObject([{ symbol: HOLDERS_TOKEN, predicted: { outcome: 'recovers' } }]);
    hands.typed.push(confirmationText(plan));

    await hands.get('wizard.confirm', { key: key(), planDigest: digest });

    const { result } = await hands.reached('summary');
    expect(result.tokens).toMatchObject({ total: 12, recovered: 10, holdersWay: [HOLDERS_TOKEN] });
    expect(result.tokens.failures.map(({ symbol }) => symbol)).not.toContain(HOLDERS_TOKEN);
    expect(result.followUps.map(({ code }) => code)).toContain('COIN_GIVEN');

    // What is left is the operator's own: nobody is asked for the wallet's passphrase again.
    const shown = hands.shown.length;
    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('recovery.resume', { key: key(), recoveryId: result.recoveryId });
    expect((await hands.reached('summary')).result.tokens).toMatchObject({ recovered: 10 });
    const asked = hands.shown.slice(shown).flatMap((form) => (form.kind === 'form' ? [form.title] : []));
    expect(asked.join()).not.toContain('replacement wallet');
  });
});
