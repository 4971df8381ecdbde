import { describe, expect, it } from 'vitest';
import { DeskError } from '../../../shared/errors.ts';
import { address } from '../store/records.ts';
import {
  ISSUER,
  KEY_ADDRESS,
  OIDC_POLICY,
  PASSPHRASE,
  PRIVATE_KEY,
  WRONG_PASSPHRASE,
  adaDraft,
  adaWithCodes,
  codeOf,
  deskOfAda,
  graceDraft,
  operatorsUnderTest,
  signedIn,
} from '../../support/operators-under-test.ts';

const keystore = { kind: 'keystore', privateKey: PRIVATE_KEY } as const;
const GRACE = { issuer: ISSUER, subject: 'grace' };

describe('signing in by passphrase', () => {
  it('opens the key, which signs until it is closed, and is audited', async () => {
    const desk = operatorsUnderTest();
    const { operator } = await desk.operators.create(adaDraft({ credential: keystore }));
    const later = desk.restarted();
    const opened = await signedIn(later, operator.id);
    expect(opened).toMatchObject({ operator, how: 'passphrase', codes: null });
    expect(opened.key?.address).toBe(KEY_ADDRESS);
    opened.close();
    expect(() => opened.key?.sign(`0x${'11'.repeat(32)}`)).toThrow('closed');
    expect(later.audited().at(-1)).toEqual({
      kind: 'operator_signed_in',
      operatorId: operator.id,
      how: 'passphrase',
    });
  });

  it('opens no key where it is elsewhere', async () => {
    const desk = await deskOfAda();
    expect(await signedIn(desk, desk.id)).toMatchObject({ key: null });
  });

  it('refuses a wrong passphrase, counts it, and forgets the count after the right one', async () => {
    const desk = await deskOfAda();
    expect(await codeOf(desk.operators.open(desk.id, WRONG_PASSPHRASE, null))).toBe('PASSPHRASE_WRONG');
    expect(desk.last()).toEqual({
      kind: 'operator_attempt_failed',
      operatorId: desk.id,
      reason: 'PASSPHRASE_WRONG',
      failures: 1,
    });
    await signedIn(desk, desk.id);
    expect(desk.repository.get(desk.id)?.attempts.failures).toBe(0);
  });

  it('waits after the third wrong attempt, also after a restart, with the vault untouched', async () => {
    const desk = await deskOfAda();
    for (let count = 0; count < 3; count += 1) {
      await codeOf(desk.operators.open(desk.id, WRONG_PASSPHRASE, null));
    }
    const untouched = { open: () => Promise.reject(new Error('the vault was touched')) };
    const later = desk.restarted({ vault: untouched });
    expect(await codeOf(later.operators.open(desk.id, PASSPHRASE, null))).toBe('SIGN_IN_DELAYED');
    desk.clock.ms += 2_000;
    await signedIn(later.restarted({ vault: {} }), desk.id);
  });

  it('lets attempts in one at a time: many at once are no more tries', async () => {
    const desk = await deskOfAda();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => codeOf(desk.operators.open(desk.id, WRONG_PASSPHRASE, null))),
    );
    expect(outcomes.filter((code) => code === 'PASSPHRASE_WRONG')).toHaveLength(3);
    expect(outcomes.filter((code) => code === 'SIGN_IN_DELAYED')).toHaveLength(5);
  });

  it('of one operator does not hold up another', async () => {
    const desk = await deskOfAda();
    const bert = await desk.operators.create(adaDraft({ name: 'Bert' }));
    for (let count = 0; count < 4; count += 1) {
      await codeOf(desk.operators.open(desk.id, WRONG_PASSPHRASE, null));
    }
    await signedIn(desk, bert.operator.id);
    expect(await codeOf(desk.operators.open(desk.id, PASSPHRASE, null))).toBe('SIGN_IN_DELAYED');
  });

  it('counts nothing for a keychain that does not answer', async () => {
    const open = () =>
      Promise.reject(
        new DeskError('KEYCHAIN_LOCKED', { message: 'Locked.', remedy: 'Unlock it.', retry: 'safe' }),
      );
    const desk = (await deskOfAda()).restarted({ vault: { open } });
    const [listed] = desk.operators.list();
    const id = listed?.kind === 'operator' ? listed.operator.id : '';
    for (let count = 0; count < 5; count += 1) {
      expect(await codeOf(desk.operators.open(id, PASSPHRASE, null))).toBe('KEYCHAIN_LOCKED');
    }
    expect(desk.repository.get(id)?.attempts.failures).toBe(0);
  });

  it('is refused for nobody, for one who was removed, and for an operator of the provider', async () => {
    const desk = operatorsUnderTest({ policy: OIDC_POLICY });
    const { operator } = await desk.operators.create(adaDraft());
    const grace = await desk.operators.create(graceDraft());
    await desk.operators.remove(operator.id);
    expect(await codeOf(desk.operators.open('O-0000000000', PASSPHRASE, null))).toBe('OPERATOR_UNKNOWN');
    expect(await codeOf(desk.operators.open(operator.id, PASSPHRASE, null))).toBe('OPERATOR_UNKNOWN');
    expect(await codeOf(desk.operators.open(grace.operator.id, PASSPHRASE, null))).toBe('SIGN_IN_FORBIDDEN');
    expect(() => desk.operators.find('ada')).toThrow('There is no operator ada on this desk.');
  });

  it('is refused once policy does not allow it any more', async () => {
    const desk = await deskOfAda();
    const stricter = desk.restarted({ policy: { ...OIDC_POLICY, signIn: ['oidc'] } });
    expect(await codeOf(stricter.operators.open(desk.id, PASSPHRASE, null))).toBe('SIGN_IN_FORBIDDEN');
    const codes = stricter.restarted({ policy: { requireTotp: true } });
    expect(await codeOf(codes.operators.open(desk.id, WRONG_PASSPHRASE, null))).toBe('PASSPHRASE_WRONG');
    expect(await codeOf(codes.operators.open(desk.id, PASSPHRASE, null))).toBe('SIGN_IN_FORBIDDEN');
  });
});

describe('signing in with a one-time code', () => {
  it('asks for the code only after the passphrase was right', async () => {
    const desk = operatorsUnderTest();
    const { id } = await adaWithCodes(desk);
    expect(await codeOf(desk.operators.open(id, WRONG_PASSPHRASE, null))).toBe('PASSPHRASE_WRONG');
    expect(await desk.operators.open(id, PASSPHRASE, null)).toEqual({ kind: 'code_needed' });
    expect(desk.audited().map(({ kind }) => kind)).not.toContain('operator_signed_in');
  });

  it('takes the code of now, once', async () => {
    const desk = operatorsUnderTest();
    const { id, totp } = await adaWithCodes(desk);
    const opened = await signedIn(desk, id, totp());
    expect(opened.how).toBe('passphrase_totp');
    expect(opened.codes).not.toBeNull();
    const later = desk.restarted();
    expect(await codeOf(later.operators.open(id, PASSPHRASE, totp()))).toBe('TOTP_WRONG');
  });

  it('says that clocks differ, and takes neither that code later nor an older one', async () => {
    const desk = operatorsUnderTest();
    const { id, totp } = await adaWithCodes(desk);
    const early = totp(300_000);
    await expect(desk.operators.open(id, PASSPHRASE, early)).rejects.toMatchObject({
      code: 'TOTP_CLOCK_SKEW',
      message: expect.stringContaining('about 5 minutes ahead of the clock of this machine'),
    });
    desk.clock.ms += 300_000;
    expect(await codeOf(desk.operators.open(id, PASSPHRASE, early))).toBe('TOTP_WRONG');
    desk.clock.ms += 30_000;
    await signedIn(desk, id, totp());
  });

  it('says by how much an authenticator is behind', async () => {
    const desk = operatorsUnderTest();
    const { id, totp } = await adaWithCodes(desk);
    desk.clock.ms += 3_600_000;
    await expect(desk.operators.open(id, PASSPHRASE, totp(-150_000))).rejects.toMatchObject({
      code: 'TOTP_CLOCK_SKEW',
      message: expect.stringContaining('about 2.5 minutes behind the clock of this machine'),
    });
  });

  it('takes each recovery code once', async () => {
    const desk = operatorsUnderTest();
    const { id, recovery } = await adaWithCodes(desk);
    expect((await signedIn(desk, id, recovery(0))).how).toBe('passphrase_recovery_code');
    const later = desk.restarted();
    expect(await codeOf(later.operators.open(id, PASSPHRASE, recovery(0)))).toBe('RECOVERY_CODE_WRONG');
    await signedIn(later, id, recovery(9));
  });

  it('counts wrong codes, and a passphrase that is right does not clear them', async () => {
    const desk = operatorsUnderTest();
    const { id } = await adaWithCodes(desk);
    const wrong = { kind: 'totp', code: 'no code' } as const;
    await codeOf(desk.operators.open(id, PASSPHRASE, wrong));
    await codeOf(desk.operators.open(id, PASSPHRASE, { kind: 'recovery_code', code: 'none' }));
    expect(await desk.operators.open(id, PASSPHRASE, null)).toEqual({ kind: 'code_needed' });
    await codeOf(desk.operators.open(id, PASSPHRASE, wrong));
    expect(await codeOf(desk.operators.open(id, PASSPHRASE, wrong))).toBe('SIGN_IN_DELAYED');
    const failed = desk.audited().filter(({ kind }) => kind === 'operator_attempt_failed');
    expect(failed.map(({ reason, failures }) => [reason, failures])).toEqual([
      ['TOTP_WRONG', 1],
      ['RECOVERY_CODE_WRONG', 2],
      ['TOTP_WRONG', 3],
    ]);
  });
});

describe('a database edited by hand', () => {
  it('cannot turn one-time codes off, nor on', async () => {
    const desk = operatorsUnderTest();
    const { id, totp } = await adaWithCodes(desk);
    desk.edit(`signIn = '{"kind":"passphrase","totp":false}'`);
    expect(await codeOf(desk.operators.open(id, PASSPHRASE, null))).toBe('VAULT_CORRUPT');
    expect(await codeOf(desk.operators.open(id, PASSPHRASE, totp()))).toBe('VAULT_CORRUPT');
    const other = await deskOfAda();
    other.edit(`signIn = '{"kind":"passphrase","totp":true}'`);
    expect(await codeOf(other.operators.open(other.id, PASSPHRASE, null))).toBe('VAULT_CORRUPT');
  });

  it('cannot give a key another address', async () => {
    const desk = operatorsUnderTest();
    const { operator } = await desk.operators.create(adaDraft({ credential: keystore }));
    desk.edit(`credential = replace(credential, '${KEY_ADDRESS}', '${address(9)}')`);
    expect(await codeOf(desk.operators.open(operator.id, PASSPHRASE, null))).toBe('VAULT_CORRUPT');
  });

  it('cannot give an operator the vault of another', async () => {
    const desk = await deskOfAda();
    const { operator } = await desk.operators.create(
      adaDraft({ name: 'Eve', signIn: { kind: 'passphrase', passphrase: WRONG_PASSPHRASE, codes: null } }),
    );
    desk.store.run(
      `UPDATE operator SET box = (SELECT box FROM operator WHERE id = '${operator.id}') WHERE id = '${desk.id}'`,
    );
    expect(await codeOf(desk.operators.open(desk.id, WRONG_PASSPHRASE, null))).toBe('VAULT_CORRUPT');
  });

  it('leaves the damaged one in the list, and the others at work', async () => {
    const desk = await deskOfAda();
    const bert = await desk.operators.create(adaDraft({ name: 'Bert' }));
    desk.store.run(`UPDATE operator SET credential = 'none' WHERE id = '${desk.id}'`);
    expect(desk.operators.list()).toMatchObject([
      { kind: 'damaged', id: desk.id, name: 'Ada', error: { code: 'VAULT_CORRUPT' } },
      { kind: 'operator', operator: { name: 'Bert' } },
    ]);
    expect(await codeOf(desk.operators.open(desk.id, PASSPHRASE, null))).toBe('VAULT_CORRUPT');
    await signedIn(desk, bert.operator.id);
  });
});

describe('signing in at the identity provider', () => {
  it('opens no key that is elsewhere, and is audited', async () => {
    const desk = operatorsUnderTest({ policy: OIDC_POLICY });
    const { operator } = await desk.operators.create(graceDraft());
    expect(await desk.operators.openByProvider(GRACE, null)).toMatchObject({
      operator,
      how: 'oidc',
      key: null,
    });
    expect(desk.audited().at(-1)).toEqual({
      kind: 'operator_signed_in',
      operatorId: operator.id,
      how: 'oidc',
    });
  });

  it('opens a key on this desk with its passphrase alone, whose wrong attempts count', async () => {
    const desk = operatorsUnderTest({ policy: OIDC_POLICY });
    const signIn = { kind: 'oidc', ...GRACE, passphrase: PASSPHRASE } as const;
    const { operator } = await desk.operators.create(graceDraft({ signIn, credential: keystore }));
    expect((await desk.operators.openByProvider(GRACE, null)).key).toBeNull();
    expect(await codeOf(desk.operators.openByProvider(GRACE, WRONG_PASSPHRASE))).toBe('PASSPHRASE_WRONG');
    expect(desk.repository.get(operator.id)?.attempts.failures).toBe(1);
    expect((await desk.operators.openByProvider(GRACE, PASSPHRASE)).key?.address).toBe(KEY_ADDRESS);
  });

  it('is refused for a person who is no operator, and for another provider', async () => {
    const { operators } = operatorsUnderTest({ policy: OIDC_POLICY });
    await operators.create(graceDraft());
    expect(await codeOf(operators.openByProvider({ ...GRACE, subject: 'eve' }, null))).toBe(
      'OPERATOR_UNKNOWN',
    );
    expect(await codeOf(operators.openByProvider({ ...GRACE, issuer: 'https://eve.example' }, null))).toBe(
      'SIGN_IN_FORBIDDEN',
    );
  });

  it('says that a record is damaged where it may be the one', async () => {
    const desk = operatorsUnderTest({ policy: OIDC_POLICY });
    await desk.operators.create(graceDraft());
    desk.edit(`signIn = '{'`);
    expect(await codeOf(desk.operators.openByProvider(GRACE, null))).toBe('VAULT_CORRUPT');
  });
});
