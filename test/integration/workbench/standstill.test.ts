import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEW_PASSPHRASE, openNetworkHands } from '../../support/network-hands.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { key, OPERATOR_PASSPHRASE } from '../../support/window-hands.ts';

let desk: PracticeDesk;

beforeAll(async () => {
  desk = await openPracticeDesk();
});
afterAll(() => desk.close());

describe('a recovery that is resumed, and cannot be gone on with', () => {
  it('says why, also where nothing of it is recorded', async () => {
    const { hands, peopleChosen, begun } = await openNetworkHands(desk, (name) => {
      if (name === 'begun') throw new Error('cut off');
    });
    await peopleChosen();
    await expect(begun('jonas-weir')).rejects.toMatchObject({ code: 'INTERNAL' });
    const [begunBefore] = await hands.get('recovery.list', {});
    const recoveryId = begunBefore?.id ?? '';
    await hands.get('recovery.open', { recoveryId });
    await desk.provider.send('anvil_setCode', [desk.network.seed.contracts.system, '0x']);

    hands.typed.push(OPERATOR_PASSPHRASE, NEW_PASSPHRASE);
    await hands.get('recovery.resume', { key: key(), recoveryId });
    await hands.bench.stopSafely();

    expect(await hands.get('wizard.state', {})).toMatchObject({
      step: 'progress',
      progress: { working: false, status: 'running', reason: { code: 'SYSTEM_NOT_FOUND' } },
    });
    await hands.close();
  });
});
