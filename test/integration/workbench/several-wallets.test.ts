/** A person with several wallets, by the window's procedures on the practice network. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEVERAL_WALLETS_PERSON } from '../../../electron/practice/people.ts';
import { practiceSeedSchema } from '../../../electron/practice/practice-seed.ts';
import type { SeededPerson } from '../../../electron/practice/practice-seed.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ZERO_ADDRESS } from '../../../shared/address.ts';
import type { Address } from '../../../shared/address.ts';
import type { ConfirmView } from '../../../shared/entry-view.ts';
import { confirmationText, walletsOf } from '../../../shared/plan.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import type { FurtherChoice } from '../../../shared/wizard-choices.ts';
import { practiceFolder } from '../../support/e2e-practice.ts';
import { key, openHands } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const CASE = {
  reason: 'lost',
  ticket: 'CASE-31',
  identifiedBy: 'A. Clerk',
  identifiedHow: 'in person, with a passport',
} as const;
const PASSPHRASE = 'a long enough passphrase';

let hands: Hands;
let person: SeededPerson;
let stranger: Address;

beforeAll(async () => {
  hands = openHands();
  const opened = await hands.get('practice.open', { key: key() });
  if (opened.connection.status !== 'connected') throw new Error('the practice network did not open');
  const file = path.join(practiceFolder(hands.data), 'seed.json');
  const seed = practiceSeedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const found = (id: string): SeededPerson => {
    const one = seed.people.find((candidate) => candidate.id === id);
    if (one === undefined) throw new Error(`no practice person ${id}`);
    return one;
  };
  person = found(SEVERAL_WALLETS_PERSON);
  stranger = found('jonas-weir').lostWallet ?? ZERO_ADDRESS;
});
afterAll(() => hands.close());

function at<S extends Wizard['step']>(wizard: Wizard, step: S): Extract<Wizard, { step: S }> {
  if (wizard.step !== step) throw new Error(`the wizard is at ${wizard.step}, not ${step}`);
  return wizard as Extract<Wizard, { step: S }>;
}

const furtherOf = (kind: SeededPerson['further'][number]['kind']): Address =>
  person.further.find((one) => one.kind === kind)?.wallet ?? ZERO_ADDRESS;
const account = (): Address => furtherOf('account');
const healthy = (): Address => furtherOf('key');

async function previewed(): Promise<Extract<Wizard, { step: 'preview' }>> {
  await hands.get('wizard.leave', {});
  await hands.get('wizard.begin', { participantId: person.id, wallet: null });
  return at(
    await hands.get('wizard.setCase', { case: { ...CASE, evidence: [] }, custodian: null }),
    'preview',
  );
}

/** Read again with the account lost too, and the other wallet moving along. */
async function said(): Promise<Extract<Wizard, { step: 'preview' }>> {
  const { read } = await previewed();
  const wallets = [
    { wallet: account(), says: 'lost' as const },
    { wallet: healthy(), says: 'moves' as const },
  ];
  return at(await hands.get('wizard.sayOfWallets', { digest: read.digest, wallets }), 'preview');
}

async function choose(choice: FurtherChoice, lostWallet: Address = account()) {
  const { read } = await said();
  await hands.get('wizard.impact', { digest: read.digest });
  return hands.ask('wizard.chooseReplacement', {
    key: key(),
    digest: read.digest,
    holdReference: null,
    choice: { kind: 'generate' },
    further: [{ lostWallet, choice }],
  });
}

describe('what is said of the other wallets of a person', () => {
  it('is asked for: nothing goes on as long as of one nothing is said', async () => {
    const { read } = await previewed();

    expect(read.preview.blockers.map(({ code }) => code)).toEqual(['WALLET_UNDECIDED']);
    const others = new Map(read.preview.others?.map(({ wallet, contract }) => [wallet, contract]));
    expect(others).toEqual(
      new Map([
        [account(), true],
        [healthy(), false],
      ]),
    );
    const refused = await hands.ask('wizard.impact', { digest: read.digest });
    expect(refused).toMatchObject({ ok: false, error: { code: 'BLOCKED' } });
  });

  it('is read with, and stays said when the preview is read again', async () => {
    const { read } = await said();

    expect(read.preview.blockers).toEqual([]);
    expect(read.preview.further).toMatchObject([{ lostWallet: account(), contract: true }]);
    expect(read.preview.others).toMatchObject([{ wallet: healthy(), says: 'moves' }]);
    const again = at(await hands.get('wizard.refresh', {}), 'preview').read.preview;
    expect(again.further).toMatchObject([{ lostWallet: account() }]);
    expect(again.others).toMatchObject([{ wallet: healthy(), says: 'moves' }]);
  });

  it('is taken back by what is said next', async () => {
    const { read } = await said();
    const { preview } = at(
      await hands.get('wizard.sayOfWallets', {
        digest: read.digest,
        wallets: [{ wallet: account(), says: 'stays' }],
      }),
      'preview',
    ).read;

    expect(preview.further).toBeUndefined();
    expect(preview.blockers.map(({ code }) => code)).toEqual(['WALLET_UNDECIDED']);
    expect(preview.warnings.map(({ code }) => code)).toContain('HEALTHY_WALLET_STAYS');
  });

  it.each([
    ['a wallet of somebody else', () => [{ wallet: stranger, says: 'lost' as const }]],
    ['the lost wallet itself', () => [{ wallet: person.lostWallet ?? stranger, says: 'moves' as const }]],
    [
      'a wallet twice',
      () => [
        { wallet: account(), says: 'lost' as const },
        { wallet: account(), says: 'stays' as const },
      ],
    ],
  ])('is refused of %s, and leaves the preview as it was', async (_what, wallets) => {
    const { read } = await previewed();
    const refused = await hands.ask('wizard.sayOfWallets', { digest: read.digest, wallets: wallets() });

    expect(refused).toMatchObject({ ok: false, error: { code: 'WIZARD_ELSEWHERE' } });
    expect(at(await hands.get('wizard.state', {}), 'preview').read.digest).toBe(read.digest);
  });

  it('is refused at another preview than the one that is shown', async () => {
    const before = await previewed();
    const { read } = await said();
    const refused = await hands.ask('wizard.sayOfWallets', { digest: before.read.digest, wallets: [] });

    expect(refused).toMatchObject({ ok: false, error: { code: 'WIZARD_ELSEWHERE' } });
    expect(at(await hands.get('wizard.state', {}), 'preview').read.digest).toBe(read.digest);
  });
});

describe('the replacements of several lost wallets', () => {
  it.each([
    ['a wallet that is not lost', () => healthy()],
    ['a wallet of somebody else', () => stranger],
    ['the first lost wallet', () => person.lostWallet ?? stranger],
  ])('are not chosen for %s', async (_what, wallet) => {
    const refused = await choose({ kind: 'generate' }, wallet());

    expect(refused).toMatchObject({ ok: false, error: { code: 'WIZARD_ELSEWHERE' } });
  });

  it('are not chosen for one alone', async () => {
    const { read } = await said();
    await hands.get('wizard.impact', { digest: read.digest });
    const refused = await hands.ask('wizard.chooseReplacement', {
      key: key(),
      digest: read.digest,
      holdReference: null,
      choice: { kind: 'generate' },
    });

    expect(refused).toMatchObject({ ok: false, error: { code: 'WIZARD_ELSEWHERE' } });
  });

  it('are proven each for the wallet that it replaces', async () => {
    const { read } = await said();
    await hands.get('wizard.impact', { digest: read.digest });
    const drills = (await hands.get('desk.state', {})).drills;
    const drill = drills.find(({ participantId }) => participantId === person.id);
    const replacement = drill?.holderWallet ?? ZERO_ADDRESS;
    const first = at(await hands.get('wizard.challenge', { key: key(), replacement }), 'impact');
    const second = at(
      await hands.get('wizard.challenge', { key: key(), replacement, lostWallet: account() }),
      'impact',
    );

    expect(first.challenges.map(({ lostWallet }) => lostWallet)).toEqual([person.lostWallet]);
    expect(second.challenges.map(({ lostWallet }) => lostWallet)).toEqual([person.lostWallet, account()]);
    const signature = second.challenges[0]?.practiceSignature ?? '';
    const refused = await hands.ask('wizard.chooseReplacement', {
      key: key(),
      digest: read.digest,
      holdReference: null,
      choice: { kind: 'generate' },
      further: [{ lostWallet: account(), choice: { kind: 'proof', address: replacement, signature } }],
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'PROOF_INVALID' } });
    const stolen = { key: key(), replacement, lostWallet: stranger };
    expect(await hands.ask('wizard.challenge', stolen)).toMatchObject({
      ok: false,
      error: { code: 'WIZARD_ELSEWHERE' },
    });
  });

  it('that are made take one passphrase, asked for once', async () => {
    hands.shown.length = 0;
    hands.typed.push(PASSPHRASE);
    const answer = await choose({ kind: 'generate' });
    const { planned } = at(answer.ok ? answer.value : { step: 'none' }, 'impact');

    expect(hands.shown).toHaveLength(1);
    const controls =
      planned === null ? [] : walletsOf(planned.plan).map(({ replacement }) => replacement.control);
    expect(controls).toEqual(['generated', 'generated']);
  });
});

describe('a recovery of two lost wallets, with a third that moves along', () => {
  it('is confirmed with every wallet in full, runs, and ends with all of them', async () => {
    hands.typed.push(PASSPHRASE);
    const answer = await choose({ kind: 'account' });
    const { planned } = at(answer.ok ? answer.value : { step: 'none' }, 'impact');
    if (planned === null) throw new Error('no plan was made');
    const { plan, digest } = planned;
    const [, further] = walletsOf(plan);
    hands.typed.push(confirmationText(plan));

    const begun = at(await hands.get('wizard.confirm', { key: key(), planDigest: digest }), 'progress');

    const view = hands.shown.at(-1) as ConfirmView;
    expect(view).toMatchObject({
      lostWallet: person.lostWallet,
      replacementWallet: plan.replacement.address,
      further: [
        {
          lostWallet: account(),
          replacementWallet: further?.replacement.address,
          before: false,
        },
      ],
      healthy: [{ wallet: healthy(), moves: true }],
      tokens: 5,
      expectedToFail: 0,
    });
    expect(begun.progress.wallets).toEqual([
      { lost: person.lostWallet, replacement: plan.replacement.address },
      { lost: account(), replacement: further?.replacement.address },
    ]);
    expect(begun.progress.tokens.map(({ lostWallet, symbol }) => [lostWallet, symbol])).toEqual(
      expect.arrayContaining([
        [person.lostWallet, 'EURQ'],
        [account(), 'EURQ'],
      ]),
    );
    const { result } = await hands.reached('summary');
    expect(result).toMatchObject({
      status: 'completed',
      tokens: { total: 5, recovered: 5, failed: 0 },
      healthy: [{ wallet: healthy(), identity: plan.replacement.identity, outcome: 'moved' }],
    });
    expect(result.wallets).toHaveLength(2);
    expect(result.followUps.map(({ code }) => code)).toContain('REVOKE_ROLE');
    const listed = (await hands.get('recovery.list', {})).find(({ id }) => id === result.recoveryId);
    expect(listed).toMatchObject({ lostWallet: person.lostWallet, further: [account()], recovered: 5 });
    const saved = await hands.get('recovery.saveReport', { key: key(), recoveryId: result.recoveryId });
    const report = JSON.parse(hands.saved.get(saved?.fileName ?? '') ?? '{}') as object;
    expect(report).toMatchObject({ wallets: result.wallets, healthy: result.healthy });
  });

  it('shows afterwards every wallet that is registered with the new identity', async () => {
    const detail = await hands.get('participants.get', { participantId: person.id, wallet: null });
    const registered = [...detail.wallets, ...(detail.beside ?? [])]
      .filter(({ standing }) => standing.registered && standing.identity === detail.identity)
      .map(({ address }) => address);

    expect(registered).toContain(healthy());
    expect(registered).toHaveLength(3);
  });
});
