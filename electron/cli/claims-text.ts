/** Claims in words, for the terminal. */
import type { ClaimIssue, ClaimsRecheck, ClaimsReport, RecheckedWallet } from '../../shared/claims.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Hex } from '../../shared/values.ts';
import { confirmationText } from '../../shared/plan.ts';
import { coins, tokenAmount } from './amounts.ts';
import { table } from './table.ts';

const PRACTICE = '*** PRACTICE NETWORK: nothing here is real ***\n';

function known(value: boolean | null | undefined): string {
  if (value === null || value === undefined) return 'not known';
  return value ? 'yes' : 'no';
}

function claimTable(claims: ClaimsReport['now']): string {
  if (claims === null) return '  cannot be read';
  if (claims.length === 0) return '  none';
  return table(
    ['Topic', 'Issuer', 'Trusted', 'Valid'],
    claims.map((claim) => [
      claim.topicName ?? claim.topic,
      claim.issuer,
      known(claim.trusted),
      known(claim.valid),
    ]),
  );
}

function missingTable({ missing, now }: ClaimsReport): string {
  if (missing.length === 0) return now === null ? '  not known' : '  nothing';
  return table(
    ['Topic', 'Asked for by', 'Stood before', 'Trusted issuers'],
    missing.map((claim) => [
      claim.topicName ?? claim.topic,
      claim.certain ? claim.tokens.join(', ') || 'no token' : `not known: ${claim.tokens.join(', ')}`,
      known(claim.stoodBefore),
      claim.issuers === null ? 'not known' : claim.issuers.join(', ') || 'none',
    ]),
  );
}

export function claimsText(report: ClaimsReport): string {
  return [
    ...(report.practice ? [PRACTICE] : []),
    `Recovery               ${report.recoveryId}`,
    `Replacement wallet     ${report.replacementWallet}`,
    `Replacement identity   ${report.replacementIdentity}`,
    `Abandoned identity     ${report.abandonedIdentity ?? 'none known'}`,
    `Read at block          ${report.block.number}`,
    '',
    'Claims on the abandoned identity:',
    report.abandonedIdentity === null ? '  none' : claimTable(report.before),
    '',
    'Claims on the replacement identity:',
    claimTable(report.now),
    '',
    'Missing on the replacement identity:',
    missingTable(report),
    ...(report.unknown.length === 0 ? [] : ['', ...report.unknown.map((words) => `Not known: ${words}`)]),
    ...(report.issues.length === 0
      ? []
      : [
          '',
          'Issued from this desk:',
          table(
            ['Issue', 'Begun', 'State', 'Operator', 'Claims'],
            report.issues.map((issue) => [
              issue.id,
              issue.createdAt,
              issue.status,
              issue.operator,
              issue.claims.map((claim) => `${claim.topicName ?? claim.topic}: ${claim.state}`).join(', '),
            ]),
          ),
        ]),
  ].join('\n');
}

/** A plan that issues claims, shown before the confirmation is asked. */
export function issuePlanText(plan: Plan, digest: Hex): string {
  return [
    'What will be issued:',
    table(
      ['Claim', 'Issuer', 'Data', 'Topic'],
      (plan.claims?.issue ?? []).map(({ topic, topicName, issuer, data }) => [
        topicName ?? 'without a name',
        issuer,
        data,
        topic,
      ]),
    ),
    '',
    `Replacement wallet    ${plan.replacement.address}`,
    `On its identity       ${plan.replacement.identity}`,
    `Signed by             ${plan.steps[0]?.signer ?? ''}`,
    `Cost                  never more than ${coins(plan.highestCost)} native coin`,
    `Plan digest           ${digest}`,
    `To be typed           ${confirmationText(plan)}`,
    '',
  ].join('\n');
}

const STATES: Readonly<Record<ClaimIssue['claims'][number]['state'], string>> = {
  open: 'not yet',
  issued: 'issued',
  stood_before: 'stood already, nothing sent',
  failed: 'failed',
};

export function issueText(issue: ClaimIssue): string {
  return [
    issue.status === 'completed' ? 'The claims are issued.' : `The issue of claims: ${issue.status}.`,
    ...(issue.reason === undefined
      ? []
      : [`  ${issue.reason.code}: ${issue.reason.message}`, `      → ${issue.reason.remedy}`]),
    '',
    `Issue                  ${issue.id}, of recovery ${issue.recoveryId}`,
    `Identity               ${issue.identity}`,
    '',
    table(
      ['Claim', 'Issuer', 'State'],
      issue.claims.map((claim) => [
        claim.topicName ?? claim.topic,
        claim.issuer,
        claim.message === undefined ? STATES[claim.state] : `${STATES[claim.state]}: ${claim.message}`,
      ]),
    ),
    '',
    `Plan digest            ${issue.planDigest}`,
  ].join('\n');
}

const TRANSFER: Readonly<Record<ClaimsRecheck['tokens'][number]['transfer'], string>> = {
  yes: 'yes',
  no: 'no',
  unknown: 'not known',
  not_tried: 'nothing to move',
};

function recheckedTable(tokens: ClaimsRecheck['tokens']): string {
  if (tokens.length === 0) return 'It holds no token of the system.';
  return table(
    ['Token', 'Balance', 'Can hold', 'Can transfer', 'Why'],
    tokens.map((token) => [
      token.symbol,
      tokenAmount(token.balance, token.decimals),
      token.hold === 'unknown' ? 'not known' : token.hold,
      TRANSFER[token.transfer],
      token.reasons.join(' '),
    ]),
  );
}

const KINDS: Readonly<Record<RecheckedWallet['kind'], string>> = {
  replacement: 'Replacement wallet    ',
  healthy: 'Healthy wallet        ',
};

function recheckedWallet({ wallet, kind, identity, tokens, reasons }: RecheckedWallet): readonly string[] {
  return [
    '',
    `${KINDS[kind]} ${wallet}`,
    `Its identity           ${identity ?? 'not registered'}`,
    ...reasons,
    '',
    recheckedTable(tokens),
  ];
}

export function recheckText(recheck: ClaimsRecheck): string {
  return [
    ...(recheck.practice ? [PRACTICE] : []),
    recheck.green
      ? 'The person can hold and transfer every token again.'
      : 'The person cannot hold or transfer every token yet, or it is not known.',
    '',
    `Replacement wallet     ${recheck.replacementWallet}`,
    `Replacement identity   ${recheck.replacementIdentity ?? 'not registered'}`,
    `Read at block          ${recheck.block.number}`,
    '',
    recheckedTable(recheck.tokens),
    ...(recheck.further ?? []).flatMap(recheckedWallet),
  ].join('\n');
}
