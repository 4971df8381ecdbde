import { describe, expect, it } from 'vitest';
import { assertMayIssue } from '../../../../electron/recovery/claims/may-issue.ts';
import type { OfRecovery } from '../../../../electron/recovery/claims/of-recovery.ts';
import type { RecoverySnapshot } from '../../../../shared/journal.ts';
import { planDigest } from '../../../../shared/plan.ts';
import { OPERATOR, address, samplePlan, samplePreview, sampleTransaction } from '../../store/records.ts';
import { snapshotOf } from '../journal-rows.ts';

const [CUSTODIAN, SIGNED, EARLIER] = [address(0xc1), address(0xc2), address(0xc3)];
const [ISSUER, BESIDE] = [address(0xc4), address(0xc5)];
const plan = samplePlan();
/** An earlier recovery to the same wallet, and one to another. */
const earlier = samplePlan({ planNonce: 2, lostWallet: address(9) });
/** One in which that wallet replaces another wallet that was lost too. */
const asFurther = {
  ...samplePlan({ planNonce: 4, lostWallet: address(7) }),
  replacement: { ...plan.replacement, address: address(78) },
  further: [
    {
      lostWallet: address(6),
      country: plan.country,
      oldIdentity: null,
      replacement: plan.replacement,
      adopts: false,
      tokens: [],
    },
  ],
};
const another = {
  ...samplePlan({ planNonce: 3, lostWallet: address(8) }),
  replacement: { ...plan.replacement, address: address(77) },
};

function snapshot(id: string, over: Partial<RecoverySnapshot>, of = plan): RecoverySnapshot {
  const { recovery, ...rest } = snapshotOf([]);
  return { ...rest, recovery: { ...recovery, id, planDigest: planDigest(of) }, ...over };
}

const sent = {
  ...sampleTransaction('R-1'),
  id: 1,
  signer: SIGNED,
} as RecoverySnapshot['transactions'][number];
const own = snapshot('R-1', { confirmedBy: [OPERATOR, CUSTODIAN], transactions: [sent] });
const before = snapshot('R-2', { confirmedBy: [EARLIER] }, earlier);
const elsewhere = snapshot('R-3', { confirmedBy: [ISSUER] }, another);
const beside = snapshot('R-4', { confirmedBy: [BESIDE] }, asFurther);
const snapshots = [own, before, elsewhere, beside];

function mayIssue(operator: typeof OPERATOR, claimsByExecutor = false): () => void {
  const plans = new Map([plan, earlier, another, asFurther].map((one) => [planDigest(one), one]));
  const records = {
    journal: {
      list: () =>
        snapshots.map(({ recovery }) =>
          recovery.id === 'R-3' ? { ...recovery, operator: ISSUER } : recovery,
        ),
      read: (id: string) => snapshots.find(({ recovery }) => recovery.id === id) ?? null,
      confirmedBy: (id: string) => snapshots.find(({ recovery }) => recovery.id === id)?.confirmedBy ?? [],
    },
    plans: { get: (digest: string) => plans.get(digest as `0x${string}`) ?? null },
    previews: {},
    policy: { claimsByExecutor },
  } as unknown as Parameters<typeof assertMayIssue>[0];
  const of: OfRecovery = { snapshot: own, plan, preview: samplePreview() };
  return () => assertMayIssue(records, of, operator);
}

describe('who may issue claims in a recovery', () => {
  it.each([
    ['who began it', OPERATOR],
    ['who confirmed a part of it', CUSTODIAN],
    ['who signed a transaction of it', SIGNED],
    ['who confirmed another recovery to the same wallet', EARLIER],
    ['who confirmed one to it as the replacement of a further lost wallet', BESIDE],
  ])('is not %s', (_name, operator) => {
    expect(mayIssue(operator)).toThrow(expect.objectContaining({ code: 'CLAIMS_BY_EXECUTOR' }));
  });

  it('is whoever had no hand in it', () => {
    expect(mayIssue(ISSUER)).not.toThrow();
  });

  it('is everybody where policy says so', () => {
    expect(mayIssue(OPERATOR, true)).not.toThrow();
  });
});
