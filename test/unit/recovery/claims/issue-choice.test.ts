import { describe, expect, it } from 'vitest';
import { chooseClaims } from '../../../../electron/recovery/claims/issue-choice.ts';
import type { IssueRequest } from '../../../../electron/recovery/claims/issue-choice.ts';
import type { ClaimFact, ClaimFacts } from '../../../../electron/protocols/claiming.ts';
import type { ClaimsRead } from '../../../../electron/recovery/claims/of-recovery.ts';
import type { Address } from '../../../../shared/address.ts';
import type { MissingClaim } from '../../../../shared/claims.ts';
import { OPERATOR, address } from '../../store/records.ts';

const [MINE, ALSO_MINE, FOREIGN] = [address(7), address(8), address(9)];
const TOPICS = [
  { topic: '1', name: 'kyc' },
  { topic: '2', name: 'aml' },
  { topic: '3', name: 'twin' },
  { topic: '4', name: 'twin' },
];

function claim(over: Partial<ClaimFact> = {}): ClaimFact {
  return { topic: '1', topicName: 'kyc', issuer: MINE, trusted: true, valid: true, data: '0x01', ...over };
}

interface Stage {
  readonly before?: readonly ClaimFact[];
  readonly now?: readonly ClaimFact[] | null;
  /** Issuers that are trusted, by topic. */
  readonly trusted?: Readonly<Record<string, readonly Address[]>>;
}

const facts = (claims: readonly ClaimFact[]): ClaimFacts => ({ claims, topics: TOPICS, requiredTopics: [] });

/** The key signs for MINE and ALSO_MINE. */
function choose(
  { before = [claim()], now = [], trusted = { 1: [MINE] } }: Stage,
  request: Partial<IssueRequest> = {},
  missing: readonly string[] = ['1'],
) {
  const claiming = {
    issuers: async (_reader: unknown, topics: readonly string[]) =>
      topics.map((topic) => ({ topic, issuers: trusted[topic] ?? [] })),
    keys: async (_reader: unknown, _account: unknown, issuers: readonly Address[]) =>
      issuers.map((issuer) => ({ issuer, signs: issuer !== FOREIGN, acts: issuer !== FOREIGN })),
  };
  const read = {
    before: facts(before),
    now: now === null ? null : facts(now),
    view: { reader: {} },
    system: { claiming },
  } as unknown as ClaimsRead;
  const lacks = missing.map((topic): MissingClaim => ({
    topic,
    topicName: TOPICS.find((one) => one.topic === topic)?.name ?? null,
    tokens: [],
    certain: true,
    stoodBefore: true,
    issuers: [],
  }));
  return chooseClaims(read, lacks, OPERATOR, { topics: [], issuer: null, data: null, ...request });
}

describe('the claims that an operator issues', () => {
  it('are what is missing and the key may issue, with the data of the issuer’s own former claim', async () => {
    const chosen = await choose({ trusted: { 1: [MINE], 2: [FOREIGN] } }, {}, ['1', '2']);

    expect(chosen).toEqual({
      claims: [{ topic: '1', topicName: 'kyc', issuer: MINE, data: '0x01' }],
      standing: [],
      left: ['aml'],
    });
  });

  it('leave out what stands already', async () => {
    expect(await choose({ now: [claim()] }, { topics: ['kyc'] })).toMatchObject({
      claims: [],
      standing: ['kyc'],
    });
  });

  it('take the place of a claim that its issuer does not stand by', async () => {
    expect((await choose({ now: [claim({ valid: false })] })).claims).toHaveLength(1);
  });

  it('are of the issuer who issued them before, where the key is of several', async () => {
    const stage = { before: [claim({ issuer: ALSO_MINE })], trusted: { 1: [MINE, ALSO_MINE] } };
    expect((await choose(stage)).claims).toMatchObject([{ issuer: ALSO_MINE }]);
  });

  it.each<[string, Stage, Partial<IssueRequest>, string]>([
    ['where no issuer is the key’s', { trusted: { 1: [FOREIGN] } }, {}, 'CLAIM_ISSUER_UNTRUSTED'],
    [
      'where one that was named is not',
      { trusted: { 1: [MINE] } },
      { topics: ['kyc', 'aml'] },
      'CLAIM_ISSUER_UNTRUSTED',
    ],
    [
      'where several issuers come into question',
      { before: [], trusted: { 1: [MINE, ALSO_MINE] } },
      {},
      'CLAIM_NOT_ISSUABLE',
    ],
    ['where the issuer that was named is not the key’s', {}, { issuer: FOREIGN }, 'CLAIM_NOT_ISSUABLE'],
    [
      'where there is no former claim of the issuer',
      { before: [claim({ issuer: FOREIGN })] },
      {},
      'CLAIM_NOT_ISSUABLE',
    ],
    [
      'where the issuer does not stand by the former one',
      { before: [claim({ valid: false })] },
      {},
      'CLAIM_NOT_ISSUABLE',
    ],
    ['where nobody knows whether it does', { before: [claim({ valid: null })] }, {}, 'CLAIM_NOT_ISSUABLE'],
    ['of a topic that there is not', {}, { topics: ['other'] }, 'CLAIM_NOT_ISSUABLE'],
    ['of a name that two topics have', {}, { topics: ['twin'] }, 'CLAIM_NOT_ISSUABLE'],
    ['where the identity does not tell its claims', { now: null }, {}, 'CLAIMS_UNREADABLE'],
  ])('are refused %s', async (_name, stage, request, code) => {
    await expect(choose(stage, request)).rejects.toMatchObject({ code });
  });

  it('take other data than before where it is given, and a topic by its number', async () => {
    const stage = { before: [], trusted: { 3: [MINE] } };
    expect((await choose(stage, { topics: ['3'], data: '0x0202' })).claims).toEqual([
      { topic: '3', topicName: 'twin', issuer: MINE, data: '0x0202' },
    ]);
  });
});
