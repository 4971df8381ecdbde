/** Views of the entry window, one for each thing that it can show. */
import { encode } from 'uqr';
import { entryField, entryForm, totpForm } from '../../electron/workbench/entry-forms.ts';
import type { Address } from '../../shared/address.ts';
import type { ConfirmView, FormView } from '../../shared/entry-view.ts';

export const LOST = '0x52908400098527886E0F7030069857D2E4169EE7' as Address;
export const REPLACEMENT = '0x8617E340B3D01FA5F11F306F4090FD50E238070D' as Address;
export const IDENTITY = '0xde709f2102306220921060314715629080e2fb77' as Address;
export const DIGEST = `0x${'1234abcd'.repeat(8)}` as const;

export const confirmView: ConfirmView = {
  kind: 'confirm',
  person: 'Ada <b>Lovelace</b>',
  ticket: 'CASE-1',
  reason: 'The wallet is lost',
  network: 'Practice network',
  chainId: 31_337,
  practice: true,
  lostWallet: LOST,
  replacementWallet: REPLACEMENT,
  replacementIdentity: IDENTITY,
  tokens: 12,
  expectedToFail: 3,
  highestCost: '1234567890000000000001',
  digest: DIGEST,
  text: 'recover Ada',
  proof: null,
};

const OTHER_LOST = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359' as Address;
const OTHER_REPLACEMENT = '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb' as Address;
const MOVING = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed' as Address;
const STAYING = '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB' as Address;

/** Of a person with several wallets: one lost, one lost before, two in use. */
export const severalView: ConfirmView = {
  ...confirmView,
  further: [
    { lostWallet: OTHER_LOST, replacementWallet: OTHER_REPLACEMENT, before: false },
    { lostWallet: STAYING, replacementWallet: LOST, before: true },
  ],
  healthy: [
    { wallet: MOVING, moves: true },
    { wallet: STAYING, moves: false },
  ],
};

/** Of a plan with tokens that the replacement recovers itself. */
export const holdersWayView: ConfirmView = {
  ...confirmView,
  holdersWay: { tokens: ['FENN', 'NGB28'], given: '412307742825600' },
};

export const proofView: ConfirmView = {
  ...confirmView,
  proof: { kind: 'passphrase_or_code', label: 'Your passphrase or a one-time code', hint: null },
};

export const TOTP_SECRET = 'JBSWY3DPEHPK3PXP';
export const OTPAUTH = `otpauth://totp/Recovery%20Desk:Ada?secret=${TOTP_SECRET}&issuer=Recovery%20Desk`;
export const totpView: FormView = totpForm({ qr: encode(OTPAUTH, { border: 0 }).data, secret: TOTP_SECRET });

/** One field of every kind. */
export const everyField: FormView = entryForm({
  title: 'A new operator',
  action: 'Set up',
  practice: true,
  intro: ['Both paragraphs', 'are shown.'],
  facts: [['Where', 'this desk']],
  fields: [
    entryField({ name: 'name', label: 'Name', kind: 'text', hint: 'As your colleagues know you.' }),
    entryField({ name: 'old', label: 'Passphrase', kind: 'passphrase' }),
    entryField({ name: 'fresh', label: 'New passphrase', kind: 'new_passphrase', minLength: 12 }),
    entryField({ name: 'code', label: 'One-time code', kind: 'code' }),
    entryField({ name: 'phrase', label: 'Recovery phrase', kind: 'long_text', optional: true }),
    entryField({ name: 'kept', label: 'I have read this', kind: 'acknowledge', hint: 'All of it.' }),
  ],
});
