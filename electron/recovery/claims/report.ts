/** What stands of a recovered person's claims, and what is missing: read-only, at one block. */
import type { ClaimsReport } from '../../../shared/claims.ts';
import { isoTime } from '../../../shared/values.ts';
import type { BlockRef } from '../../chain/types.ts';
import type { ReadContext } from '../needs.ts';
import { issuesOf } from './issue-result.ts';
import { missingClaims, tokenClaims, topicNames } from './missing.ts';
import type { TokenClaims } from './missing.ts';
import { claimsOfRecovery, readClaims } from './of-recovery.ts';
import type { ClaimRecords, ClaimsRead, OfRecovery } from './of-recovery.ts';
import { claimRequests } from './requests.ts';
import { shownClaims } from './shown-claims.ts';

/** A block as documents name it. */
export function blockNamed({ number, hash, time }: BlockRef): ClaimsReport['block'] {
  return { number, hash, time: isoTime(new Date(time * 1000)) };
}

/** Symbols for a sentence: as many as a person reads. */
function some(symbols: readonly string[]): string {
  const shown = symbols.slice(0, 10).join(', ');
  return symbols.length > 10 ? `${shown} and ${symbols.length - 10} more` : shown;
}

function unknownWords(read: ClaimsRead, tokens: readonly TokenClaims[]): string[] {
  const silent = tokens.filter(({ topics }) => topics === null).map(({ symbol }) => symbol);
  const unsure = read.now?.claims.some(({ valid, trusted }) => valid === null || trusted === null) === true;
  const there = read.stillThere;
  return [
    ...(there.length === 0
      ? []
      : [
          `The abandoned identity is in use: ${there.join(', ')} of the person is registered with it. No issuer is asked to revoke there.`,
        ]),
    ...(read.now === null
      ? ['The replacement identity does not tell its claims: which are missing is not known.']
      : []),
    ...(read.abandoned !== null && read.before === null
      ? [
          'The abandoned identity does not tell its claims: what stood there, and is to be revoked, is not known.',
        ]
      : []),
    ...(silent.length === 0
      ? []
      : [
          `What these tokens ask for could not be read, so every topic of the system is listed: ${some(silent)}.`,
        ]),
    ...(unsure
      ? ['Of some claims it could not be read whether their issuer is trusted, or stands by them.']
      : []),
    ...(read.linked
      ? []
      : ['The registry does not link the lost wallet to the replacement and its identity of the plan now.']),
  ];
}

/** The report, with what it was made of. */
export interface ReportedClaims {
  readonly report: ClaimsReport;
  readonly read: ClaimsRead;
  readonly of: OfRecovery;
}

/** @throws DeskError RECOVERY_UNKNOWN, CHAIN_ID_MISMATCH, SYSTEM_NOT_FOUND, BLOCK_CHANGED, of the network. */
export async function claimsReport(
  context: ReadContext & ClaimRecords,
  recoveryId: string,
): Promise<ReportedClaims> {
  const of = claimsOfRecovery(context, recoveryId);
  const read = await readClaims(context, of);
  const { plan, preview } = of;
  const names = topicNames(read);
  const tokens = tokenClaims(read);
  const missing = await missingClaims(read, tokens);
  const report: Omit<ClaimsReport, 'requests'> = {
    recoveryId,
    chainId: plan.network.chainId,
    practice: preview.network.practice,
    block: blockNamed(read.view.reader.block),
    replacementWallet: plan.replacement.address,
    replacementIdentity: read.registered ?? plan.replacement.identity,
    linked: read.linked,
    abandonedIdentity: read.abandoned,
    tokens: tokens.map(({ topics, ...rest }) => ({
      ...rest,
      topics: topics === null ? null : topics.map((topic) => names.get(topic) ?? topic),
    })),
    before: read.before === null ? null : shownClaims(read.before),
    now: read.now === null ? null : shownClaims(read.now),
    missing: [...missing],
    unknown: unknownWords(read, tokens),
    issues: [...issuesOf(context, recoveryId)],
  };
  const requests = claimRequests({ report, read, of }, context.now()).requests.map(
    ({ issuer, issue, revoke }) => ({ issuer, issue: issue.length, revoke: revoke.length }),
  );
  return { report: { ...report, requests }, read, of };
}
