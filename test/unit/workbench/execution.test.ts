import { describe, expect, it } from 'vitest';
import { createExecution } from '../../../electron/workbench/execution.ts';
import { OpenKey } from '../../../electron/operator/keystore.ts';
import { keystoreSigner } from '../../../electron/operator/operator-signers.ts';
import type { SignedIn } from '../../../electron/workbench/signed-in.ts';
import { SigningKey } from 'ethers';
import type { Site } from '../../../electron/workbench/site.ts';
import type { Plan } from '../../../shared/plan.ts';
import { standingFor, turns } from '../shell/doubles.ts';

const site = standingFor<Site>({
  connection: { context: {} },
  records: { journal: { list: () => [], issues: () => [] }, operators: { rows: () => [] } },
});
const held = keystoreSigner(new OpenKey(new SigningKey(`0x${'7a'.repeat(32)}`)));
const operator = standingFor<SignedIn>({ address: held.address, signer: () => held });
const plan = standingFor<Plan>({ network: { chainId: 31_337 }, steps: [], highestCost: '0' });

function execution(reserved: () => void = () => undefined) {
  return createExecution({ reserved, changed: () => undefined, over: () => undefined }, () => undefined);
}

describe('a recovery that is being begun', () => {
  it('is waited for by who stops it', async () => {
    const one = execution();
    const release = one.reserve();
    let stopped = false;
    const stopping = one.stop().then(() => (stopped = true));
    await turns();
    expect(stopped).toBe(false);
    release();
    await stopping;
    expect(one.busy).toBe(false);
  });

  it('stays stopped, however late it comes to its context', () => {
    const one = execution();
    const release = one.reserve();
    void one.stop();
    expect(one.context(site, operator, plan, null).signal.aborted).toBe(true);
    release();
  });

  it('that was stopped stops no later one', () => {
    const one = execution();
    const release = one.reserve();
    void one.stop();
    release();
    one.reserve();
    expect(one.context(site, operator, plan, null).signal.aborted).toBe(false);
  });

  it('is told of as it is reserved, and as it is released', () => {
    const told: boolean[] = [];
    const one = execution(() => told.push(one.busy));
    one.reserve()();
    expect(told).toEqual([true, false]);
  });

  it('and comes to nothing has not ended', () => {
    const one = execution();
    one.reserve()();
    expect(one.ended).toBe(false);
  });
});
