import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askNode } from '../../support/hostile-node.ts';
import { begun } from '../../support/network-hands.ts';
import { key, openHands } from '../../support/window-hands.ts';
import type { Hands } from '../../support/window-hands.ts';

let data: string;

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'recovery-desk-start-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** Recovers a person of the practice network until it cannot be taken back, and stops. */
async function stoppedPastReturn(): Promise<string> {
  const stopped = Promise.withResolvers<void>();
  const hands: Hands = openHands({
    data,
    checkpoint: (name) => {
      if (name === 'sent:recover_identity') void hands.bench.stopSafely().then(stopped.resolve);
    },
  });
  await hands.get('practice.open', { key: key() });
  await begun(hands, 'jonas-weir');
  await stopped.promise;
  const { lockedOn } = await hands.get('desk.state', {});
  await removeSystem();
  await hands.close();
  if (lockedOn === null) throw new Error('no recovery is past its point of no return');
  return lockedOn;
}

/** After that nobody's rights can be read. */
async function removeSystem(): Promise<void> {
  const profile = path.join(data, 'practice', 'network', 'network.json');
  const { rpcUrls, system } = JSON.parse(readFileSync(profile, 'utf8')) as {
    rpcUrls: readonly string[];
    system: string;
  };
  await askNode(rpcUrls[0] ?? '', 'anvil_setCode', [system, '0x']);
}

describe('a desk that starts', () => {
  it('on a practice network that nobody can be signed in on shows and holds what waits there, and says why', async () => {
    const recoveryId = await stoppedPastReturn();
    const hands = openHands({ data });

    await hands.bench.start();

    expect(await hands.get('desk.state', {})).toMatchObject({
      connection: { status: 'failed', error: { code: 'SYSTEM_NOT_FOUND' } },
      operator: null,
      lockedOn: recoveryId,
    });
    expect(await hands.get('wizard.state', {})).toMatchObject({ step: 'progress', progress: { recoveryId } });
    await hands.close();
  });

  it('with a chosen network that its settings do not have says so', async () => {
    writeFileSync(path.join(data, 'settings.json'), JSON.stringify({ chosen: 'taken-away' }));
    const hands = openHands({ data });

    await hands.bench.start();

    expect((await hands.get('desk.state', {})).connection).toMatchObject({
      status: 'failed',
      error: { code: 'NETWORK_UNKNOWN' },
    });
    await hands.get('practice.open', { key: key() });
    expect((await hands.get('desk.state', {})).connection.status).toBe('connected');
    await hands.close();
  });
});
