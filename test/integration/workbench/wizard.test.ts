import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Drill } from '../../../shared/desk-state.ts';
import { confirmationText } from '../../../shared/plan.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { key, openHands, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const CASE = {
  reason: 'lost',
  ticket: 'CASE-17',
  identifiedBy: 'A. Clerk',
  identifiedHow: 'in person, with a passport',
  evidence: [],
} as const;

let hands: Hands;
let drills: readonly Drill[];
let operatorId: string;

beforeAll(async () => {
  hands = openHands();
  const opened = await hands.get('practice.open', { key: key() });
  ({ drills } = opened);
  operatorId = opened.operator?.id ?? '';
});
afterAll(() => hands.close());

function at<S extends Wizard['step']>(wizard: Wizard, step: S): Extract<Wizard, { step: S }> {
  if (wizard.step !== step) throw new Error(`the wizard is at ${wizard.step}, not ${step}`);
  return wizard as Extract<Wizard, { step: S }>;
}

function drillOf(person: string): Drill {
  const found = drills.find((drill) => drill.participantId === person);
  if (found === undefined) throw new Error(`there is no drill with ${person}`);
  return found;
}

async function previewed(person: string, reason: 'lost' | 'compromised' = 'lost') {
  await hands.get('wizard.leave', {});
  await hands.get('wizard.begin', { participantId: person, wallet: null });
  return at(
    await hands.get('wizard.setCase', {
      case: { ...CASE, evidence: [], reason },
      custodian: null,
    }),
    'preview',
  );
}

/** A plan for the person's own new wallet, proven as the practice network lets its people. */
async function planned(person: string) {
  const { read } = await previewed(person);
  await hands.get('wizard.impact', { digest: read.digest });
  const { holderWallet } = drillOf(person);
  const challenged = at(
    await hands.get('wizard.challenge', { key: key(), replacement: holderWallet }),
    'impact',
  );
  const choice = {
    kind: 'proof' as const,
    address: holderWallet,
    signature: challenged.challenges[0]?.practiceSignature ?? '',
  };
  const chosen = await hands.get('wizard.chooseReplacement', {
    key: key(),
    digest: challenged.read.digest,
    holdReference: challenged.holdReferenceNeeded ? 'HOLD-9' : null,
    choice,
  });
  const impact = at(chosen, 'impact');
  if (impact.planned === null) throw new Error('no plan was made');
  return { impact, plan: impact.planned.plan, digest: impact.planned.digest };
}

describe('the practice network', () => {
  it('is connected to, with its operator signed in', async () => {
    expect(await hands.get('desk.state', {})).toMatchObject({
      connection: { status: 'connected', practice: true },
      operator: { identityManager: true },
      lockedOn: null,
    });
  });
});

describe('the drills', () => {
  it('are there, each with a person of the practice network and what to look for', () => {
    expect(drills).toHaveLength(12);
    expect(new Set(drills.map((drill) => drill.title)).size).toBe(12);
  });
});

describe('a recovery by the window’s procedures', () => {
  it('goes from the case to a summary, and holds everything else meanwhile', async () => {
    const { plan, digest } = await planned('jonas-weir');
    hands.typed.push('not this', confirmationText(plan));

    const begun = await hands.get('wizard.confirm', { key: key(), planDigest: digest });

    expect(begun.step).toBe('progress');
    expect(hands.shown.at(-1)).toMatchObject({
      kind: 'confirm',
      person: 'Jonas Weir',
      lostWallet: plan.lostWallet,
      replacementWallet: drillOf('jonas-weir').holderWallet,
      digest,
      practice: true,
    });
    for (const name of ['wizard.back', 'wizard.leave', 'wizard.refresh'] as const) {
      const refused = await hands.ask(name, {});
      expect(refused).toMatchObject({ ok: false, error: { code: 'LOCKED_ON_RECOVERY' } });
    }
    expect(await hands.ask('practice.close', { key: key() })).toMatchObject({
      ok: false,
      error: { code: 'LOCKED_ON_RECOVERY' },
    });
    expect(await hands.ask('operator.signIn', { key: key(), operatorId })).toMatchObject({
      ok: false,
      error: { code: 'WIZARD_ELSEWHERE' },
    });
    const summary = await hands.reached('summary');
    expect(summary.result).toMatchObject({
      status: 'completed',
      replacementWallet: drillOf('jonas-weir').holderWallet,
      tokens: { total: 2, recovered: 2, failed: 0 },
    });
    expect((await hands.get('desk.state', {})).lockedOn).toBeNull();
  });

  it('shows its tokens that failed, and retries them from the summary, with fresh proof each time', async () => {
    const { plan, digest } = await planned('maren-holt');
    hands.typed.push(confirmationText(plan));
    await hands.get('wizard.confirm', { key: key(), planDigest: digest });

    const summary = await hands.reached('summary');

    expect(summary).toMatchObject({
      mayRetry: true,
      result: {
        status: 'completed_with_token_failures',
        tokens: { total: 12, recovered: 9, failed: 3 },
      },
    });
    const { recoveryId } = summary.result;
    hands.typed.push(null);
    const unproven = await hands.ask('recovery.resume', { key: key(), recoveryId });
    expect(unproven).toMatchObject({ ok: false, error: { code: 'ENTRY_CANCELLED' } });
    expect((await hands.get('wizard.state', {})).step).toBe('summary');
    hands.typed.push(OPERATOR_PASSPHRASE);
    expect((await hands.get('recovery.resume', { key: key(), recoveryId })).step).toBe('progress');
    expect(hands.shown.at(-1)).toMatchObject({
      kind: 'form',
      fields: [{ name: 'proof' }],
      facts: expect.arrayContaining([
        ['Lost wallet', plan.lostWallet],
        ['Replacement wallet', plan.replacement.address],
      ]),
    });
    expect((await hands.reached('summary')).result.tokens).toMatchObject({ recovered: 9, failed: 3 });
    const saved = await hands.get('recovery.saveReport', { key: key(), recoveryId });
    expect(JSON.parse(hands.saved.get(saved?.fileName ?? '') ?? '')).toMatchObject({ recoveryId });
  });

  it('to a wallet that the desk makes asks for its passphrase in the entry window, and takes no weak one', async () => {
    const { read } = await previewed('wim-de-groot');
    await hands.get('wizard.impact', { digest: read.digest });
    hands.typed.push('short', 'a long enough passphrase');

    const impact = at(
      await hands.get('wizard.chooseReplacement', {
        key: key(),
        digest: read.digest,
        holdReference: null,
        choice: { kind: 'generate' },
      }),
      'impact',
    );

    expect(hands.shown.at(-1)).toMatchObject({ kind: 'form', fields: [{ kind: 'new_passphrase' }] });
    expect(impact.planned?.plan.replacement.control).toBe('generated');
    hands.typed.push(confirmationText({ lostWallet: impact.planned?.plan.lostWallet ?? '0x' } as never));
    const planDigest = impact.planned?.digest ?? '0x';
    await hands.get('wizard.confirm', { key: key(), planDigest });
    expect((await hands.reached('summary')).result).toMatchObject({ status: 'completed' });
  });

  it('adopts a link that stands, with the replacement that it names', async () => {
    const { plan, digest, impact } = await planned('henrik-solberg');
    expect(impact.read.preview.adopts).toBe(true);
    hands.typed.push(confirmationText(plan));
    await hands.get('wizard.confirm', { key: key(), planDigest: digest });
    expect((await hands.reached('summary')).result).toMatchObject({
      status: 'completed',
      tokens: { recovered: 2 },
    });
  });
});

describe('the passphrase of a wallet that was not made', () => {
  it('is wiped: nothing of it stays in memory', async () => {
    const typed = 'a passphrase for nothing';
    const { read } = await previewed('aiko-tanaka');
    await hands.get('wizard.impact', { digest: read.digest });
    const from = vi.spyOn(Buffer, 'from');
    hands.typed.push(typed);

    const asked = hands.ask('wizard.chooseReplacement', {
      key: key(),
      digest: read.digest,
      holdReference: null,
      choice: { kind: 'generate' },
    });
    await hands.get('wizard.back', {});

    expect(await asked).toMatchObject({ ok: false, error: { code: 'WIZARD_ELSEWHERE' } });
    const made = from.mock.calls.flatMap(([text], call) => (Object.is(text, typed) ? [call] : []));
    const bytes = made.map((call) => from.mock.results[call]?.value as unknown);
    expect(bytes).toEqual([Buffer.alloc(typed.length)]);
    from.mockRestore();
  });
});

describe('a confirmation', () => {
  it('that is closed leaves the plan where it was, and nothing done', async () => {
    const { digest } = await planned('aiko-tanaka');
    hands.typed.push(null);

    const refused = await hands.ask('wizard.confirm', { key: key(), planDigest: digest });

    expect(refused).toMatchObject({ ok: false, error: { code: 'ENTRY_CANCELLED' } });
    expect(at(await hands.get('wizard.state', {}), 'impact').planned?.digest).toBe(digest);
  });

  it('that nobody is there for any more is closed: who signs out takes the wizard along', async () => {
    const { digest } = await planned('aiko-tanaka');
    const state = await hands.get('operator.signOut', { key: key() });
    expect(state.operator).toBeNull();
    expect((await hands.get('wizard.state', {})).step).toBe('none');
    const refused = await hands.ask('wizard.confirm', { key: key(), planDigest: digest });
    expect(refused).toMatchObject({ ok: false, error: { code: 'RIGHT_MISSING' } });
    hands.typed.push(OPERATOR_PASSPHRASE);
    expect((await hands.get('operator.signIn', { key: key(), operatorId })).operator).toMatchObject({
      identityManager: true,
    });
  });

  it('of another plan than the one that stands is refused', async () => {
    await planned('aiko-tanaka');
    const planDigest = `0x${'1'.repeat(64)}` as const;
    const refused = await hands.ask('wizard.confirm', { key: key(), planDigest });
    expect(refused).toMatchObject({ ok: false, error: { code: 'WIZARD_ELSEWHERE' } });
  });
});

describe('a preview with blockers', () => {
  it.each([
    ['petra-lindqvist', 'WALLET_NOT_REGISTERED'],
    ['odile-marchand', 'WALLET_ALREADY_LOST'],
    ['ines-barragan', 'OPERATOR_IS_PARTICIPANT'],
    ['gerda-nowak', 'WALLET_ALREADY_LOST'],
  ])('of %s shows %s', async (person, code) => {
    const { read } = await previewed(person);
    expect(read.preview.blockers.map((blocker) => blocker.code)).toContain(code);
  });

  it('lets nobody go on', async () => {
    const { read } = await previewed('petra-lindqvist');
    expect(await hands.ask('wizard.impact', { digest: read.digest })).toMatchObject({
      ok: false,
      error: { code: 'BLOCKED' },
    });
  });

  it('is no preview at all for a person without a wallet: the person’s page says why', async () => {
    const detail = await hands.get('participants.get', { participantId: 'samir-haddad', wallet: null });
    expect(detail.mayRecover).toMatchObject({ may: false });
  });
});

describe('the people', () => {
  const search = {
    text: '',
    state: null,
    sort: 'name',
    direction: 'ascending',
    offset: 0,
    limit: 100,
  } as const;

  it('are found by name, id and wallet, with what recoveries did to them', async () => {
    const byName = await hands.get('participants.search', { ...search, text: 'jonas' });
    expect(byName.rows).toMatchObject([{ id: 'jonas-weir', state: 'recovered' }]);
    const wallet = byName.rows[0]?.effectiveWallet ?? '';
    const byWallet = await hands.get('participants.search', { ...search, text: wallet });
    expect(byWallet.rows.map((row) => row.id)).toEqual(['jonas-weir']);
    expect((await hands.get('participants.search', { ...search, state: 'no_wallet' })).found).toBe(1);
  });

  it('are shown with wallets, identity, claims and their recoveries', async () => {
    const detail = await hands.get('participants.get', { participantId: 'jonas-weir', wallet: null });
    expect(detail).toMatchObject({
      source: 'directory',
      recoveries: [{ status: 'completed', recovered: 2, total: 2 }],
      wallets: [
        { effective: false, lost: true, standing: { registered: false, markedLost: true } },
        { effective: true, lost: false, standing: { registered: true, markedLost: false } },
      ],
    });
    // Those of the identity that came in place of the old one: claims do not move.
    expect(detail.claims).toEqual([]);
  });
});
