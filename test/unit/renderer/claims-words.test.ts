import { describe, expect, it } from 'vitest';
import {
  issuedWords,
  missingWords,
  openIssues,
  recheckHeadline,
} from '../../../renderer/features/claims/claims-words.ts';
import type { ClaimsIssued, MissingClaim } from '../../../shared/claims.ts';
import { sampleIssued, sampleRecheck } from '../../support/fake-desk-claims.ts';

const claim: MissingClaim = {
  topic: '1',
  topicName: 'kyc',
  tokens: ['AAA'],
  certain: true,
  stoodBefore: false,
  issuers: [],
};

describe('claims in words', () => {
  it('say why a claim is missing, and where it is not known whether it is', () => {
    expect(missingWords(claim)).toBe('Asked for by AAA.');
    expect(missingWords({ ...claim, tokens: [], stoodBefore: true })).toBe(
      'No token asks for it; it stood on the abandoned identity.',
    );
    expect(missingWords({ ...claim, certain: false })).toBe('It could not be read whether AAA asks for it.');
  });

  it('never call a recheck green that is not', () => {
    expect(recheckHeadline(sampleRecheck())).toContain('Not every token');
    expect(recheckHeadline({ ...sampleRecheck(), green: true })).toContain('every token again');
    expect(recheckHeadline({ ...sampleRecheck(), tokens: [], green: true })).toContain(
      'No token is in scope',
    );
  });

  it('tell what was issued, what stood before, what failed and what was left out', () => {
    const issued = sampleIssued();
    expect(issuedWords(issued)).toBe(
      'Issued: knowYourCustomer. Not issued, because your key may not: accreditedInvestor.',
    );
    const nothing: ClaimsIssued = { issue: null, standing: ['kyc'], left: [] };
    expect(issuedWords(nothing)).toBe('These stand already: kyc. Nothing was signed or sent.');
    const failed = {
      ...issued,
      issue: issued.issue && {
        ...issued.issue,
        claims: [],
        reason: { code: 'X', message: 'It failed.', remedy: 'Try again.' },
      },
    };
    expect(issuedWords(failed)).toContain('It failed. Try again.');
  });

  it('tell of an issue that has not ended, and of none that has', () => {
    const { issue } = sampleIssued();
    if (issue === null) throw new Error('nothing was issued');
    const waiting = { ...issue, status: 'waiting' as const };
    expect(openIssues({ issues: [waiting] })).toEqual([expect.stringContaining(issue.id)]);
    expect(openIssues({ issues: [issue] })).toEqual([]);
  });
});
