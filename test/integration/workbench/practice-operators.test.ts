import { Wallet } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { key, openHands, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const ANOTHER = 'correct horse battery staple';

let hands: Hands;

beforeEach(() => {
  hands = openHands();
});
afterEach(() => hands.close());

const opened = () => hands.get('practice.open', { key: key() });

describe('the operators of the practice network', () => {
  it('are set up like any others: one recovers alone, two share the duties', async () => {
    const { operator, operators } = await opened();
    expect(operator).toMatchObject({ name: 'Practice operator', identityManager: true });
    expect(operators).toMatchObject(
      ['Practice claim issuer', 'Practice custodian', 'Practice identity manager', 'Practice operator'].map(
        (name) => ({
          name,
          signIn: 'passphrase',
          key: 'keystore',
        }),
      ),
    );
  });

  it('are asked for the passphrase that stands beside its field', async () => {
    const { operators } = await opened();
    await hands.get('operator.signOut', { key: key() });
    hands.typed.push(OPERATOR_PASSPHRASE);
    const operatorId = operators.find(({ name }) => name === 'Practice custodian')?.id ?? '';

    const { operator } = await hands.get('operator.signIn', { key: key(), operatorId });

    expect(operator).toMatchObject({ name: 'Practice custodian', identityManager: false });
    expect(JSON.stringify(hands.shown.at(-1))).toContain(OPERATOR_PASSPHRASE);
  });

  it('sign in by hand once they chose another passphrase: the network opens all the same', async () => {
    const { operator } = await opened();
    hands.typed.push(OPERATOR_PASSPHRASE, ANOTHER);
    await hands.get('operator.changePassphrase', { key: key() });
    await hands.get('practice.close', { key: key() });

    const again = await opened();

    expect(again).toMatchObject({ operator: null, connection: { status: 'connected', practice: true } });
    hands.typed.push(ANOTHER);
    const signedIn = await hands.get('operator.signIn', { key: key(), operatorId: operator?.id ?? '' });
    expect(signedIn.operator).toMatchObject({ name: 'Practice operator' });
  });

  it('take a copy of their key along: a keystore that opens with the passphrase typed for it alone', async () => {
    const { operator } = await opened();
    hands.typed.push(OPERATOR_PASSPHRASE, ANOTHER);

    await hands.get('operator.exportKey', { key: key() });

    const [json = ''] = hands.saved.values();
    const { address } = await Wallet.fromEncryptedJson(json, ANOTHER);
    expect(address).toBe(operator?.address);
    await expect(Wallet.fromEncryptedJson(json, OPERATOR_PASSPHRASE)).rejects.toThrow('incorrect password');
  });
});
