import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { HandOver } from '../../../../renderer/features/hand-over/hand-over-section.tsx';
import type { HandOverProps } from '../../../../renderer/features/hand-over/hand-over-section.tsx';
import { shortHex } from '../../../../renderer/components/address-text.ts';
import type { HandOverShown } from '../../../../shared/hand-over-procedures.ts';
import { HAND_OVER_CHECKS } from '../../../../shared/hand-over-rules.ts';
import {
  LOST,
  OPERATOR,
  REPLACEMENT,
  SIGNED_IN_CUSTODIAN,
  SIGNED_IN_OPERATOR,
} from '../../../support/fake-desk-data.ts';

const deed = { busy: false, error: null, run: () => undefined, forget: () => undefined };
const leaving = {
  operatorId: SIGNED_IN_OPERATOR.id,
  operator: OPERATOR,
  recipient: null,
  at: '2026-03-01T08:30:00.000Z',
};
const open: HandOverShown = {
  recoveryId: 'R-00000000a1',
  wallet: REPLACEMENT,
  lostWallet: LOST,
  others: [],
  state: 'open',
  keystore: [],
  passphrase: [],
  recipients: [],
  sealed: [],
  passphraseKept: true,
  byOne: false,
  signInHeld: true,
  names: [{ operatorId: SIGNED_IN_OPERATOR.id, name: 'Ada' }],
};

function drawn(
  view: HandOverShown,
  who = SIGNED_IN_OPERATOR,
  of: HandOverProps['of'] = 'the only one',
): string {
  return renderToStaticMarkup(<HandOver view={view} of={of} who={who} deed={deed} told={null} />);
}

describe('the hand-over in the summary', () => {
  it('offers both halves, the checklist, and no end before both have left', () => {
    const page = drawn(open);

    expect(page).toContain('Take the keystore…');
    expect(page).toContain('Take the passphrase…');
    for (const words of Object.values(HAND_OVER_CHECKS)) expect(page).toContain(words);
    expect(page).toMatch(/disabled=""[^>]*><span[^>]*>Mark the hand-over done…/u);
  });

  it('offers who took one half not the other, and says why', () => {
    const view = { ...open, keystore: [leaving] };

    const own = drawn(view);
    const others = drawn(view, SIGNED_IN_CUSTODIAN);

    expect(own).not.toContain('Take the passphrase…');
    expect(own).toContain('You took the keystore, so another operator takes the passphrase.');
    expect(own).toContain('Ada, ');
    expect(others).toContain('Take the passphrase…');
  });

  it('offers both to one person where policy says so', () => {
    expect(drawn({ ...open, byOne: true, keystore: [leaving] })).toContain('Take the passphrase…');
  });

  it('says of a passphrase that somebody chose who has it', () => {
    const view = { ...open, passphraseKept: false, passphrase: [{ ...leaving, operatorId: null }] };

    const page = drawn(view, SIGNED_IN_CUSTODIAN);

    expect(page).not.toContain('Take the passphrase…');
    expect(page).toContain(`Chosen by who began the recovery (${OPERATOR})`);
  });

  it('can be marked done by anybody once both have left, and again while something is kept', () => {
    const left = {
      ...open,
      keystore: [leaving],
      passphrase: [{ ...leaving, operator: SIGNED_IN_CUSTODIAN.address }],
    };

    for (const view of [left, { ...open, state: 'clearing' as const }])
      expect(drawn(view)).not.toMatch(/disabled=""[^>]*><span[^>]*>Mark the hand-over done…/u);
  });

  it('names the wallet, and the one that it replaces, where there are several', () => {
    const page = drawn(open, SIGNED_IN_OPERATOR, 'one of several');

    expect(page).toContain(`aria-label="Hand-over of ${shortHex(REPLACEMENT)}"`);
    for (const address of [REPLACEMENT, LOST]) expect(page).toContain(`<span class="said">${address}</span>`);
    expect(drawn(open)).not.toContain(LOST);
  });

  it('says before the end that sign-in waits for the other wallets', () => {
    const view = { ...open, state: 'clearing' as const };
    const waits = 'Sign-in stays held until the other wallet is handed over, too.';

    expect(drawn({ ...view, others: [LOST] })).toContain(waits);
    expect(drawn(view)).not.toContain('Sign-in stays held');
    expect(drawn({ ...view, others: [LOST], signInHeld: false })).not.toContain('Sign-in stays held');
  });

  it('says which tokens the wallet is to recover first, and the two ways on, and lets nothing leave before', () => {
    const view = { ...open, toRecover: ['BND', 'EURQ'], toRecoverIn: [open.recoveryId] };

    const page = drawn(view);

    expect(page).toContain('BND, EURQ');
    expect(page).toContain('Retry the recovery');
    expect(page).toContain('Leave to the holder…');
    for (const act of ['Take the keystore…', 'Take the passphrase…', 'Enter the holder’s key…'])
      expect(page).not.toContain(act);
    expect(page).toMatch(/disabled=""[^>]*><span[^>]*>Mark the hand-over done…/u);
    expect(drawn(open)).not.toContain('Leave to the holder…');
  });

  it('names the recovery to retry where it is another one', () => {
    const other = 'R-00000000a2';

    expect(drawn({ ...open, toRecover: ['BND'], toRecoverIn: [other] })).toContain(`recovery ${other}`);
  });

  it('waits for another recovery to the wallet that has not ended, and offers nothing but that', () => {
    const page = drawn({
      ...open,
      underWay: ['R-00000000a2'],
      toRecover: ['BND'],
      toRecoverIn: ['R-00000000a2'],
    });

    expect(page).toContain('R-00000000a2');
    expect(page).not.toContain('Leave to the holder…');
    expect(page).not.toContain('Take the keystore…');
  });

  it.each(['waiting', 'clearing', 'done'] as const)('offers no way on while it is %s', (state) => {
    const view = { ...open, state, toRecover: ['BND'], toRecoverIn: [open.recoveryId] };

    expect(drawn(view)).not.toContain('Leave to the holder…');
  });

  it('offers nothing once it is done', () => {
    expect(drawn({ ...open, state: 'done', passphraseKept: false })).not.toContain('<button');
  });
});
