import { describe, expect, it } from 'vitest';
import {
  emptyOperator,
  holderProblem,
  nameProblem,
  needsKeychain,
  newOperator,
  pathProblem,
  problemsOfOperator,
  USUAL_PATH,
} from '../../../../renderer/features/operator/operator-draft.ts';
import type { OperatorDraft } from '../../../../renderer/features/operator/operator-draft.ts';
import { toHaveAtHand, waysToSignIn } from '../../../../renderer/features/operator/set-up-words.ts';
import { PROCEDURES } from '../../../../shared/contract.ts';
import { derivationPathSchema, operatorNameSchema } from '../../../../shared/operator.ts';
import { PASSPHRASES, SAFE } from '../../../support/fake-desk-data.ts';
import { REFUSAL } from '../../../support/fake-desk-scenes.ts';

const KEY = '00000000-0000-4000-8000-000000000000';
const TEAM = { ...PASSPHRASES, passphrase: false, oidc: 'login.aldgate.example' };
const NO_KEYCHAIN = { ...PASSPHRASES, oidc: 'login.aldgate.example', keychainProblem: REFUSAL };

const filled: OperatorDraft = {
  ...emptyOperator(PASSPHRASES),
  name: ' Ada ',
  place: 'keystore',
  from: 'new',
};

describe('an operator who is being set up', () => {
  it('begins without a place for the key, so that nobody takes one over unread', () => {
    const draft = emptyOperator(PASSPHRASES);

    expect(draft).toMatchObject({ signIn: 'passphrase', place: null, path: USUAL_PATH });
    expect(Object.keys(problemsOfOperator(draft, PASSPHRASES, []))).toEqual(['name', 'place']);
  });

  it('signs in as policy has it', () => {
    expect(emptyOperator(TEAM).signIn).toBe('oidc');
    expect(problemsOfOperator({ ...filled, signIn: 'passphrase' }, TEAM, [])).toHaveProperty('signIn');
    expect(problemsOfOperator({ ...filled, signIn: 'oidc' }, PASSPHRASES, [])).toHaveProperty('signIn');
    expect(waysToSignIn(TEAM).map(({ value }) => value)).toEqual(['oidc']);
    expect(waysToSignIn(NO_KEYCHAIN).map(({ value }) => value)).toEqual(['passphrase', 'oidc']);
  });

  it.each([
    ['keystore', { place: 'keystore', from: 'phrase' }, { kind: 'keystore', from: 'phrase' }],
    ['remote signer', { place: 'remote' }, { kind: 'remote' }],
    ['Ledger', { place: 'ledger', path: ` ${USUAL_PATH} ` }, { kind: 'ledger', path: USUAL_PATH }],
    ['Safe', { place: 'export', address: ` ${SAFE} ` }, { kind: 'export', address: SAFE }],
  ] as const)('becomes what the contract takes, with a key in a %s', (_, change, credential) => {
    const created = newOperator({ ...filled, ...change }, PASSPHRASES, []);

    expect(PROCEDURES['operator.create'].input.parse({ key: KEY, ...created })).toEqual({
      key: KEY,
      name: 'Ada',
      signIn: 'passphrase',
      credential,
    });
  });

  it.each([
    ['its name is taken, in other letters', { name: 'r. AMSTUTZ' }],
    ['no source of the key was chosen', { from: null }],
    ['the path is none', { place: 'ledger', path: '44/60' }],
    ['the address is none', { place: 'export', address: '0x12' }],
  ] as const)('is not set up while %s', (_, change) => {
    expect(newOperator({ ...filled, ...change }, PASSPHRASES, ['R. Amstutz'])).toBeNull();
  });
});

describe('a name of an operator', () => {
  it.each([
    'Ada',
    'Zoë O’',
    "D'Arcy-Smith, R.",
    '_x',
    ' ',
    'x'.repeat(60),
    'x'.repeat(61),
    'a\nb',
    '李 明',
    '9@desk',
  ])('is taken or refused as the contract does: %j', (name) => {
    expect(nameProblem(name, []) === null).toBe(operatorNameSchema.safeParse(name).success);
  });
});

describe('a derivation path', () => {
  it.each([USUAL_PATH, 'm/0', 'm', "m/44''", "m/44'/60'/0'/0/0/", `m${'/1'.repeat(11)}`])(
    'is taken or refused as the contract does: %s',
    (path) => {
      expect(pathProblem(path) === null).toBe(derivationPathSchema.safeParse(path).success);
    },
  );
});

describe('the address of a Safe', () => {
  it('says what is wrong with it', () => {
    expect(holderProblem(' ')).toMatch(/^Enter/u);
    expect(holderProblem('0x12')).toMatch(/no address/u);
    expect(holderProblem(SAFE.replace(/[a-f]/u, (letter) => letter.toUpperCase()))).toMatch(/checksum/u);
    expect(holderProblem(SAFE)).toBeNull();
  });
});

describe('a keychain that cannot be used', () => {
  it('keeps from setting up what it would have to lock, unless policy allows the passphrase alone', () => {
    expect(problemsOfOperator(filled, NO_KEYCHAIN, [])).toHaveProperty('place');
    expect(problemsOfOperator({ ...filled, place: 'ledger' }, NO_KEYCHAIN, [])).toHaveProperty('place');
    expect(problemsOfOperator(filled, { ...NO_KEYCHAIN, withoutKeychain: true }, [])).toEqual({});
  });

  it('matters to nobody who proves themselves elsewhere and whose key is elsewhere', () => {
    const elsewhere = { ...filled, signIn: 'oidc', place: 'remote' } as const;

    expect(needsKeychain(elsewhere)).toBe(false);
    expect(problemsOfOperator(elsewhere, NO_KEYCHAIN, [])).toEqual({});
  });
});

describe('what to have at hand', () => {
  it('follows the choices', () => {
    expect(toHaveAtHand(filled, { ...PASSPHRASES, codeRequired: true })).toEqual([
      expect.stringContaining('the desk makes it'),
      expect.stringContaining('A new passphrase'),
      expect.stringContaining('authenticator app'),
    ]);
    expect(toHaveAtHand({ ...filled, signIn: 'oidc', place: 'export' }, TEAM)).toEqual([
      expect.stringContaining('login.aldgate.example'),
    ]);
  });
});
