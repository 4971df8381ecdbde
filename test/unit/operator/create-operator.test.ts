import { describe, expect, it } from 'vitest';
import type { OperatorDraft } from '../../../electron/operator/create-operator.ts';
import { DeskError } from '../../../shared/errors.ts';
import { address } from '../store/records.ts';
import {
  ISSUER,
  KEY_ADDRESS,
  OIDC_POLICY,
  PASSPHRASE,
  PRIVATE_KEY,
  adaDraft,
  adaWithCodes,
  codeNow,
  codeOf,
  graceDraft,
  operatorsUnderTest,
} from '../../support/operators-under-test.ts';

const keystore = { kind: 'keystore', privateKey: PRIVATE_KEY } as const;

describe('an operator', () => {
  it('is set up with a key on this desk, which was opened before it is stored', async () => {
    const desk = operatorsUnderTest();
    const { operator, recoveryCodes } = await desk.operators.create(adaDraft({ credential: keystore }));
    expect(operator).toMatchObject({
      name: 'Ada',
      signIn: { kind: 'passphrase', totp: false },
      credential: { kind: 'keystore', address: KEY_ADDRESS, wrapping: 'passphrase' },
      removedAt: null,
    });
    expect(recoveryCodes).toEqual([]);
    expect(desk.operators.find('ADA')).toEqual(operator);
    expect(desk.operators.list()).toEqual([{ kind: 'operator', operator }]);
    expect(desk.audited()).toEqual([
      {
        kind: 'operator_created',
        operatorId: operator.id,
        signIn: 'passphrase',
        credential: 'keystore',
        address: KEY_ADDRESS,
      },
    ]);
  });

  it.each([
    { kind: 'ledger', address: address(1), path: "m/44'/60'/0'/0/0" },
    { kind: 'export', address: address(2) },
    {
      kind: 'remote',
      address: address(3),
      url: 'https://signer.example',
      certFile: null,
      keyFile: null,
      caFile: '/etc/ca.pem',
    },
  ] as const)('may have a key elsewhere: $kind', async (credential) => {
    const { operators } = operatorsUnderTest();
    const { operator } = await operators.create(adaDraft({ credential }));
    expect(operators.get(operator.id).credential).toEqual(credential);
  });

  it('may sign in at the identity provider, with no passphrase at all', async () => {
    const desk = operatorsUnderTest({ policy: OIDC_POLICY });
    const { operator } = await desk.operators.create(graceDraft());
    expect(operator.signIn).toEqual({ kind: 'oidc', issuer: ISSUER, subject: 'grace' });
    expect(desk.operators.findByProvider({ issuer: ISSUER, subject: 'grace' })).toEqual(operator);
    expect(desk.repository.get(operator.id)?.vault).toBeNull();
  });

  it('is one of several, and all are there after a restart', async () => {
    const desk = operatorsUnderTest({ policy: OIDC_POLICY });
    await desk.operators.create(adaDraft());
    await desk.operators.create(graceDraft());
    const names = desk
      .restarted()
      .operators.list()
      .map((listed) => listed.kind === 'operator' && listed.operator.name);
    expect(names).toEqual(['Ada', 'Grace']);
  });

  it('with one-time codes is set up once a code made from the secret was typed, and that code works no more', async () => {
    const desk = operatorsUnderTest();
    const ada = await adaWithCodes(desk);
    expect(ada.recoveryCodes).toHaveLength(10);
    expect(desk.operators.get(ada.id).signIn).toEqual({ kind: 'passphrase', totp: true });
    desk.clock.ms -= 30_000;
    expect(await codeOf(desk.operators.open(ada.id, PASSPHRASE, ada.totp()))).toBe('TOTP_WRONG');
  });
});

describe('setting up an operator is refused', () => {
  it.each([
    ['ada', 'differs in case alone'],
    [' Ada ', 'differs in white space alone'],
  ])('for the name %j, which %s', async (name) => {
    const desk = operatorsUnderTest();
    await desk.operators.create(adaDraft());
    expect(await codeOf(desk.operators.create(adaDraft({ name })))).toBe('OPERATOR_INVALID');
    expect(desk.operators.list()).toHaveLength(1);
  });

  it('for a name that was taken while the vault was made', async () => {
    const desk = operatorsUnderTest();
    const outcomes = await Promise.all([
      codeOf(desk.operators.create(adaDraft())),
      codeOf(desk.operators.create(adaDraft())),
    ]);
    expect(outcomes.toSorted()).toEqual(['OPERATOR_INVALID', 'nothing was thrown']);
    expect(desk.operators.list()).toHaveLength(1);
  });

  it('for the name of one whose record does not read', async () => {
    const desk = operatorsUnderTest();
    await desk.operators.create(adaDraft());
    desk.edit(`signIn = '{'`);
    expect(await codeOf(desk.operators.create(adaDraft()))).toBe('OPERATOR_INVALID');
  });

  it('not because the record of somebody else does not read', async () => {
    const desk = operatorsUnderTest({ policy: OIDC_POLICY });
    await desk.operators.create(graceDraft());
    desk.edit(`signIn = '{'`);
    const signIn = { kind: 'oidc', issuer: ISSUER, subject: 'hedy', passphrase: null } as const;
    const { operator } = await desk.operators.create(graceDraft({ name: 'Hedy', signIn }));
    expect(desk.operators.findByProvider({ issuer: ISSUER, subject: 'hedy' })).toEqual(operator);
  });

  it('for a person at the provider whom an operator is already', async () => {
    const { operators } = operatorsUnderTest({ policy: OIDC_POLICY });
    await operators.create(graceDraft());
    expect(await codeOf(operators.create(graceDraft({ name: 'Grace 2' })))).toBe('OPERATOR_INVALID');
  });

  it.each<[string, string, Partial<Extract<OperatorDraft['credential'], { kind: 'remote' }>>]>([
    ['a user in its address', 'url', { url: 'https://ada@signer.example' }],
    ['a password in its address', 'url', { url: 'https://:secret@signer.example' }],
    ['an address that is none of the web', 'url', { url: 'ftp://signer.example' }],
    ['a certificate without its key', 'keyFile', { certFile: '/etc/desk.pem' }],
    ['a key without its certificate', 'keyFile', { keyFile: '/etc/desk.key' }],
    ['a file that is named from nowhere', 'caFile', { caFile: 'ca.pem' }],
  ])('for a remote signer with %s', async (_, field, over) => {
    const { operators } = operatorsUnderTest();
    const url = 'https://signer.example';
    const plain = { kind: 'remote', address: address(1), url, certFile: null, keyFile: null, caFile: null };
    const credential = { ...plain, ...over } as OperatorDraft['credential'];
    const refused = operators.create(adaDraft({ credential }));
    await expect(refused).rejects.toMatchObject({
      code: 'OPERATOR_INVALID',
      message: expect.stringContaining(`"${field}"`),
    });
    await expect(refused).rejects.not.toThrow('secret');
    expect(operators.list()).toEqual([]);
  });

  it.each<[string, Partial<OperatorDraft>]>([
    ['an empty name', { name: ' ' }],
    ['a name with a line break', { name: 'Ada\nLovelace' }],
    ['a path that is none', { credential: { kind: 'ledger', address: address(1), path: 'm/44x' } }],
    [
      'a signer whose address is no URL',
      {
        credential: {
          kind: 'remote',
          address: address(1),
          url: 'signer',
          certFile: null,
          keyFile: null,
          caFile: null,
        },
      },
    ],
  ])('for %s', async (_, over) => {
    const { operators } = operatorsUnderTest();
    expect(await codeOf(operators.create(adaDraft(over)))).toBe('OPERATOR_INVALID');
    expect(operators.list()).toEqual([]);
  });

  it('for a key on this desk without a passphrase', async () => {
    const { operators } = operatorsUnderTest({ policy: OIDC_POLICY });
    expect(await codeOf(operators.create(graceDraft({ credential: keystore })))).toBe('OPERATOR_INVALID');
  });

  it('for a passphrase that is shorter than policy asks', async () => {
    const { operators } = operatorsUnderTest({ policy: { minPassphraseLength: 40 } });
    expect(await codeOf(operators.create(adaDraft()))).toBe('PASSPHRASE_WEAK');
    expect(operators.list()).toEqual([]);
  });

  it.each<[string, Parameters<typeof operatorsUnderTest>[0], OperatorDraft]>([
    ['by passphrase', { policy: { ...OIDC_POLICY, signIn: ['oidc'] } }, adaDraft()],
    ['at a provider', {}, graceDraft()],
    [
      'at another provider than that of policy',
      { policy: OIDC_POLICY },
      graceDraft({
        signIn: { kind: 'oidc', issuer: 'https://other.example', subject: 'grace', passphrase: null },
      }),
    ],
    ['without a one-time code', { policy: { requireTotp: true } }, adaDraft()],
  ])('where policy does not allow signing in %s', async (_, options, draft) => {
    const { operators } = operatorsUnderTest(options);
    expect(await codeOf(operators.create(draft))).toBe('SIGN_IN_FORBIDDEN');
    expect(operators.list()).toEqual([]);
  });

  it('for a key without the keychain where policy does not allow that', async () => {
    const { operators } = operatorsUnderTest({ policy: { allowVaultWithoutKeychain: false } });
    expect(await codeOf(operators.create(adaDraft()))).toBe('VAULT_NEEDS_KEYCHAIN');
  });

  it('for a code that is not made from the secret, or is of another time', async () => {
    const desk = operatorsUnderTest();
    const { secret } = desk.operators.enrolment('Ada');
    const withCode = (code: string) =>
      desk.operators.create(
        adaDraft({ signIn: { kind: 'passphrase', passphrase: PASSPHRASE, codes: { secret, code } } }),
      );
    expect(await codeOf(withCode('12345'))).toBe('TOTP_WRONG');
    expect(await codeOf(withCode(codeNow(desk, secret, 300_000)))).toBe('TOTP_CLOCK_SKEW');
    expect(desk.operators.list()).toEqual([]);
  });

  it('where it cannot be stored or opened, and the keychain keeps nothing of it', async () => {
    const forgotten: string[] = [];
    const forget = async (id: string) => void forgotten.push(id);
    const open = () =>
      Promise.reject(new DeskError('KEYCHAIN_TIMEOUT', { message: 'Late.', remedy: 'Wait.', retry: 'safe' }));
    const desk = operatorsUnderTest({ vault: { open, forget } });
    expect(await codeOf(desk.operators.create(adaDraft()))).toBe('KEYCHAIN_TIMEOUT');
    expect(forgotten).toHaveLength(1);
    expect(desk.operators.list()).toEqual([]);
  });
});
