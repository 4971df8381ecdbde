/** What somebody prepared goes with them, however they leave the desk. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskScene } from '../../support/desk-scene.ts';
import { readAuditFile } from '../../support/journal-file.ts';
import { openNetworkHands, plannedGenerated } from '../../support/network-hands.ts';
import type { NetworkHands } from '../../support/network-hands.ts';
import { key, OPERATOR_PASSPHRASE, setUpAndSignIn } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

const scene = deskScene();

let work: NetworkHands;
let hands: Hands;

beforeEach(async () => {
  work = await openNetworkHands(scene.desk, () => undefined);
  ({ hands } = work);
  await work.peopleChosen();
  await plannedGenerated(hands, 'jonas-weir');
});
afterEach(() => hands.close());

describe('a plan that is not begun', () => {
  it('is shown to nobody once who made it was removed, which they proved and did not sign in for', async () => {
    const before = readAuditFile(hands.data).length;
    hands.typed.push(OPERATOR_PASSPHRASE);

    const { operator, operators } = await hands.get('operator.remove', { key: key() });

    expect(operator).toBeNull();
    expect(operators).toEqual([]);
    expect(await hands.get('wizard.state', {})).toEqual({ step: 'none' });
    expect(
      readAuditFile(hands.data)
        .slice(before)
        .map(({ kind }) => kind),
    ).toEqual(['operator_proved', 'operator_removed', 'operator_signed_out']);
  });

  it('is shown to nobody else who signs in over them', async () => {
    await setUpAndSignIn(hands, scene.desk.network.files.custodian, 'Grace Hopper');

    expect((await hands.get('desk.state', {})).operator).toMatchObject({ name: 'Grace Hopper' });
    expect(await hands.get('wizard.state', {})).toEqual({ step: 'none' });
  });
});
