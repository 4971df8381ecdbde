import { describe, expect, it } from 'vitest';
import {
  ISSUER,
  OIDC_POLICY,
  PASSPHRASE,
  WRONG_PASSPHRASE,
  adaDraft,
  adaWithCodes,
  codeNow,
  codeOf,
  graceDraft,
  operatorsUnderTest,
  signedIn,
} from '../../support/operators-under-test.ts';

const GRACE = { issuer: ISSUER, subject: 'grace' };
const passphrase = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
const wrong = { kind: 'passphrase', passphrase: WRONG_PASSPHRASE } as const;

async function withCodes() {
  const desk = operatorsUnderTest();
  const ada = await adaWithCodes(desk);
  const prover = await signedIn(desk, ada.id, ada.totp());
  desk.clock.ms += 30_000;
  return { ...desk, ...ada, prover, failures: () => desk.repository.get(ada.id)?.attempts.failures };
}

async function atProvider() {
  const desk = operatorsUnderTest({ policy: OIDC_POLICY });
  await desk.operators.create(graceDraft());
  return { ...desk, prover: await desk.operators.openByProvider(GRACE, null) };
}

describe('fresh proof', () => {
  it('by passphrase is audited, and a wrong one is counted', async () => {
    const desk = operatorsUnderTest();
    const { operator } = await desk.operators.create(adaDraft());
    const prover = { operator, codes: null };
    expect(await codeOf(desk.operators.prove(prover, wrong))).toBe('PASSPHRASE_WRONG');
    expect(desk.repository.get(operator.id)?.attempts.failures).toBe(1);
    await desk.operators.prove(prover, passphrase);
    expect(desk.repository.get(operator.id)?.attempts.failures).toBe(0);
    expect(desk.audited().at(-1)).toEqual({
      kind: 'operator_proved',
      operatorId: operator.id,
      how: 'passphrase',
    });
  });

  it('by a one-time code takes each once', async () => {
    const desk = await withCodes();
    await desk.operators.prove(desk.prover, desk.totp());
    expect(desk.audited().at(-1)).toMatchObject({ kind: 'operator_proved', how: 'totp' });
    expect(await codeOf(desk.operators.prove(desk.prover, desk.totp()))).toBe('TOTP_WRONG');
    expect(await codeOf(desk.operators.prove(desk.prover, desk.totp(300_000)))).toBe('TOTP_CLOCK_SKEW');
  });

  it('by a recovery code takes each once', async () => {
    const desk = await withCodes();
    await desk.operators.prove(desk.prover, desk.recovery(3));
    expect(desk.audited().at(-1)).toMatchObject({ kind: 'operator_proved', how: 'recovery_code' });
    expect(await codeOf(desk.operators.prove(desk.prover, desk.recovery(3)))).toBe('RECOVERY_CODE_WRONG');
  });

  it('by passphrase does not clear the codes that were guessed wrong', async () => {
    const desk = await withCodes();
    const guess = { kind: 'totp', code: 'none' } as const;
    for (let count = 0; count < 2; count += 1) await codeOf(desk.operators.prove(desk.prover, guess));
    await desk.operators.prove(desk.prover, passphrase);
    expect(desk.failures()).toBe(2);
    expect(await codeOf(desk.operators.prove(desk.prover, guess))).toBe('TOTP_WRONG');
    expect(await codeOf(desk.operators.prove(desk.prover, passphrase))).toBe('SIGN_IN_DELAYED');
  });

  it('by a code is refused where there are none, or they were turned off meanwhile', async () => {
    const desk = operatorsUnderTest();
    const { operator } = await desk.operators.create(adaDraft());
    const code = { kind: 'totp', code: '123456' } as const;
    expect(await codeOf(desk.operators.prove({ operator, codes: null }, code))).toBe('SIGN_IN_FORBIDDEN');
    const other = await withCodes();
    await other.operators.disableTotp(other.id, { passphrase: PASSPHRASE, second: other.totp() });
    expect(await codeOf(other.operators.prove(other.prover, other.totp()))).toBe('SIGN_IN_FORBIDDEN');
  });

  it('by the secret of before is no proof once another was set up', async () => {
    const desk = await withCodes();
    const { secret } = desk.operators.beginTotp(desk.id);
    const old = desk.code(30_000);
    desk.clock.ms += 30_000;
    const proof = { passphrase: PASSPHRASE, second: desk.recovery(0) };
    const setup = { secret, code: codeNow(desk, secret) };
    const { codes } = await desk.operators.enableTotp(desk.id, proof, setup);
    const { operator } = desk.prover;
    expect(await codeOf(desk.operators.prove({ operator, codes }, { kind: 'totp', code: old }))).toBe(
      'TOTP_WRONG',
    );
  });

  it('at the identity provider is that of the same person', async () => {
    const desk = await atProvider();
    await desk.operators.prove(desk.prover, { kind: 'oidc', ...GRACE });
    expect(desk.audited().at(-1)).toMatchObject({ kind: 'operator_proved', how: 'oidc' });
    const eve = { kind: 'oidc', issuer: ISSUER, subject: 'eve' } as const;
    expect(await codeOf(desk.operators.prove(desk.prover, eve))).toBe('OPERATOR_UNKNOWN');
    const elsewhere = { kind: 'oidc', issuer: 'https://eve.example', subject: 'grace' } as const;
    expect(await codeOf(desk.operators.prove(desk.prover, elsewhere))).toBe('SIGN_IN_FORBIDDEN');
  });

  it('is refused where it is not of the kind that the operator signs in with', async () => {
    const desk = await atProvider();
    const ada = await desk.operators.create(adaDraft());
    expect(await codeOf(desk.operators.prove(desk.prover, passphrase))).toBe('SIGN_IN_FORBIDDEN');
    const prover = { operator: ada.operator, codes: null };
    expect(await codeOf(desk.operators.prove(prover, { kind: 'oidc', ...GRACE }))).toBe('SIGN_IN_FORBIDDEN');
  });

  it('is refused for one who was removed meanwhile', async () => {
    const desk = await withCodes();
    await desk.operators.remove(desk.id);
    expect(await codeOf(desk.operators.prove(desk.prover, desk.totp()))).toBe('OPERATOR_UNKNOWN');
  });
});
