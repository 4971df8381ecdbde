/** Issues of claims are kept as recoveries are, beside them and apart from them. */
import { describe, expect, it } from 'vitest';
import type { NewRecovery } from '../../../shared/journal.ts';
import { deskUnderTest } from './desk-under-test.ts';
import { CHAIN, address, sampleRecovery } from './records.ts';

const PARTICIPANT = 'p-1';

/** An issue of claims on the replacement identity of a recovery. */
function sampleIssue(id: string, recoveryId: string, planNonce: number): NewRecovery {
  const { plan, ...rest } = sampleRecovery(id, { planNonce });
  const step = `issue_claim:${plan.replacement.identity}:${address(7)}:${address(1)}`;
  const claim = {
    step,
    identity: plan.replacement.identity,
    topic: '1',
    topicName: null,
    issuer: address(7),
    data: '0x01' as const,
    signatureAt: 100,
  };
  return {
    ...rest,
    plan: { ...plan, claims: { recoveryId, issue: [claim] } },
    steps: [{ name: step, phase: 'issue_claims' }],
  };
}

describe('an issue of claims', () => {
  it('is listed apart from recoveries, with the one that it belongs to', () => {
    const { journal } = deskUnderTest();
    journal.begin(sampleRecovery('r1'));

    journal.begin(sampleIssue('c1', 'r1', 2));

    expect(journal.list().map(({ id }) => id)).toEqual(['r1']);
    expect(journal.issues().map(({ id, claimsOf }) => [id, claimsOf])).toEqual([['c1', 'r1']]);
  });

  it('may be open beside the recovery, which is then not in the way of it nor it of that', () => {
    const { journal } = deskUnderTest();
    journal.begin(sampleRecovery('r1'));
    journal.begin(sampleIssue('c1', 'r1', 2));

    expect(journal.open(CHAIN, PARTICIPANT, [address(1)])?.id).toBe('r1');
    journal.setStatus('r1', 'cancelled', null);
    expect(journal.open(CHAIN, PARTICIPANT, [address(1)])).toBeNull();
    journal.begin(sampleRecovery('r2', { planNonce: 3 }));
  });

  it('is the only one that is open for the person', () => {
    const { journal } = deskUnderTest();
    journal.begin(sampleRecovery('r1'));
    journal.begin(sampleIssue('c1', 'r1', 2));

    expect(() => journal.begin(sampleIssue('c2', 'r1', 3))).toThrow(/issue of claims c1/);
    journal.setStatus('c1', 'completed', null);
    journal.begin(sampleIssue('c2', 'r1', 3));
  });

  it('is told of in the audit log as what it is', () => {
    const { journal, audit } = deskUnderTest();
    journal.begin(sampleRecovery('r1'));
    journal.begin(sampleIssue('c1', 'r1', 2));

    const begun = audit.entries(0, 100).filter(({ kind }) => kind.endsWith('_begun'));
    expect(begun.map(({ kind }) => kind)).toEqual(['recovery_begun', 'claims_issue_begun']);
    expect(JSON.parse(begun[1]?.fields ?? '')).toMatchObject({ recoveryId: 'c1', claimsOf: 'r1', claims: 1 });
  });
});
