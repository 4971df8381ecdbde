/** What somebody prepared goes with them, however they leave the desk. */
import Database from 'better-sqlite3';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskScene } from '../../support/desk-scene.ts';
import { readAuditFile } from '../../support/journal-file.ts';
import { openNetworkHands, plannedGenerated } from '../../support/network-hands.ts';
import type { NetworkHands } from '../../support/network-hands.ts';
import { key, openHands, OPERATOR_PASSPHRASE, setUpAndSignIn } from '../../support/window-hands.ts';
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

describe('a removal that was cut off before the keychain forgot', () => {
  it('is made up for at the next start', async () => {
    const { data } = hands;
    await hands.close();
    const database = new Database(path.join(data, 'desk.sqlite'));
    database.exec("UPDATE operator SET removedAt = '2026-01-02T03:04:05.000Z'");
    const left = () => database.prepare('SELECT COUNT(*) FROM operator WHERE box IS NOT NULL').pluck().get();
    expect(left()).toBe(1);

    hands = openHands({ data });
    await hands.bench.start();

    await expect.poll(left).toBe(0);
    database.close();
  });
});
