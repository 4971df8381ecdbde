import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confirmationText } from '../../../shared/plan.ts';
import { deskScene } from '../../support/desk-scene.ts';
import { goOnMining, holdMining } from '../../support/e2e-practice.ts';
import { openNetworkHands, plannedGenerated } from '../../support/network-hands.ts';
import type { NetworkHands } from '../../support/network-hands.ts';
import { key, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';

const scene = deskScene();

let work: NetworkHands;

beforeEach(async () => {
  work = await openNetworkHands(scene.desk, () => undefined);
  await work.peopleChosen();
});
afterEach(async () => {
  await goOnMining(scene.desk.network.node.url);
  await work.hands.close();
});

describe('a desk that is locked while its entry window is open', () => {
  it('closes it with what it shows, and nothing that is typed there afterwards counts', async () => {
    const { hands } = work;
    const { plan, digest } = await plannedGenerated(hands, 'jonas-weir');
    hands.typed.push(() => {
      hands.bench.lockNow('screen_lock');
      return { typed: confirmationText(plan), proof: OPERATOR_PASSPHRASE };
    });

    const confirmed = await hands.ask('wizard.confirm', { key: key(), planDigest: digest });

    expect(confirmed).toMatchObject({ ok: false, error: { code: 'ENTRY_CANCELLED' } });
    hands.typed.push(OPERATOR_PASSPHRASE);
    await hands.get('operator.unlock', { key: key() });
    expect(await hands.get('recovery.list', {})).toEqual([]);
    expect(await hands.get('wizard.state', {})).toMatchObject({ step: 'impact' });
  });
});

describe('a desk that is locked by hand while a recovery waits for a block', () => {
  it('and unlocked before the recovery missed its key sees it through all the same', async () => {
    const { hands } = work;
    await holdMining(scene.desk.network.node.url);
    await work.begun('jonas-weir');
    await hands.stands((now) => now.step === 'progress' && now.progress.transactions.sent > 0);

    hands.bench.lockNow('manual');
    expect(await hands.ask('wizard.state', {})).toMatchObject({ ok: false, error: { code: 'DESK_LOCKED' } });
    hands.typed.push(OPERATOR_PASSPHRASE);
    const unlocked = await hands.get('operator.unlock', { key: key() });
    expect(unlocked.lock.kind).toBe('open');
    const asked = hands.shown.length;
    await goOnMining(scene.desk.network.node.url);

    const { result } = await hands.reached('summary');
    expect(result).toMatchObject({ status: 'completed', tokens: { total: 2, recovered: 2 } });
    // To unlock it was fresh proof.
    expect(hands.shown).toHaveLength(asked);
  });
});
