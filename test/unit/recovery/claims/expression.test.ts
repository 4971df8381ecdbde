import { describe, expect, it } from 'vitest';
import { holdsTopic, satisfies, wantedTopics } from '../../../../electron/recovery/claims/expression.ts';
import type { ClaimFact, ClaimFacts, TopicNode } from '../../../../electron/protocols/claiming.ts';
import { address } from '../../store/records.ts';

const topic = (name: string): TopicNode => ({ kind: 'topic', topic: name });
const [and, or, not]: readonly TopicNode[] = [{ kind: 'and' }, { kind: 'or' }, { kind: 'not' }];
if (and === undefined || or === undefined || not === undefined) throw new Error('no nodes');

/** `y` stands, `n` does not, `u` is not known. */
const holds = (name: string): boolean | null => (name === 'u' ? null : name === 'y');

describe('what a token asks of claims', () => {
  it.each<[string, readonly TopicNode[] | null, boolean | null]>([
    ['nothing', [], true],
    ['what is not known', null, null],
    ['a claim that stands', [topic('y')], true],
    ['a claim that does not', [topic('n')], false],
    ['a claim of which it is not known', [topic('u')], null],
    ['both, one missing', [topic('y'), topic('n'), and], false],
    ['both, one missing and one not known', [topic('u'), topic('n'), and], false],
    ['both, one not known', [topic('y'), topic('u'), and], null],
    ['one of two', [topic('n'), topic('y'), or], true],
    ['one of two, one not known', [topic('n'), topic('u'), or], null],
    ['one of two, one not known and one there', [topic('u'), topic('y'), or], true],
    ['not to have one', [topic('n'), not], true],
    ['not to have one of which it is not known', [topic('u'), not], null],
    ['nothing that comes out', [topic('y'), topic('y')], null],
    ['an operator without operands', [and], null],
  ])('%s', (_name, expression, verdict) => {
    expect(satisfies(expression, holds)).toBe(verdict);
  });

  it('wants the topics of which a claim helps, and not those that must be absent', () => {
    expect(wantedTopics([topic('a'), topic('b'), not, and, topic('a'), or])).toEqual(['a']);
    expect(wantedTopics([topic('a'), topic('b'), and, not, not])).toEqual(['a', 'b']);
    expect(wantedTopics([])).toEqual([]);
  });
});

describe('whether a topic is held', () => {
  const facts = (...claims: readonly Partial<ClaimFact>[]): ClaimFacts => ({
    claims: claims.map((over) => ({
      topic: '1',
      topicName: null,
      issuer: address(7),
      trusted: true,
      valid: true,
      data: '0x',
      ...over,
    })),
    topics: [],
    requiredTopics: [],
  });

  it.each<[string, ClaimFacts | null, boolean | null]>([
    ['by a valid claim of a trusted issuer', facts({}), true],
    ['by none', facts(), false],
    ['by one on another topic', facts({ topic: '2' }), false],
    ['by one that its issuer does not stand by', facts({ valid: false }), false],
    ['by one of an issuer who is not trusted', facts({ trusted: false }), false],
    ['by one of which trust is not known', facts({ trusted: null }), null],
    ['by one whose issuer does not answer', facts({ valid: null }), null],
    ['by one that is invalid, trust not known', facts({ valid: false, trusted: null }), false],
    ['by one not known and another that counts', facts({ valid: null }, {}), true],
    ['where the identity does not answer', null, null],
  ])('%s', (_name, known, verdict) => {
    expect(holdsTopic(known, '1')).toBe(verdict);
  });
});
