import { toQuantity } from 'ethers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';

describe('a practice desk that was taken back to its start', () => {
  let desk: PracticeDesk;

  beforeAll(async () => {
    desk = await openPracticeDesk();
  });
  beforeEach(() => desk.reset());
  afterAll(() => desk.close());

  const lastBlockHolds = async (): Promise<bigint | undefined> =>
    (await desk.provider.getBlock('latest'))?.gasLimit;

  it.each(['before', 'after'])('has blocks of 30,000,000 gas %s another test changed that', async () => {
    expect(await lastBlockHolds()).toBe(30_000_000n);
    await desk.provider.send('evm_mine', []);
    expect(await lastBlockHolds()).toBe(30_000_000n);

    await desk.provider.send('evm_setBlockGasLimit', [toQuantity(10n ** 11n)]);
    await desk.provider.send('evm_mine', []);
  });
});
