import { describe, expect, it } from 'vitest';
import { caseOf, draftOf, problemsOf } from '../../../../renderer/features/wizard/case-draft.ts';
import { REASON_WORDS } from '../../../../renderer/features/wizard/reasons.ts';
import { caseSchema } from '../../../../shared/case.ts';
import { RECOVERY_REASONS } from '../../../../shared/recovery-reasons.ts';

const filled = {
  reason: 'lost' as const,
  ticket: ' T-1 ',
  identifiedHow: 'passport',
  identifiedBy: 'M. Okafor',
  evidence: '',
};

describe('a case that is typed', () => {
  it('begins without a reason, so that nobody takes one over unread', () => {
    expect(draftOf(null).reason).toBeNull();
  });

  it('names each missing entry in words', () => {
    expect(Object.keys(problemsOf(draftOf(null)))).toEqual([
      'reason',
      'ticket',
      'identifiedHow',
      'identifiedBy',
    ]);
  });

  it('is no case while something is wrong with it', () => {
    expect(caseOf({ ...filled, identifiedBy: '  ' })).toBeNull();
    expect(caseOf({ ...filled, evidence: 'no hash' })).toBeNull();
    expect(caseOf({ ...filled, ticket: 'x'.repeat(201) })).toBeNull();
  });

  it('becomes a case that the contract takes, trimmed', () => {
    const entered = caseOf({ ...filled, evidence: 'a'.repeat(64) });
    expect(caseSchema.parse(entered)).toMatchObject({ ticket: 'T-1', evidence: ['a'.repeat(64)] });
  });

  it('comes back as it was entered', () => {
    const entered = caseOf(filled);
    expect(caseOf(draftOf(entered))).toEqual(entered);
  });

  it('can be of every reason, each with what it changes', () => {
    expect(REASON_WORDS.map((words) => words.reason)).toEqual(RECOVERY_REASONS);
    expect(REASON_WORDS.filter((words) => words.changes.includes('frozen first, on'))).toHaveLength(1);
  });
});
