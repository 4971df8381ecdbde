import { describe, expect, it } from 'vitest';
import { confirmedSigning } from '../../../electron/recovery/confirmed-signing.ts';
import type { RecoverySnapshot, TransactionRow } from '../../../shared/journal.ts';
import { planDigest } from '../../../shared/plan.ts';
import type { Plan } from '../../../shared/plan.ts';
import { OPERATOR, address, samplePlan, sampleStep, sampleTransaction } from '../store/records.ts';
import { snapshotOf } from './journal-rows.ts';

const plan: Plan = {
  ...samplePlan(),
  steps: [
    sampleStep(),
    sampleStep({ signer: address(0x99), call: { to: address(0x71), data: '0x62b9333e' } }),
  ],
};

function row(over: Partial<TransactionRow>): TransactionRow {
  return {
    ...sampleTransaction('R-1'),
    id: 1,
    raw: null,
    hash: null,
    state: 'sent',
    sentAtBlock: null,
    minedBlock: null,
    minedHash: null,
    succeeded: null,
    costPaid: null,
    ...over,
  };
}

/** What a signer is armed with, with these transactions stored for the plan. */
function armedWith(
  transactions: readonly TransactionRow[] | null,
  { stored: highestCost = null, raised = null }: { stored?: string | null; raised?: bigint | null } = {},
) {
  const { recovery, steps } = snapshotOf([]);
  const stored: RecoverySnapshot = {
    recovery: { ...recovery, planDigest: planDigest(plan), highestCost },
    steps,
    transactions: transactions ?? [],
    confirmedBy: [],
    handOuts: [],
    handOver: [],
  };
  const journal = {
    list: () => (transactions === null ? [recovery] : [recovery, { ...stored.recovery, id: 'R-2' }]),
    issues: () => [],
    read: (id: string) => (id === 'R-2' ? stored : null),
  };
  return confirmedSigning(journal, plan, OPERATOR, raised);
}

describe('what a signer is armed with', () => {
  it('is the confirmed plan, by its digest, with the calls of that operator alone', () => {
    expect(armedWith(null)).toMatchObject({
      planDigest: planDigest(plan),
      chainId: plan.network.chainId,
      calls: [{ to: address(0x70), data: '0x62b9333e' }],
      highestCost: BigInt(plan.highestCost),
      before: new Map(),
    });
  });

  it('is the higher bound, where one was confirmed to this run', () => {
    expect(armedWith([], { stored: '7000', raised: 7_000n }).highestCost).toBe(7_000n);
  });

  it('is the bound of the plan, whatever the journal says of a higher one', () => {
    expect(armedWith([], { stored: '7000' }).highestCost).toBe(BigInt(plan.highestCost));
  });

  it('counts what is stored already, of each nonce the dearest', () => {
    const rows = [
      row({ nonce: 1, costCap: '100', state: 'sent' }),
      row({ nonce: 1, costCap: '130', state: 'intended' }),
      row({ nonce: 2, costCap: '100', state: 'final', costPaid: '60' }),
      row({ nonce: 3, costCap: '100', state: 'abandoned' }),
      row({ nonce: 4, costCap: '100', state: 'sent', signer: address(0x99) }),
    ];
    expect(armedWith(rows).before).toEqual(
      new Map([
        [1, 130n],
        [2, 60n],
      ]),
    );
  });

  it('knows of a nonce what it has cost once nothing more can become of it', () => {
    const rows = [
      row({ nonce: 1, costCap: '100', state: 'replaced' }),
      row({ nonce: 1, costCap: '130', state: 'final', costPaid: '90' }),
      row({ nonce: 2, costCap: '100', state: 'mined', costPaid: '60' }),
      row({ nonce: 3, costCap: '100', state: 'abandoned' }),
      row({ nonce: 4, costCap: '100', state: 'abandoned' }),
      row({ nonce: 4, costCap: '100', state: 'intended' }),
    ];
    expect(armedWith(rows).settled()).toEqual(
      new Map([
        [1, 90n],
        [3, 0n],
      ]),
    );
  });

  it('knows of nothing before the recovery begins', () => {
    expect(armedWith(null).settled()).toEqual(new Map());
  });
});
