/** What each issuer is asked for after a recovery: claims to issue anew, and claims to revoke. */
import type { Address } from '../../../shared/address.ts';
import { claimRequestSchema } from '../../../shared/claims.ts';
import type { ClaimRequest, ClaimsReport, MissingClaim } from '../../../shared/claims.ts';
import { isoTime } from '../../../shared/values.ts';
import { requestPage } from './request-page.ts';
import type { ClaimsRead, OfRecovery } from './of-recovery.ts';

export interface ClaimRequests {
  readonly requests: readonly ClaimRequest[];
  /** What is missing and nobody is known to ask for. */
  readonly unasked: readonly MissingClaim[];
}

/** Who issued it before is asked again where still trusted; else everybody who is trusted for it. */
function askedFor({ before }: Pick<ClaimsRead, 'before'>, missing: MissingClaim): readonly Address[] {
  const trusted = missing.issuers ?? [];
  const former = (before?.claims ?? [])
    .filter(({ topic, issuer }) => topic === missing.topic && trusted.includes(issuer))
    .map(({ issuer }) => issuer);
  return former.length > 0 ? [...new Set(former)] : trusted;
}

interface Parts {
  readonly report: Omit<ClaimsReport, 'requests'>;
  readonly read: Pick<ClaimsRead, 'before' | 'stillThere'>;
  readonly of: Pick<OfRecovery, 'plan' | 'preview'>;
}

/**
 * Claims that are to be revoked: what its issuer does not stand by any more need not be; of what is not known that is said to
 * be asked. None where a wallet in the person's hands rests on them.
 */
function revocable({ before, stillThere }: Parts['read']): NonNullable<ClaimsRead['before']>['claims'] {
  return stillThere.length > 0 ? [] : (before?.claims ?? []).filter(({ valid }) => valid !== false);
}

function requestOf(
  { report, read, of: { plan, preview } }: Parts,
  issuer: Address,
  asked: readonly { readonly claim: MissingClaim; readonly of: readonly Address[] }[],
  now: Date,
): ClaimRequest {
  const own = (read.before?.claims ?? []).filter((claim) => claim.issuer === issuer);
  const formerData = (topic: string) =>
    own.find((claim) => claim.topic === topic && claim.valid === true)?.data ?? null;
  return claimRequestSchema.parse({
    format: 'recovery-desk/claim-request',
    version: 1,
    createdAt: isoTime(now),
    recoveryId: report.recoveryId,
    reason: plan.reason,
    ticket: plan.ticket,
    network: {
      name: preview.network.name,
      chainId: plan.network.chainId,
      practice: preview.network.practice,
      system: plan.network.system,
    },
    participant: { id: preview.participant.id, name: preview.participant.name },
    issuer,
    lostWallet: plan.lostWallet,
    abandonedIdentity: report.abandonedIdentity,
    replacementWallet: report.replacementWallet,
    replacementIdentity: report.replacementIdentity,
    issue: asked
      .filter(({ of }) => of.includes(issuer))
      .map(({ claim, of }) => ({
        topic: claim.topic,
        topicName: claim.topicName,
        formerData: formerData(claim.topic),
        alsoAsked: of.length - 1,
        certain: claim.certain,
      })),
    revoke: revocable(read)
      .filter((claim) => claim.issuer === issuer)
      .map(({ topic, topicName }) => ({ topic, topicName })),
    readAt: report.block,
  } satisfies ClaimRequest);
}

/** One for each issuer of whom anything is asked, in the order of their addresses. */
export function claimRequests(parts: Parts, now: Date): ClaimRequests {
  const { report, read } = parts;
  const asked = report.missing.map((claim) => ({ claim, of: askedFor(read, claim) }));
  const revokers = revocable(read).map(({ issuer }) => issuer);
  const issuers = [...new Set([...asked.flatMap(({ of }) => of), ...revokers])].toSorted();
  return {
    requests: issuers.map((issuer) => requestOf(parts, issuer, asked, now)),
    unasked: asked.filter(({ of }) => of.length === 0).map(({ claim }) => claim),
  };
}

/** A file as it is written for an issuer. */
export interface RequestFile {
  readonly issuer: Address;
  readonly name: string;
  readonly text: string;
}

/** Of each request the document and the page to print. */
export function requestFiles(requests: readonly ClaimRequest[]): readonly RequestFile[] {
  return requests.flatMap((request) => {
    const { issuer } = request;
    const name = `claims-${request.recoveryId}-${issuer}`;
    return [
      { issuer, name: `${name}.json`, text: `${JSON.stringify(request, null, 2)}\n` },
      { issuer, name: `${name}.html`, text: requestPage(request) },
    ];
  });
}
