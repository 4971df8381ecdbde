/** The screens of the wizard for a person with several wallets. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { isUnread, otherWallets } from '../../../../renderer/features/preview/other-wallets.ts';
import { PreviewView } from '../../../../renderer/features/preview/preview-view.tsx';
import { impactFacts } from '../../../../renderer/features/wizard/impact-facts.ts';
import { impactGroups } from '../../../../renderer/features/wizard/impact-words.ts';
import { headline } from '../../../../renderer/features/wizard/outcome-words.ts';
import { OtherWalletsForm } from '../../../../renderer/features/wizard/other-wallets-form.tsx';
import {
  draftsOf,
  offersHoldersWay,
  replacementChoices,
  walletsToReplace,
} from '../../../../renderer/features/wizard/replacement-drafts.ts';
import { SummaryWallets } from '../../../../renderer/features/wizard/summary-wallets.tsx';
import { TokenProgress } from '../../../../renderer/features/wizard/token-progress.tsx';
import { placed, SCENE_WIDTH } from '../../../../renderer/features/wizard/wallets-layout.ts';
import { hasSeveralWallets, walletsPictureOf } from '../../../../renderer/features/wizard/wallets-picture.ts';
import { digestOf } from '../../../../shared/canonical.ts';
import type { Preview } from '../../../../shared/preview.ts';
import { mayBeAdopted } from '../../../../shared/lost-wallets.ts';
import { REPLACEMENT, samplePreview } from '../../../support/fake-desk-data.ts';
import { SCENES } from '../../../support/fake-desk-scenes.ts';
import { saidPreview, severalProgress, undecidedPreview } from '../../../support/fake-desk-wallets.ts';

function at<S extends 'impact' | 'summary'>(scene: keyof typeof SCENES, step: S) {
  const { wizard } = SCENES[scene]();
  if (wizard.step !== step) throw new Error(`the scene is at ${wizard.step}`);
  return wizard as Extract<typeof wizard, { step: S }>;
}

const drawn = (preview: Preview): string =>
  renderToStaticMarkup(<PreviewView read={{ preview, digest: digestOf(preview) }} />);

const nothing = (): void => undefined;

describe('the preview of several wallets', () => {
  it('lists the other wallets in one order, whatever was said of them', () => {
    const before = otherWallets(undecidedPreview());
    const after = otherWallets(saidPreview());
    expect(after.map(({ wallet }) => wallet)).toEqual(before.map(({ wallet }) => wallet));
    expect(before.map(({ says }) => says)).toEqual([null, null]);
    expect(new Set(after.map(({ says }) => says))).toEqual(new Set(['lost', 'moves']));
  });

  it('knows what was chosen and not read with yet', () => {
    const rows = otherWallets(undecidedPreview());
    const wallet = rows[0]?.wallet ?? '';
    expect(isUnread(rows, {})).toBe(false);
    expect(isUnread(rows, { [wallet]: 'lost' })).toBe(true);
    const [moving] = otherWallets(saidPreview()).filter(({ says }) => says === 'moves');
    expect(isUnread(otherWallets(saidPreview()), { [moving?.wallet ?? '']: 'moves' })).toBe(false);
  });

  it('asks of each wallet by itself, with three answers', () => {
    const rows = otherWallets(undecidedPreview());
    const form = renderToStaticMarkup(
      <OtherWalletsForm rows={rows} draft={{}} reading={false} onChoose={nothing} onSay={nothing} />,
    );
    expect(form.match(/<fieldset/gu)).toHaveLength(2);
    expect(form.match(/type="radio"/gu)).toHaveLength(6);
    expect(new Set(form.match(/name="[^"]+"/gu)).size).toBe(2);
    expect(form).toContain('A smart account. It holds GRD, ALP and OCN.');
    expect(form).toContain('Nothing is said of 2 wallets yet.');
  });

  it('draws no form where the person has one wallet', () => {
    const rows = otherWallets(samplePreview(3, false));
    const form = (
      <OtherWalletsForm rows={rows} draft={{}} reading={false} onChoose={nothing} onSay={nothing} />
    );
    expect(renderToStaticMarkup(form)).toBe('');
  });

  it('has a table of tokens for each lost wallet, and the rights that stay', () => {
    const html = drawn(saidPreview());
    expect(html.match(/aria-label="Tokens of 0x/gu)).toHaveLength(3);
    expect(html).toContain('Wallet lost before');
    expect(html).toContain('Rights of lost wallets');
    expect(html).toContain('moves along');
  });

  it('is as it was for one wallet', () => {
    const html = drawn(samplePreview(3, false));
    expect(html).toContain('aria-label="Tokens"');
    expect(html).not.toMatch(/Tokens of|Rights of lost wallets|Other wallets of this person/u);
  });

  it('goes on with standing links alone, of whichever wallet', () => {
    const said = saidPreview();
    const [account, before] = said.further ?? [];
    if (account === undefined || before === undefined) throw new Error('there are no further wallets');
    const lost = { ...account.lost, registered: false, markedLost: true, linkedTo: REPLACEMENT };
    const blocker = { code: 'WALLET_ALREADY_LOST' as const, message: 'm', remedy: 'r' };
    const linked = { ...said, blockers: [blocker], further: [{ ...account, lost }, before] };
    expect(mayBeAdopted(linked)).toBe(true);
    const erased = { ...account, lost: { ...lost, linkedTo: null } };
    expect(mayBeAdopted({ ...linked, further: [erased, before] })).toBe(false);
    expect(mayBeAdopted(said)).toBe(false);
  });
});

describe('the replacements of several wallets', () => {
  const wizard = at('impact-wallets', 'impact');

  it('are chosen for those that are lost now, a smart account by one of the factory', () => {
    const wallets = walletsToReplace(wizard);
    expect(wallets.map(({ accountAllowed }) => accountAllowed)).toEqual([false, true]);
    expect(wallets.map(({ empty }) => empty.kind)).toEqual(['proof', 'account']);
  });

  it('are offered no smart account where the network has no factory', () => {
    const [, second] = walletsToReplace({ ...wizard, accountAllowed: false });
    expect(second).toMatchObject({ accountAllowed: false, empty: { kind: 'proof' } });
  });

  it('are sent together, once each is chosen', () => {
    const [first, second] = walletsToReplace(wizard);
    const drafts = draftsOf(wizard);
    expect(replacementChoices(wizard, drafts)).toBeNull();
    const chosen = new Map(drafts).set(first?.key ?? '', {
      ...drafts.get(first?.key ?? ''),
      kind: 'generate',
      address: '',
      signature: '',
      holdReference: '',
    });
    expect(replacementChoices(wizard, chosen)).toEqual({
      holdReference: null,
      choice: { kind: 'generate' },
      further: [{ lostWallet: second?.lostWallet, choice: { kind: 'account' } }],
    });
  });

  it('are not the same wallet twice', () => {
    const given = { kind: 'call_back' as const, address: REPLACEMENT, signature: '', holdReference: '' };
    const [first, second] = walletsToReplace(wizard);
    const same = new Map([
      [first?.key ?? '', given],
      [second?.key ?? '', given],
    ]);
    expect(replacementChoices(wizard, same)).toBeNull();
  });
});

describe("the holder's way", () => {
  const draft = (kind: 'generate' | 'call_back') => ({
    kind,
    address: '',
    signature: '',
    holdReference: '',
  });
  const preview = samplePreview(12, false);
  const offered = (of: Preview, kind: 'generate' | 'call_back'): boolean =>
    offersHoldersWay(
      { read: { preview: of, digest: digestOf(of) } },
      new Map([[of.lostWallet ?? '', draft(kind)]]),
    );

  it('is offered where a token lacks the custodian right, and the desk makes the wallet', () => {
    const held = preview.tokens.map((token) => ({ ...token, custodianRight: true }));
    expect(preview.tokens.some(({ custodianRight }) => !custodianRight)).toBe(true);
    expect(offered(preview, 'generate')).toBe(true);
    expect(offered(preview, 'call_back')).toBe(false);
    expect(offered({ ...preview, tokens: held }, 'generate')).toBe(false);
  });
});

describe('the impact of several wallets', () => {
  const { read, planned } = at('impact-wallets-planned', 'impact');
  const facts = impactFacts(read.preview, planned?.plan ?? null);

  it('is drawn apart from that of one', () => {
    expect(hasSeveralWallets(facts)).toBe(true);
    expect(hasSeveralWallets(impactFacts(samplePreview(3, false), null))).toBe(false);
  });

  it('shows who is registered with which identity, before and after', () => {
    const { before, after } = walletsPictureOf(facts);
    expect(before.frames.map(({ rows }) => rows.map(({ hold }) => hold))).toEqual([
      ['cut', 'cut', 'cut', 'holds'],
    ]);
    expect(after.frames.map(({ title, rows }) => [title, rows.length])).toEqual([
      ['New identity', 3],
      ['Old identity', 3],
    ]);
    expect(after.frames[0]?.rows.map(({ wallet }) => wallet.mark)).toEqual([null, 'created', 'moves']);
  });

  it('has its boxes apart and inside the frame of their identity', () => {
    for (const scene of Object.values(walletsPictureOf(facts))) {
      const { frames, person, height } = placed(scene);
      for (const { frame, rows } of frames) {
        expect(frame.x).toBeGreaterThan(person.x + person.width);
        expect(frame.x + frame.width).toBeLessThanOrEqual(SCENE_WIDTH);
        expect(frame.y + frame.height).toBeLessThanOrEqual(height);
        for (const { wallet, tokens } of rows) {
          expect(wallet.y).toBeGreaterThan(frame.y);
          expect(tokens.y + tokens.height).toBeLessThanOrEqual(frame.y + frame.height);
          expect(tokens.x).toBeGreaterThan(wallet.x + wallet.width);
          expect(tokens.x + tokens.width).toBeLessThanOrEqual(frame.x + frame.width);
        }
      }
    }
  });

  it('names in words what is moved from which wallet, and what moves along', () => {
    const groups = new Map(impactGroups(facts).map(({ kind, lines }) => [kind, lines]));
    const moved = groups.get('moved') ?? [];
    const from = moved.filter(({ text }) => text.includes('from the wallet'));
    expect(from.map(({ address }) => address)).toEqual(facts.wallets.map(({ lostWallet }) => lostWallet));
    expect(moved.some(({ address }) => address === facts.healthy[0]?.wallet)).toBe(true);
    expect(groups.get('created')?.some(({ text }) => text.startsWith('A smart account'))).toBe(true);
    expect(groups.get('left')?.some(({ text }) => text.startsWith('Rights of the lost wallet'))).toBe(true);
  });
});

describe('progress and summary of several wallets', () => {
  it('tell of each token which wallet it comes from', () => {
    const { tokens } = severalProgress();
    const html = renderToStaticMarkup(<TokenProgress tokens={tokens} />);
    expect(html.match(/From the wallet/gu)).toHaveLength(tokens.length);
    const [first] = tokens;
    const alone = tokens.filter(({ lostWallet }) => lostWallet === first?.lostWallet);
    expect(renderToStaticMarkup(<TokenProgress tokens={alone} />)).not.toContain('From the wallet');
  });

  it('list each lost wallet with its replacement and failures, and what became of the others', () => {
    const { result } = at('summary-wallets', 'summary');
    const html = renderToStaticMarkup(<SummaryWallets result={result} />);
    for (const { lost, replacement } of result.wallets) {
      expect(html).toContain(`data-lost="${lost}"`);
      expect(html).toContain(replacement.slice(2, 6));
    }
    expect(html).toContain('Moved to the new identity');
    expect(html).not.toContain('Not linked');
    const [first, ...others] = result.wallets;
    if (first === undefined) throw new Error('there is no wallet');
    const torn = {
      ...result,
      wallets: [first, ...others.map((one) => ({ ...one, linked: false as const }))],
    };
    expect(renderToStaticMarkup(<SummaryWallets result={torn} />)).toContain('Not linked');
    expect(headline(torn).meaning).toContain('not every wallet went along');
    const proven = {
      status: 'completed' as const,
      tokens: { total: 0, recovered: 0, failed: 0, failures: [] },
    };
    expect(headline({ ...result, ...proven }).tone).toBe('good');
    expect(headline({ ...torn, ...proven }).tone).toBe('caution');
    const { result: alone } = at('summary', 'summary');
    expect(renderToStaticMarkup(<SummaryWallets result={alone} />)).toBe('');
  });
});
