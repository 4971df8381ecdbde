import { describe, expect, it } from 'vitest';
import { requiredTopics, shownClaims } from '../../../../electron/recovery/claims/shown-claims.ts';
import type { ClaimFacts, TokenNeed } from '../../../../electron/protocols/claiming.ts';
import { address } from '../../store/records.ts';

const facts: ClaimFacts = {
  claims: [{ topic: '1', topicName: 'kyc', issuer: address(7), trusted: true, valid: null, data: '0x01' }],
  topics: [
    { topic: '1', name: 'kyc' },
    { topic: '2', name: null },
    { topic: '3', name: 'accredited' },
  ],
  requiredTopics: ['kyc', '2', 'accredited'],
};
const asks = (...topics: readonly string[]): TokenNeed => ({
  token: address(0x70),
  expression: topics.map((topic) => ({ kind: 'topic', topic })),
});
const silent: TokenNeed = { token: address(0x71), expression: null };

describe('topics that a preview calls required', () => {
  it('are those that its tokens ask for, once each, by name where they have one', () => {
    expect(requiredTopics(facts, [asks('1'), asks('1'), asks('2')])).toEqual(['kyc', '2']);
    expect(requiredTopics(facts, [])).toEqual([]);
  });

  it('are all of the system where a token does not tell', () => {
    expect(requiredTopics(facts, [asks('9'), silent])).toEqual(['9', 'kyc', '2', 'accredited']);
  });

  it('are numbers where the registry does not answer', () => {
    expect(requiredTopics(null, [asks('1')])).toEqual(['1']);
  });
});

describe('claims as they are shown', () => {
  it('say what is known of them, and not their data', () => {
    expect(shownClaims(facts)).toEqual([
      { topic: '1', topicName: 'kyc', issuer: address(7), trusted: true, valid: null },
    ]);
    expect(shownClaims(null)).toEqual([]);
  });
});
