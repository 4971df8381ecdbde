import { describe, expect, it } from 'vitest';
import { claimRequests, requestFiles } from '../../../../electron/recovery/claims/requests.ts';
import type { ClaimFact, ClaimFacts } from '../../../../electron/protocols/claiming.ts';
import type { Address } from '../../../../shared/address.ts';
import type { ClaimsReport, MissingClaim } from '../../../../shared/claims.ts';
import { TIME, address, hash, samplePlan, samplePreview } from '../../store/records.ts';

const [FIRST, SECOND, FORMER] = [address(7), address(8), address(9)];
const NOW = new Date(TIME);

function fact(over: Partial<ClaimFact>): ClaimFact {
  return { topic: '1', topicName: 'kyc', issuer: FIRST, trusted: true, valid: true, data: '0x01', ...over };
}

function missing(over: Partial<MissingClaim> = {}): MissingClaim {
  return {
    topic: '1',
    topicName: 'kyc',
    tokens: ['BND'],
    certain: true,
    stoodBefore: true,
    issuers: [FIRST, SECOND],
    ...over,
  };
}

function made(
  claims: readonly ClaimFact[] | null,
  lacks: readonly MissingClaim[],
  stillThere: readonly Address[] = [],
) {
  const before: ClaimFacts | null = claims === null ? null : { claims, topics: [], requiredTopics: [] };
  const report: Omit<ClaimsReport, 'requests'> = {
    recoveryId: 'R-0123456789',
    chainId: 31337,
    practice: true,
    block: { number: 10, hash: hash(10), time: TIME },
    replacementWallet: address(2),
    replacementIdentity: address(0x2d),
    linked: true,
    abandonedIdentity: address(0x1d),
    tokens: [],
    before: null,
    now: [],
    missing: [...lacks],
    unknown: [],
    issues: [],
  };
  const of = { plan: samplePlan(), preview: samplePreview() };
  return claimRequests({ report, read: { before, stillThere }, of }, NOW);
}

describe('requests to issuers', () => {
  it('ask whoever issued a claim before, where they are still trusted, with the data they gave', () => {
    const { requests } = made([fact({ issuer: SECOND, data: '0x0202' })], [missing()]);

    expect(requests).toMatchObject([
      {
        issuer: SECOND,
        issue: [{ topic: '1', formerData: '0x0202', alsoAsked: 0 }],
        revoke: [{ topic: '1' }],
      },
    ]);
  });

  it('ask everybody who is trusted, where nobody issued it before who still is', () => {
    const { requests } = made([fact({ issuer: FORMER, trusted: false })], [missing()]);

    expect(requests.map(({ issuer, issue, revoke }) => [issuer, issue.length, revoke.length])).toEqual([
      [FIRST, 1, 0],
      [SECOND, 1, 0],
      [FORMER, 0, 1],
    ]);
    expect(requests[0]?.issue[0]).toMatchObject({ alsoAsked: 1, formerData: null });
  });

  it('repeat no data of a claim that its issuer does not stand by, nor ask to revoke it', () => {
    const { requests } = made([fact({ valid: false })], [missing({ issuers: [FIRST] })]);

    expect(requests).toMatchObject([{ issue: [{ formerData: null }], revoke: [] }]);
  });

  it('ask to revoke a claim of which it is not known whether it stands', () => {
    expect(made([fact({ valid: null })], []).requests).toMatchObject([
      { issue: [], revoke: [{ topic: '1' }] },
    ]);
  });

  it('ask to revoke nothing on an identity that a wallet in the person’s hands is registered with', () => {
    const { requests } = made([fact({})], [missing({ issuers: [FIRST] })], [address(0x31)]);

    expect(requests).toMatchObject([{ issue: [{ topic: '1' }], revoke: [] }]);
  });

  it('tell what is missing and nobody can be asked for', () => {
    const { requests, unasked } = made(null, [
      missing({ issuers: null }),
      missing({ topic: '2', issuers: [] }),
    ]);

    expect(requests).toEqual([]);
    expect(unasked.map(({ topic }) => topic)).toEqual(['1', '2']);
  });

  it('are a document and a page each, named by recovery and issuer', () => {
    const files = requestFiles(made([fact({})], [missing()]).requests);

    expect(files.map(({ name }) => name)).toEqual([
      `claims-R-0123456789-${FIRST}.json`,
      `claims-R-0123456789-${FIRST}.html`,
    ]);
    expect(JSON.parse(files[0]?.text ?? '')).toMatchObject({ format: 'recovery-desk/claim-request' });
  });
});
