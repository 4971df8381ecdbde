import { describe, expect, it } from 'vitest';
import {
  KEY_ADDRESS,
  NEXT_PASSPHRASE,
  OIDC_POLICY,
  ISSUER,
  PASSPHRASE,
  PRIVATE_KEY,
  WRONG_PASSPHRASE,
  adaDraft,
  adaWithCodes,
  codeNow,
  codeOf,
  deskOfAda,
  graceDraft,
  operatorsUnderTest,
  signedIn,
} from '../../support/operators-under-test.ts';
import type { DeskOptions } from '../../support/operators-under-test.ts';
import { DeskError } from '../../../shared/errors.ts';
import { address } from '../store/records.ts';

const keystore = { kind: 'keystore', privateKey: PRIVATE_KEY } as const;
const proof = { passphrase: PASSPHRASE, second: null };
const wrongProof = { passphrase: WRONG_PASSPHRASE, second: null };

async function withCodes(options: DeskOptions = {}) {
  const desk = operatorsUnderTest(options);
  return { ...desk, ...(await adaWithCodes(desk)), last: () => desk.audited().at(-1) };
}

describe('one-time codes', () => {
  it('are on once a code made from the secret was typed, with ten recovery codes', async () => {
    const desk = await deskOfAda();
    const { secret, uri } = desk.operators.beginTotp(desk.id);
    expect(uri).toContain('Recovery%20Desk:Ada');
    const setup = { secret, code: codeNow(desk, secret) };
    const { recoveryCodes, codes } = await desk.operators.enableTotp(desk.id, proof, setup);
    expect(recoveryCodes).toHaveLength(10);
    expect(codes.judge(codeNow(desk, secret), new Date(desk.clock.ms), null)).toMatchObject({ fits: 'now' });
    expect(desk.last()).toEqual({ kind: 'operator_changed', operatorId: desk.id, what: 'totp_on' });
    expect(await desk.restarted().operators.open(desk.id, PASSPHRASE, null)).toEqual({ kind: 'code_needed' });
  });

  it.each([
    ['wrong', 'TOTP_WRONG', () => 'no code'],
    [
      'of another time',
      'TOTP_CLOCK_SKEW',
      (desk: Parameters<typeof codeNow>[0], secret: string) => codeNow(desk, secret, 300_000),
    ],
  ])('are not on after a code that is %s, which is no attempt at a secret', async (_, refusal, made) => {
    const desk = await deskOfAda();
    const { secret } = desk.operators.beginTotp(desk.id);
    const setup = { secret, code: made(desk, secret) };
    expect(await codeOf(desk.operators.enableTotp(desk.id, proof, setup))).toBe(refusal);
    expect(desk.repository.get(desk.id)?.attempts.failures).toBe(0);
    await signedIn(desk, desk.id);
  });

  it('are not on for a wrong passphrase, which is counted', async () => {
    const desk = await deskOfAda();
    const { secret } = desk.operators.beginTotp(desk.id);
    const setup = { secret, code: codeNow(desk, secret) };
    expect(await codeOf(desk.operators.enableTotp(desk.id, wrongProof, setup))).toBe('PASSPHRASE_WRONG');
    expect(desk.repository.get(desk.id)?.attempts.failures).toBe(1);
    expect(desk.operators.get(desk.id).signIn).toEqual({ kind: 'passphrase', totp: false });
  });

  it('can be set up before signing in where policy has come to require them', async () => {
    const desk = (await deskOfAda()).restarted({ policy: { requireTotp: true } });
    const { id } = desk.operators.find('Ada');
    expect(await codeOf(desk.operators.open(id, PASSPHRASE, null))).toBe('SIGN_IN_FORBIDDEN');
    const { secret } = desk.operators.beginTotp(id);
    await desk.operators.enableTotp(id, proof, { secret, code: codeNow(desk, secret) });
    desk.clock.ms += 30_000;
    await signedIn(desk, id, { kind: 'totp', code: codeNow(desk, secret) });
  });

  it('get another secret only with a code or a recovery code of before, and those of before work no more', async () => {
    const desk = await withCodes();
    const { secret } = desk.operators.beginTotp(desk.id);
    const setup = () => ({ secret, code: codeNow(desk, secret) });
    expect(await codeOf(desk.operators.enableTotp(desk.id, proof, setup()))).toBe('TOTP_WRONG');
    expect(desk.repository.get(desk.id)?.attempts.failures).toBe(0);
    const second = desk.recovery(0);
    await desk.operators.enableTotp(desk.id, { passphrase: PASSPHRASE, second }, setup());
    desk.clock.ms += 30_000;
    expect(await codeOf(desk.operators.open(desk.id, PASSPHRASE, desk.totp()))).toBe('TOTP_WRONG');
    expect(await codeOf(desk.operators.open(desk.id, PASSPHRASE, desk.recovery(1)))).toBe(
      'RECOVERY_CODE_WRONG',
    );
    await signedIn(desk, desk.id, { kind: 'totp', code: codeNow(desk, secret) });
  });

  it('are turned off with proof, and their recovery codes with them', async () => {
    const desk = await withCodes();
    expect(await codeOf(desk.operators.disableTotp(desk.id, proof))).toBe('TOTP_WRONG');
    await desk.operators.disableTotp(desk.id, { passphrase: PASSPHRASE, second: desk.totp() });
    expect(desk.last()).toEqual({ kind: 'operator_changed', operatorId: desk.id, what: 'totp_off' });
    expect(desk.repository.recoveryCodes(desk.id)).toEqual([]);
    await signedIn(desk, desk.id);
    expect(await codeOf(desk.operators.disableTotp(desk.id, proof))).toBe('OPERATOR_INVALID');
  });

  it('are not turned off where policy requires them', async () => {
    const desk = await withCodes({ policy: { requireTotp: true } });
    const second = desk.totp();
    expect(await codeOf(desk.operators.disableTotp(desk.id, { passphrase: PASSPHRASE, second }))).toBe(
      'SIGN_IN_FORBIDDEN',
    );
    await signedIn(desk, desk.id, second);
  });

  it('are no matter of an operator of the identity provider', async () => {
    const { operators } = operatorsUnderTest({ policy: OIDC_POLICY });
    const { operator } = await operators.create(graceDraft());
    expect(() => operators.beginTotp(operator.id)).toThrow('asks for codes itself');
  });
});

describe('recovery codes', () => {
  it('made anew replace those of before', async () => {
    const desk = await withCodes();
    const second = desk.totp();
    const fresh = await desk.operators.newRecoveryCodes(desk.id, { passphrase: PASSPHRASE, second });
    expect(new Set([...fresh, ...desk.recoveryCodes]).size).toBe(20);
    expect(desk.last()).toEqual({ kind: 'operator_changed', operatorId: desk.id, what: 'recovery_codes' });
    expect(await codeOf(desk.operators.open(desk.id, PASSPHRASE, desk.recovery(0)))).toBe(
      'RECOVERY_CODE_WRONG',
    );
    await signedIn(desk, desk.id, { kind: 'recovery_code', code: fresh[0] ?? '' });
  });

  it('are made only where there are one-time codes', async () => {
    const desk = await deskOfAda();
    expect(await codeOf(desk.operators.newRecoveryCodes(desk.id, proof))).toBe('OPERATOR_INVALID');
  });
});

describe('the passphrase', () => {
  it('is another after a rotation, also while a recovery is open', async () => {
    const desk = await deskOfAda({ openRecoveries: ['r1'] });
    await desk.operators.rotatePassphrase(desk.id, proof, NEXT_PASSPHRASE);
    expect(desk.last()).toEqual({ kind: 'operator_changed', operatorId: desk.id, what: 'passphrase' });
    expect(await codeOf(desk.operators.open(desk.id, PASSPHRASE, null))).toBe('PASSPHRASE_WRONG');
    expect(await codeOf(desk.restarted().operators.open(desk.id, NEXT_PASSPHRASE, null))).toBe(
      'nothing was thrown',
    );
  });

  it('stays where the new one is too short, the old one is wrong, or the vault fails', async () => {
    const desk = await deskOfAda();
    const weak = desk.operators.rotatePassphrase(desk.id, proof, Buffer.from('short'));
    expect(await codeOf(weak)).toBe('PASSPHRASE_WEAK');
    const guessed = desk.operators.rotatePassphrase(desk.id, wrongProof, NEXT_PASSPHRASE);
    expect(await codeOf(guessed)).toBe('PASSPHRASE_WRONG');
    const change = () =>
      Promise.reject(
        new DeskError('KEYCHAIN_LOCKED', { message: 'Locked.', remedy: 'Unlock.', retry: 'safe' }),
      );
    const broken = desk.restarted({ vault: { change } });
    const failing = broken.operators.rotatePassphrase(desk.id, proof, NEXT_PASSPHRASE);
    expect(await codeOf(failing)).toBe('KEYCHAIN_LOCKED');
    expect(broken.repository.get(desk.id)?.attempts.failures).toBe(1);
    await signedIn(broken, desk.id);
  });

  it('is rotated with a code where there are codes, which is taken only if it was', async () => {
    const desk = await withCodes();
    const second = desk.totp();
    const whole = { passphrase: PASSPHRASE, second };
    expect(await codeOf(desk.operators.rotatePassphrase(desk.id, whole, Buffer.from('short')))).toBe(
      'PASSPHRASE_WEAK',
    );
    await desk.operators.rotatePassphrase(desk.id, whole, NEXT_PASSPHRASE);
    expect(await codeOf(desk.operators.open(desk.id, NEXT_PASSPHRASE, second))).toBe('TOTP_WRONG');
  });

  it('is not there to rotate for an operator of the provider with the key elsewhere', async () => {
    const { operators } = operatorsUnderTest({ policy: OIDC_POLICY });
    const { operator } = await operators.create(graceDraft());
    expect(await codeOf(operators.rotatePassphrase(operator.id, proof, NEXT_PASSPHRASE))).toBe(
      'OPERATOR_INVALID',
    );
  });
});

describe('the key', () => {
  it('is exported with proof, and the audit log has it before it is handed out', async () => {
    const desk = await deskOfAda({}, adaDraft({ credential: keystore }));
    expect(await codeOf(desk.operators.exportKey(desk.id, wrongProof, NEXT_PASSPHRASE))).toBe(
      'PASSPHRASE_WRONG',
    );
    expect(await codeOf(desk.operators.exportKey(desk.id, proof, Buffer.from('short')))).toBe(
      'PASSPHRASE_WEAK',
    );
    expect(desk.audited().map(({ kind }) => kind)).not.toContain('operator_key_exported');
    expect(await desk.operators.exportKey(desk.id, proof, NEXT_PASSPHRASE)).toContain('keystore');
    expect(desk.last()).toEqual({
      kind: 'operator_key_exported',
      operatorId: desk.id,
      address: KEY_ADDRESS,
    });
  });

  it('is not exported where it is elsewhere, or without the code that signing in asks for', async () => {
    const desk = await deskOfAda();
    expect(await codeOf(desk.operators.exportKey(desk.id, proof, NEXT_PASSPHRASE))).toBe('OPERATOR_INVALID');
    const coded = await withCodes();
    expect(await codeOf(coded.operators.exportKey(coded.id, proof, NEXT_PASSPHRASE))).toBe('TOTP_WRONG');
  });

  it('is replaced by one on this desk, and by one elsewhere', async () => {
    const desk = await deskOfAda();
    const here = await desk.operators.changeCredential(desk.id, proof, keystore);
    expect(here.credential).toEqual({ kind: 'keystore', address: KEY_ADDRESS, wrapping: 'passphrase' });
    expect((await signedIn(desk, desk.id)).key?.address).toBe(KEY_ADDRESS);
    const ledger = { kind: 'ledger', address: address(5), path: "m/44'/60'/0'/0/0" } as const;
    const there = await desk.operators.changeCredential(desk.id, proof, ledger);
    expect(there.credential).toEqual(ledger);
    expect(desk.repository.get(desk.id)?.vault?.keystore).toBeNull();
    expect((await signedIn(desk, desk.id)).key).toBeNull();
    expect(desk.audited().filter(({ what }) => what === 'credential')).toHaveLength(2);
  });

  it('is not replaced while a recovery that rests on it is open, also one that began meanwhile', async () => {
    const openRecoveries = ['r1'];
    const desk = await deskOfAda({ openRecoveries });
    expect(await codeOf(desk.operators.changeCredential(desk.id, proof, keystore))).toBe('OPERATOR_BUSY');
    openRecoveries.length = 0;
    const change = async (
      _id: string,
      record: { wrapping: 'keychain' | 'passphrase'; keystore: string | null; box: string },
    ) => {
      openRecoveries.push('r2');
      return record;
    };
    const slow = desk.restarted({ vault: { change } });
    const export_ = { kind: 'export', address: address(9) } as const;
    expect(await codeOf(slow.operators.changeCredential(desk.id, proof, export_))).toBe('OPERATOR_BUSY');
    expect(slow.operators.get(desk.id).credential.address).toBe(address(0xa1));
  });

  it('of an operator of the provider is not replaced', async () => {
    const desk = operatorsUnderTest({ policy: OIDC_POLICY });
    const signIn = { kind: 'oidc', issuer: ISSUER, subject: 'grace', passphrase: PASSPHRASE } as const;
    const { operator } = await desk.operators.create(graceDraft({ signIn, credential: keystore }));
    const ledger = { kind: 'ledger', address: address(5), path: "m/44'/60'/0'/0/0" } as const;
    expect(await codeOf(desk.operators.changeCredential(operator.id, proof, ledger))).toBe(
      'OPERATOR_INVALID',
    );
  });

  it('is not replaced by a place that does not read', async () => {
    const desk = await deskOfAda();
    const bad = { kind: 'ledger', address: address(5), path: 'nowhere' } as const;
    expect(await codeOf(desk.operators.changeCredential(desk.id, proof, bad))).toBe('OPERATOR_INVALID');
  });
});

describe('a code that was shown before something more is typed', () => {
  async function shown() {
    const desk = await withCodes();
    const second = await desk.operators.proveWhole(desk.id, { passphrase: PASSPHRASE, second: desk.totp() });
    const change = (operatorId = desk.id) =>
      codeOf(
        desk.operators.rotatePassphrase(operatorId, { passphrase: PASSPHRASE, second }, NEXT_PASSPHRASE),
      );
    return { ...desk, change };
  }

  it('counts for the change that follows, though it has run out by then', async () => {
    const desk = await shown();
    expect(desk.last()).toMatchObject({ kind: 'operator_proved', operatorId: desk.id });
    desk.clock.ms += 9 * 60_000;
    expect(await desk.change()).toBe('nothing was thrown');
  });

  it('counts for no second change, for none much later, and for nobody else', async () => {
    const desk = await shown();
    expect(await desk.change()).toBe('nothing was thrown');
    expect(await desk.change()).toBe('TOTP_WRONG');

    const later = await shown();
    later.clock.ms += 10 * 60_000;
    expect(await later.change()).toBe('TOTP_WRONG');

    const another = await shown();
    const bert = await adaWithCodes(another, { name: 'Bert' });
    expect(await another.change(bert.id)).toBe('TOTP_WRONG');
    for (const one of [desk, later, another]) expect(one.repository.get(one.id)?.attempts.failures).toBe(0);
  });

  it('counts only with the right passphrase', async () => {
    const desk = await withCodes();
    const second = await desk.operators.proveWhole(desk.id, { passphrase: PASSPHRASE, second: desk.totp() });
    const guessed = { passphrase: WRONG_PASSPHRASE, second };
    expect(await codeOf(desk.operators.rotatePassphrase(desk.id, guessed, NEXT_PASSPHRASE))).toBe(
      'PASSPHRASE_WRONG',
    );
  });
});
