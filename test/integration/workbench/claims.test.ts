import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimRequestSchema } from '../../../shared/claims.ts';
import { confirmationText } from '../../../shared/plan.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { key, openHands, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

let hands: Hands;
let recoveryId: string;
let identity: string;

function at<S extends Wizard['step']>(wizard: Wizard, step: S): Extract<Wizard, { step: S }> {
  if (wizard.step !== step) throw new Error(`the wizard is at ${wizard.step}, not ${step}`);
  return wizard as Extract<Wizard, { step: S }>;
}

/** A plain loss, recovered by the practice operator to the person's own new wallet. */
async function recover(holderWallet: string): Promise<void> {
  await hands.get('wizard.begin', { participantId: 'jonas-weir', wallet: null });
  const opened = {
    reason: 'lost',
    ticket: 'CASE-17',
    identifiedBy: 'A. Clerk',
    identifiedHow: 'in person',
    evidence: [],
  } as const;
  const caseSet = await hands.get('wizard.setCase', { case: { ...opened, evidence: [] }, custodian: null });
  const { digest } = at(caseSet, 'preview').read;
  await hands.get('wizard.impact', { digest });
  const address = holderWallet as Parameters<typeof confirmationText>[0]['lostWallet'];
  const impact = at(await hands.get('wizard.challenge', { key: key(), replacement: address }), 'impact');
  const chosen = at(
    await hands.get('wizard.chooseReplacement', {
      key: key(),
      digest: impact.read.digest,
      holdReference: null,
      choice: { kind: 'proof', address, signature: impact.challenges[0]?.practiceSignature ?? '' },
    }),
    'impact',
  );
  if (chosen.planned === null) throw new Error('no plan was made');
  hands.typed.push(confirmationText(chosen.planned.plan));
  await hands.get('wizard.confirm', { key: key(), planDigest: chosen.planned.digest });
  const { result } = await hands.reached('summary');
  recoveryId = result.recoveryId;
  identity = result.replacementIdentity;
  await hands.get('wizard.leave', {});
}

beforeAll(async () => {
  hands = openHands();
  const { drills } = await hands.get('practice.open', { key: key() });
  const drill = drills.find(({ participantId }) => participantId === 'jonas-weir');
  await recover(drill?.holderWallet ?? '');
});
afterAll(() => hands.close());

async function signInAs(name: string): Promise<void> {
  const { operators } = await hands.get('operator.signOut', { key: key() });
  hands.typed.push(OPERATOR_PASSPHRASE);
  const operatorId = operators.find((one) => one.name === name)?.id ?? '';
  await hands.get('operator.signIn', { key: key(), operatorId });
}

describe('claims in the window', () => {
  it('are not issued by whoever executed the recovery: nothing is asked', async () => {
    const before = hands.shown.length;

    const answer = await hands.ask('claims.issue', { key: key(), recoveryId });

    expect(answer).toMatchObject({ ok: false, error: { code: 'CLAIMS_BY_EXECUTOR' } });
    expect(hands.shown).toHaveLength(before);
  });

  it('are rechecked and read, and asked for with files for each issuer', async () => {
    const recheck = await hands.get('claims.recheck', { recoveryId });
    expect(recheck.green).toBe(false);
    expect(recheck.tokens.map(({ symbol, hold }) => [symbol, hold])).toEqual([
      ['ALDE', 'no'],
      ['EURQ', 'yes'],
    ]);

    const { requests, missing } = await hands.get('claims.read', { recoveryId });
    expect(missing).toHaveLength(2);
    const [asked] = requests;
    if (asked === undefined) throw new Error('nobody is asked');
    const { issuer } = asked;
    await hands.get('claims.saveRequest', { key: key(), recoveryId, issuer, form: 'document' });
    await hands.get('claims.saveRequest', { key: key(), recoveryId, issuer, form: 'page' });

    const document = hands.saved.get(`claims-${recoveryId}-${issuer}.json`) ?? '';
    expect(claimRequestSchema.parse(JSON.parse(document))).toMatchObject({ replacementIdentity: identity });
    expect(hands.saved.get(`claims-${recoveryId}-${issuer}.html`)).toContain(identity);
  });

  it('are not issued where the text or the passphrase is wrong, or the window is closed', async () => {
    await signInAs('Practice claim issuer');
    const text = `ISSUE CLAIMS ${identity.slice(-6).toUpperCase()}`;
    hands.typed.push('RECOVER 000000', { typed: text, proof: 'not the passphrase' }, null);

    const answer = await hands.ask('claims.issue', { key: key(), recoveryId });

    expect(answer).toMatchObject({ ok: false });
    expect((await hands.get('claims.read', { recoveryId })).issues).toEqual([]);
    hands.typed.splice(0);
  });

  it('are issued by a claim issuer, who sees in the entry window what is signed, and the recheck is green', async () => {
    hands.typed.push(`ISSUE CLAIMS ${identity.slice(-6).toUpperCase()}`);

    const { issue } = await hands.get('claims.issue', { key: key(), recoveryId });

    expect(issue).toMatchObject({
      status: 'completed',
      claims: [{ state: 'issued' }, { state: 'issued' }],
    });
    const shown = hands.shown.at(-1);
    expect(shown?.kind === 'form' && shown.facts.map(([, value]) => value)).toEqual(
      expect.arrayContaining([
        identity,
        expect.stringMatching(/^topic \d+, issuer 0x[0-9a-fA-F]{40}, data 0x01$/),
      ]),
    );
    expect((await hands.get('claims.recheck', { recoveryId })).green).toBe(true);
    const again = await hands.get('claims.issue', { key: key(), recoveryId });
    expect(again).toEqual({ issue: null, standing: [], left: [] });
  });

  it('leave nothing open that holds the desk, and no line among the recoveries', async () => {
    const recoveries = await hands.get('recovery.list', {});
    expect(recoveries.map((one) => one.id)).toEqual([recoveryId]);
  });
});
