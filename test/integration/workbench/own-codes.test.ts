/** One-time codes of who is signed in: what was changed counts at once, for what is proven and for what is asked. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confirmationText } from '../../../shared/plan.ts';
import { Authenticator } from '../../support/authenticator.ts';
import { layPolicy } from '../../support/desk-policy.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { openNetworkHands, plannedGenerated } from '../../support/network-hands.ts';
import type { NetworkHands } from '../../support/network-hands.ts';
import { key, openHands, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const scene = deskScene();

let work: NetworkHands;
let hands: Hands;
let mine: Authenticator;

beforeEach(async () => {
  work = await openNetworkHands(scene.desk, () => undefined);
  ({ hands } = work);
  await work.peopleChosen();
  mine = new Authenticator();
  hands.typed.push(OPERATOR_PASSPHRASE, mine.scan, {});
  await hands.get('operator.setUpCode', { key: key() });
});
afterEach(() => hands.close());

/** Makes a plan. @returns what confirms it with a code or passphrase as proof. */
async function planned(): Promise<(proof: string) => Promise<{ readonly ok: boolean }>> {
  const { plan, digest } = await plannedGenerated(hands, 'jonas-weir');
  return (proof) => {
    hands.typed.push({ typed: confirmationText(plan), proof });
    return hands.ask('wizard.confirm', { key: key(), planDigest: digest });
  };
}

describe('one-time codes that somebody has set up', () => {
  it('are told to be on, and prove at once who confirms', async () => {
    expect((await hands.get('desk.state', {})).operator).toMatchObject({ code: true });

    const confirm = await planned();
    expect(await confirm(mine.code(1))).toMatchObject({ ok: true });

    await hands.reached('summary');
  });

  it('are asked for before anything of theirs is changed', async () => {
    hands.typed.push({ passphrase: OPERATOR_PASSPHRASE, code: mine.code(1) }, {});

    expect(await hands.ask('operator.newRecoveryCodes', { key: key() })).toMatchObject({ ok: true });
  });

  it('prove nothing more once another authenticator has taken the place of theirs', async () => {
    const next = new Authenticator();
    hands.typed.push({ passphrase: OPERATOR_PASSPHRASE, code: mine.code(1) }, next.scan, {});
    await hands.get('operator.setUpCode', { key: key() });

    hands.typed.push({ passphrase: OPERATOR_PASSPHRASE, code: next.code(1) }, {});
    await hands.get('operator.newRecoveryCodes', { key: key() });
    const confirm = await planned();
    expect(await confirm(mine.code(1))).toMatchObject({ ok: false, error: { code: 'TOTP_WRONG' } });
    expect(await hands.get('recovery.list', {})).toEqual([]);
  });

  it('are told to be off once they were turned off, and the passphrase proves alone', async () => {
    hands.typed.push({ passphrase: OPERATOR_PASSPHRASE, code: mine.code(1) });
    const { operator } = await hands.get('operator.removeCode', { key: key() });
    expect(operator).toMatchObject({ code: false });

    const confirm = await planned();
    expect(await confirm(OPERATOR_PASSPHRASE)).toMatchObject({ ok: true });

    await hands.reached('summary');
  });
});

describe('policy that has come to require one-time codes', () => {
  it('lets in who has none, once they have set them up', async () => {
    hands.typed.push({ passphrase: OPERATOR_PASSPHRASE, code: mine.code(1) });
    const { operators } = await hands.get('operator.removeCode', { key: key() });
    const { data } = hands;
    await hands.close();
    layPolicy(data, { allowVaultWithoutKeychain: true, requireTotp: true });
    hands = openHands({ data });
    await hands.bench.start();

    hands.typed.push(OPERATOR_PASSPHRASE, mine.scan, {});
    hands.typed.push(OPERATOR_PASSPHRASE, () => ({ code: mine.code(1) }));
    const signedIn = await hands.get('operator.signIn', { key: key(), operatorId: operators[0]?.id ?? '' });

    expect(signedIn.operator).toMatchObject({ name: 'Ada Lovelace', code: true });
  });
});
