import { describe, expect, it } from 'vitest';
import { openAuditLog } from '../../../electron/audit/audit-log.ts';
import { IllegalTransition } from '../../../electron/store/illegal-transition.ts';
import { NO_ATTEMPTS, nameKeyOf } from '../../../electron/store/operator-rows.ts';
import { operatorRepository } from '../../../electron/store/operator-repository.ts';
import { deskErrorOf, openForTest } from './desk-under-test.ts';
import { OPERATOR_ID, oidcOperator, sampleCodes, sampleOperator } from './operator-records.ts';
import { TIME, address, hash } from './records.ts';
import { temporaryFolder } from './temp-folders.ts';

function records(folder: string = temporaryFolder()) {
  const store = openForTest(folder);
  const audit = openAuditLog(store);
  const operators = operatorRepository(store, audit, () => new Date(TIME));
  const audited = () =>
    audit.entries(0, 100).map(({ kind, fields }) => [kind, JSON.parse(fields) as unknown]);
  return { folder, store, operators, audited };
}

/** The operator stored, with a database where somebody changed it by hand. */
function edited(change: string, operator = sampleOperator({ recoveryCodes: sampleCodes })) {
  const desk = records();
  desk.operators.insert(operator);
  desk.operators.insert(oidcOperator());
  // As a program would that keeps nothing of what the tables say of themselves.
  desk.store.run('PRAGMA ignore_check_constraints = ON');
  desk.store.run(`UPDATE operator SET ${change} WHERE id = '${operator.id}'`);
  return desk.operators;
}

describe('operators', () => {
  it('are read as they were stored, also by another process later', () => {
    const { folder, store, operators } = records();
    const { vault, totpStep, recoveryCodes, ...operator } = sampleOperator({
      signIn: { kind: 'passphrase', totp: true },
      totpStep: 7,
      recoveryCodes: sampleCodes,
    });
    operators.insert({ ...operator, vault, totpStep, recoveryCodes });
    operators.saveAttempts(OPERATOR_ID, { failures: 3, countedAt: TIME, notBefore: TIME, open: true });
    store.close();

    const later = records(folder).operators;

    expect(later.get(OPERATOR_ID)).toEqual({
      operator: { ...operator, createdAt: TIME, removedAt: null },
      vault,
      totpStep: 7,
      attempts: { failures: 3, countedAt: TIME, notBefore: TIME, open: true },
    });
    expect(later.recoveryCodes(OPERATOR_ID)).toEqual(sampleCodes.map((code) => ({ ...code, usedAt: null })));
    expect(later.get('O-0000000000')).toBeNull();
  });

  it('are found by their names without regard to case', () => {
    const { operators } = records();
    operators.insert(sampleOperator({ name: 'Jürgen Groß' }));
    for (const name of ['jürgen groß', 'JÜRGEN GROSS', ' Ju\u0308rgen Groß ']) {
      expect(operators.find(name)?.operator.id).toBe(OPERATOR_ID);
    }
    expect(operators.find('Jurgen Gross')).toBeNull();
    expect(nameKeyOf('ẞ')).toBe(nameKeyOf('ss'));
  });

  it('have a name that nobody else has, until they are removed', () => {
    const { operators } = records();
    const second = oidcOperator({ name: 'ADA LOVELACE' });
    operators.insert(sampleOperator());
    expect(() => operators.insert(second)).toThrow('UNIQUE');
    operators.remove(OPERATOR_ID);
    operators.insert(second);
    expect(operators.find('ada lovelace')?.operator.id).toBe(second.id);
    expect(operators.rows()).toEqual([
      { id: OPERATOR_ID, name: 'Ada Lovelace', removed: true },
      { id: second.id, name: 'ADA LOVELACE', removed: false },
    ]);
  });

  it('change only in what is named, each time with an audit entry', () => {
    const { operators, audited } = records();
    operators.insert(sampleOperator());
    const vault = { wrapping: 'keychain', keystore: 'another key', box: 'other secrets' } as const;
    operators.change(OPERATOR_ID, { what: 'passphrase', vault });
    operators.change(OPERATOR_ID, {
      what: 'totp_on',
      signIn: { kind: 'passphrase', totp: true },
      totpStep: 9,
      recoveryCodes: sampleCodes,
    });
    expect(operators.get(OPERATOR_ID)).toMatchObject({
      operator: { name: 'Ada Lovelace', signIn: { totp: true } },
      vault,
      totpStep: 9,
    });
    expect(audited()).toEqual([
      [
        'operator_created',
        {
          operatorId: OPERATOR_ID,
          signIn: 'passphrase',
          credential: 'keystore',
          address: address(0xa1),
        },
      ],
      ['operator_changed', { operatorId: OPERATOR_ID, what: 'passphrase' }],
      ['operator_changed', { operatorId: OPERATOR_ID, what: 'totp_on' }],
    ]);
  });

  it('who were removed stay as records, keep their vault record until it is forgotten, and change no more', () => {
    const { operators, audited } = records();
    operators.insert(sampleOperator({ recoveryCodes: sampleCodes }));
    expect(() => operators.forgotten(OPERATOR_ID)).toThrow(IllegalTransition);
    operators.remove(OPERATOR_ID);

    expect(operators.find('Ada Lovelace')).toBeNull();
    expect(operators.get(OPERATOR_ID)).toMatchObject({
      operator: { removedAt: TIME },
      vault: { keystore: 'sealed key' },
    });
    expect(operators.unforgotten()).toEqual([OPERATOR_ID]);
    expect(operators.recoveryCodes(OPERATOR_ID)).toEqual([]);
    expect(() => operators.remove(OPERATOR_ID)).toThrow(IllegalTransition);
    expect(() => operators.change(OPERATOR_ID, { what: 'passphrase' })).toThrow(IllegalTransition);

    operators.forgotten(OPERATOR_ID);
    expect(operators.get(OPERATOR_ID)?.vault).toBeNull();
    expect(operators.unforgotten()).toEqual([]);
    expect(audited().at(-1)).toEqual(['operator_removed', { operatorId: OPERATOR_ID }]);
  });

  it('are not stored where the audit entry cannot be', () => {
    const store = openForTest(temporaryFolder());
    const operators = operatorRepository(store, {
      append: () => {
        throw new Error('the audit log is gone');
      },
    });
    expect(() => operators.insert(sampleOperator({ recoveryCodes: sampleCodes }))).toThrow('gone');
    expect(operators.rows()).toEqual([]);
    expect(operators.recoveryCodes(OPERATOR_ID)).toEqual([]);
  });

  it('are refused one by one when the database was changed by hand, and never dropped', () => {
    const operators = edited(`credential = '{"kind":"export"}'`);
    expect(deskErrorOf(() => operators.get(OPERATOR_ID)).code).toBe('VAULT_CORRUPT');
    expect(deskErrorOf(() => operators.find('Ada Lovelace')).code).toBe('VAULT_CORRUPT');
    expect(deskErrorOf(() => operators.change(OPERATOR_ID, { what: 'passphrase' })).code).toBe(
      'VAULT_CORRUPT',
    );
    expect(operators.find('Grace Hopper')).not.toBeNull();
    expect(operators.rows().map(({ name }) => name)).toEqual(['Ada Lovelace', 'Grace Hopper']);
  });

  it.each([
    ['a name that is none', `name = '', nameKey = ''`],
    ['a name that its key does not fit', `name = 'Eve'`],
    ['a way of signing in that there is not', `signIn = '{"kind":"none"}'`],
    ['a sign-in that is no JSON', `signIn = '{'`],
    ['a key too many in the sign-in', `signIn = '{"kind":"passphrase","totp":false,"admin":true}'`],
    ['no passphrase to check', `wrapping = NULL, keystore = NULL, box = NULL`],
    ['no key', `keystore = NULL`],
    ['a key that is elsewhere as well', `credential = '{"address":"${address(3)}","kind":"export"}'`],
    ['the keychain left out', `wrapping = 'passphrase'`],
    ['a wrapping of another name', `wrapping = 'none'`],
    ['a box without a wrapping', `wrapping = NULL`],
    ['an empty box', `box = ''`],
    ['fewer than no failures', 'failures = -1'],
    ['failures taken off', `failures = 0, countedAt = '${TIME}', notBefore = '${TIME}'`],
    ['a time that is none', `failures = 1, countedAt = 'yesterday', notBefore = 'today'`],
    ['half of the times', `failures = 1, countedAt = '${TIME}'`],
    ['a step that is none', 'totpStep = -5'],
    ['a time of removal that is none', `removedAt = 'never'`],
  ])('with %s are damaged', (_, change) => {
    const operators = edited(change);
    const error = deskErrorOf(() => operators.get(OPERATOR_ID));
    expect([error.code, error.retry]).toEqual(['VAULT_CORRUPT', 'never']);
    expect(error.message).toContain(OPERATOR_ID);
    expect(error.message).not.toContain('sealed');
  });

  it('who sign in elsewhere and have their key elsewhere have no vault, others do', () => {
    const operators = edited(
      `wrapping = 'passphrase', box = 'b'`,
      oidcOperator({ id: 'O-00000000c3', name: 'C' }),
    );
    expect(deskErrorOf(() => operators.get('O-00000000c3')).code).toBe('VAULT_CORRUPT');
    expect(operators.get('O-00000000b2')?.vault).toBeNull();
  });
});

describe('the factors of an operator', () => {
  it('hold a time step that only grows', () => {
    const { operators } = records();
    operators.insert(sampleOperator());
    operators.useTotpStep(OPERATOR_ID, 5);
    expect(() => operators.useTotpStep(OPERATOR_ID, 5)).toThrow(IllegalTransition);
    expect(() => operators.useTotpStep(OPERATOR_ID, 4)).toThrow(IllegalTransition);
    operators.useTotpStep(OPERATOR_ID, 6);
    expect(operators.get(OPERATOR_ID)?.totpStep).toBe(6);
  });

  it('hold recovery codes that are used once', () => {
    const { operators } = records();
    operators.insert(sampleOperator({ recoveryCodes: sampleCodes }));
    operators.useRecoveryCode(OPERATOR_ID, hash(1));
    expect(operators.recoveryCodes(OPERATOR_ID).map(({ usedAt }) => usedAt)).toEqual([TIME, null]);
    expect(() => operators.useRecoveryCode(OPERATOR_ID, hash(1))).toThrow(IllegalTransition);
    expect(() => operators.useRecoveryCode(OPERATOR_ID, hash(3))).toThrow(IllegalTransition);
    operators.replaceRecoveryCodes(OPERATOR_ID, [{ hash: hash(4), salt: '0x04' }]);
    expect(operators.recoveryCodes(OPERATOR_ID)).toEqual([{ hash: hash(4), salt: '0x04', usedAt: null }]);
  });

  it('that are recovery codes changed by hand are refused', () => {
    const { operators, store } = records();
    operators.insert(sampleOperator({ recoveryCodes: sampleCodes }));
    store.run(`UPDATE operatorRecoveryCode SET hash = 'anything' WHERE salt = '0x01'`);
    expect(deskErrorOf(() => operators.recoveryCodes(OPERATOR_ID)).code).toBe('VAULT_CORRUPT');
  });

  it('hold attempts, of which the wrong ones are in the audit log', () => {
    const { operators, audited } = records();
    operators.insert(sampleOperator());
    const counted = { failures: 1, countedAt: TIME, notBefore: TIME, open: true };
    operators.saveAttempts(OPERATOR_ID, counted);
    operators.saveFailure(OPERATOR_ID, { ...counted, open: false }, 'PASSPHRASE_WRONG');
    expect(operators.get(OPERATOR_ID)?.attempts).toEqual({ ...counted, open: false });
    operators.saveAttempts(OPERATOR_ID, NO_ATTEMPTS);
    expect(operators.get(OPERATOR_ID)?.attempts).toEqual(NO_ATTEMPTS);
    expect(audited().slice(1)).toEqual([
      ['operator_attempt_failed', { operatorId: OPERATOR_ID, reason: 'PASSPHRASE_WRONG', failures: 1 }],
    ]);
    expect(() => operators.saveAttempts('O-0000000000', NO_ATTEMPTS)).toThrow(IllegalTransition);
  });

  it('say who signed in and out, who proved it anew, and whose key went out', () => {
    const { operators, audited } = records();
    operators.insert(sampleOperator());
    operators.recordSignIn(OPERATOR_ID, 'passphrase_totp');
    operators.recordProof(OPERATOR_ID, 'totp');
    operators.recordExport(OPERATOR_ID, address(0xa1));
    operators.recordSignOut(OPERATOR_ID);
    expect(audited().slice(1)).toEqual([
      ['operator_signed_in', { operatorId: OPERATOR_ID, how: 'passphrase_totp' }],
      ['operator_proved', { operatorId: OPERATOR_ID, how: 'totp' }],
      ['operator_key_exported', { operatorId: OPERATOR_ID, address: address(0xa1) }],
      ['operator_signed_out', { operatorId: OPERATOR_ID }],
    ]);
  });
});
