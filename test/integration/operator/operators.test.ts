/** Operators over a real file and the real vault, as on a machine without a keychain: what rests on the sealing. */
import { decryptKeystoreJson } from 'ethers';
import { describe, expect, it } from 'vitest';
import {
  KEY_ADDRESS,
  NEXT_PASSPHRASE,
  PASSPHRASE,
  PRIVATE_KEY,
  WRONG_PASSPHRASE,
  adaDraft,
  adaWithCodes,
  codeNow,
  codeOf,
  operatorsUnderTest,
  signedIn,
} from '../../support/operators-under-test.ts';
import { address } from '../../unit/store/records.ts';

const credential = { kind: 'keystore', privateKey: PRIVATE_KEY } as const;
const sealing = () => operatorsUnderTest({ sealing: true });
const corrupt = 'VAULT_CORRUPT';

describe('an operator with a sealed key', () => {
  it('signs in after a restart with passphrase and code, and the key signs until it is closed', async () => {
    const before = sealing();
    const { id, totp } = await adaWithCodes(before, { credential });

    const opened = await signedIn(before.restarted(), id, totp());

    expect(opened.key?.address).toBe(KEY_ADDRESS);
    opened.close();
    expect(() => opened.key?.sign(`0x${'11'.repeat(32)}`)).toThrow('closed');
  });

  it('signs in with another passphrase after a rotation, and with that alone', async () => {
    const desk = sealing();
    const { operator } = await desk.operators.create(adaDraft({ credential }));
    const { id } = operator;

    await desk.operators.rotatePassphrase(id, { passphrase: PASSPHRASE, second: null }, NEXT_PASSPHRASE);

    expect(await codeOf(desk.operators.open(id, PASSPHRASE, null))).toBe('PASSPHRASE_WRONG');
    const opened = await desk.operators.open(id, NEXT_PASSPHRASE, null);
    expect(opened).toMatchObject({ kind: 'signed_in', key: { address: KEY_ADDRESS } });
  });

  it('hands out a keystore that opens elsewhere', async () => {
    const desk = sealing();
    const { operator } = await desk.operators.create(adaDraft({ credential }));
    const proof = { passphrase: PASSPHRASE, second: null };

    const exported = await desk.operators.exportKey(operator.id, proof, NEXT_PASSPHRASE);

    expect((await decryptKeystoreJson(exported, NEXT_PASSPHRASE)).address).toBe(KEY_ADDRESS);
  });

  it('signs in without a code once codes were turned off', async () => {
    const desk = sealing();
    const { id, totp } = await adaWithCodes(desk);

    await desk.operators.disableTotp(id, { passphrase: PASSPHRASE, second: totp() });

    expect(await signedIn(desk, id)).toMatchObject({ how: 'passphrase', codes: null });
  });

  it('has nothing in the database, nor in the audit log, in clear', async () => {
    const desk = sealing();
    const ada = await adaWithCodes(desk, { credential });
    const stored = [desk.repository.get(ada.id), desk.repository.recoveryCodes(ada.id), desk.audited()];
    const text = JSON.stringify(stored).toLowerCase();
    const plainCodes = ada.recoveryCodes.map((code) => code.replaceAll('-', ''));
    const secrets = [
      ada.secret,
      PASSPHRASE.toString(),
      PRIVATE_KEY.toString('hex'),
      codeNow(desk, ada.secret),
    ];
    for (const secret of [...secrets, ...ada.recoveryCodes, ...plainCodes]) {
      expect(text).not.toContain(secret.toLowerCase());
    }
  });
});

describe('a database edited by hand', () => {
  it('cannot turn one-time codes off', async () => {
    const desk = sealing();
    const { id, totp } = await adaWithCodes(desk);
    desk.edit(`signIn = '{"kind":"passphrase","totp":false}'`);
    expect(await codeOf(desk.operators.open(id, PASSPHRASE, null))).toBe(corrupt);
    expect(await codeOf(desk.operators.open(id, PASSPHRASE, totp()))).toBe(corrupt);
  });

  it('cannot give a key another address', async () => {
    const desk = sealing();
    const { operator } = await desk.operators.create(adaDraft({ credential }));
    desk.edit(`credential = replace(credential, '${KEY_ADDRESS}', '${address(9)}')`);
    expect(await codeOf(desk.operators.open(operator.id, PASSPHRASE, null))).toBe(corrupt);
  });

  it('cannot give an operator the vault of another, nor a keystore another text', async () => {
    const desk = sealing();
    const ada = await desk.operators.create(adaDraft());
    const signIn = { kind: 'passphrase', passphrase: WRONG_PASSPHRASE, codes: null } as const;
    const eve = await desk.operators.create(adaDraft({ name: 'Eve', signIn, credential }));
    desk.store.run(
      `UPDATE operator SET box = (SELECT box FROM operator WHERE id = '${eve.operator.id}')
       WHERE id = '${ada.operator.id}'`,
    );
    desk.edit(`keystore = replace(keystore, ':', ': ')`);
    expect(await codeOf(desk.operators.open(ada.operator.id, WRONG_PASSPHRASE, null))).toBe(corrupt);
    expect(await codeOf(desk.operators.open(eve.operator.id, WRONG_PASSPHRASE, null))).toBe(corrupt);
  });
});
