import { describe, expect, it } from 'vitest';
import { accessLines } from '../../../../renderer/features/preview/access-words.ts';
import type { DirectoryFacts } from '../../../../shared/directory.ts';

const can = { can: 'can' as const };
const facts: DirectoryFacts = {
  kind: 'local',
  answers: true,
  participantId: 'p-1',
  capabilities: {
    sessions: can,
    second_factors: { can: 'partly', survives: 'a trusted device', until: '2027-01-01T00:00:00Z' },
    passkeys: can,
    api_keys: { can: 'cannot', why: 'it has none of them' },
    wallet_verifications: can,
    sign_in_hold: can,
    wallet_link: can,
  },
  access: {
    sessions: 3,
    second_factors: 1,
    passkeys: 0,
    api_keys: null,
    wallet_verifications: 2,
    signIn: 'open',
  },
};
const wordsOf = (given: DirectoryFacts | null): readonly string[] =>
  accessLines(given).map(({ words }) => words);

describe('access in words', () => {
  it('says how much there is, what is taken away, and what works on until when', () => {
    expect(wordsOf(facts)).toEqual([
      '3; a recovery takes them away',
      '1; a recovery takes them away in part: a trusted device works on until 2027-01-01T00:00:00Z',
      '0; a recovery takes them away',
      'it has none of them',
      '2; a recovery takes them away',
    ]);
  });

  it('promises nothing where there is no directory, or it does not answer', () => {
    expect(new Set(accessLines(null).map(({ sign }) => sign))).toEqual(new Set(['cannot']));
    const silent = { kind: 'local', answers: false as const, message: 'It is down.', participantId: null };
    expect(new Set(wordsOf(silent))).toEqual(new Set(['It is down.']));
  });
});
