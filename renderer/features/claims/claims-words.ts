/** Claims in plain words. */
import type {
  ClaimsIssued,
  ClaimsRecheck,
  ClaimsReport,
  MissingClaim,
  RecheckedToken,
} from '../../../shared/claims.ts';
import type { IconName } from '../../components/icon.tsx';
import { topicText } from '../preview/claim-topics.ts';

export function recheckHeadline({ green, tokens, block }: ClaimsRecheck): string {
  const at = `Read at block ${String(block.number)}.`;
  if (tokens.length === 0) return `No token is in scope. ${at}`;
  return green
    ? `The person can hold and transfer every token again. ${at}`
    : `Not every token can be held and transferred yet, or it is not known. ${at}`;
}

export interface Can {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: 'ok' | 'care' | 'soft';
}

const CAN: Readonly<Record<RecheckedToken['hold'] | RecheckedToken['transfer'], Can>> = {
  yes: { word: 'Yes', icon: 'done', tone: 'ok' },
  no: { word: 'No', icon: 'warning', tone: 'care' },
  unknown: { word: 'Not known', icon: 'info', tone: 'soft' },
  not_tried: { word: 'Nothing to move', icon: 'skipped', tone: 'soft' },
};

export function canWords(can: keyof typeof CAN): Can {
  return CAN[can];
}

export function topicWords({ topic, topicName }: Pick<MissingClaim, 'topic' | 'topicName'>): string {
  return topicName ?? topicText(topic);
}

/** Why a claim is missing. */
export function missingWords({ tokens, certain, stoodBefore }: MissingClaim): string {
  const names = tokens.length > 6 ? `${tokens.slice(0, 6).join(', ')} and more` : tokens.join(', ');
  const asked = tokens.length === 0 ? 'No token asks for it' : `Asked for by ${names}`;
  const unsure = `It could not be read whether ${names} asks for it`;
  return `${certain ? asked : unsure}${stoodBefore ? '; it stood on the abandoned identity' : ''}.`;
}

/** What came of issuing. */
export function issuedWords({ issue, standing, left }: ClaimsIssued): string {
  const others = left.length === 0 ? '' : ` Not issued, because your key may not: ${left.join(', ')}.`;
  if (issue === null) {
    const stand =
      standing.length === 0 ? 'Nothing is missing.' : `These stand already: ${standing.join(', ')}.`;
    return `${stand} Nothing was signed or sent.${others}`;
  }
  const done = issue.claims.filter(({ state }) => state === 'issued').map(topicWords);
  const before = issue.claims.filter(({ state }) => state === 'stood_before').map(topicWords);
  return [
    ...(done.length === 0 ? [] : [`Issued: ${done.join(', ')}.`]),
    ...(before.length === 0 ? [] : [`Stood already: ${before.join(', ')}.`]),
    ...(issue.reason === undefined ? [] : [`${issue.reason.message} ${issue.reason.remedy}`]),
    ...(others === '' ? [] : [others.trim()]),
  ].join(' ');
}

/** Issues of claims that were begun from this desk and have not ended. */
export function openIssues({ issues }: Pick<ClaimsReport, 'issues'>): readonly string[] {
  return issues
    .filter(({ status }) => status === 'running' || status === 'waiting' || status === 'stopped')
    .map(
      ({ id, operator, reason }) =>
        `The issue ${id} by ${operator} has not ended${reason === undefined ? '' : `: ${reason.message}`} Signed in as who began it, “Issue claims” goes on with it.`,
    );
}
