/** Which claims an operator issues: of what was asked for or is missing, those that their key may issue. */
import type { Address } from '../../../shared/address.ts';
import type { MissingClaim } from '../../../shared/claims.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { Hex } from '../../../shared/values.ts';
import { holdsTopic } from './expression.ts';
import { topicNames } from './missing.ts';
import type { ClaimsRead } from './of-recovery.ts';

export interface IssueRequest {
  /** Topics by name or number; empty for all that is missing and the key may issue. */
  readonly topics: readonly string[];
  /** Null where only one issuer comes into question. */
  readonly issuer: Address | null;
  /** Data of the claims where this issuer's own former one is not repeated. */
  readonly data: Hex | null;
}

export interface ChosenClaim {
  readonly topic: string;
  readonly topicName: string | null;
  readonly issuer: Address;
  readonly data: Hex;
}

export interface Chosen {
  readonly claims: readonly ChosenClaim[];
  /** Topics, by name where they have one, of which a valid claim of a trusted issuer stands already. */
  readonly standing: readonly string[];
  /** Topics that are missing and that this key may not issue. */
  readonly left: readonly string[];
}

function notIssuable(message: string, remedy: string): DeskError {
  return new DeskError('CLAIM_NOT_ISSUABLE', {
    message: `${message} Nothing was signed or sent.`,
    remedy,
    retry: 'never',
  });
}

function untrusted(operator: Address, topics: readonly string[]): DeskError {
  return new DeskError('CLAIM_ISSUER_UNTRUSTED', {
    message: `The key of ${operator} signs for no issuer that is trusted for ${topics.join(', ')}. Nothing was signed or sent.`,
    remedy:
      'Save the request for the issuer, or have the platform administrator look at the trusted issuers and the issuer’s keys.',
    retry: 'never',
  });
}

interface Topic {
  readonly topic: string;
  readonly name: string;
}

/** What is to be issued, by number and by what people call it. */
function asked(read: ClaimsRead, missing: readonly MissingClaim[], request: IssueRequest): readonly Topic[] {
  if (request.topics.length === 0)
    return missing.map(({ topic, topicName }) => ({ topic, name: topicName ?? topic }));
  const names = topicNames(read);
  return [...new Set(request.topics)].map((text) => named(text, names, missing));
}

/** Names are whatever the registry says: one that several topics have names none. */
function named(text: string, names: ReadonlyMap<string, string>, missing: readonly MissingClaim[]): Topic {
  if (names.has(text) || missing.some(({ topic }) => topic === text))
    return { topic: text, name: names.get(text) ?? text };
  const [found, ...others] = [...names].filter(([, name]) => name === text);
  if (found === undefined)
    throw notIssuable(
      `There is no claim topic "${text}" in this system.`,
      `Name one of: ${[...new Set(names.values())].join(', ')}.`,
    );
  if (others.length > 0)
    throw notIssuable(
      `${others.length + 1} claim topics are called "${text}".`,
      'Name the one that you mean by its number.',
    );
  return { topic: found[0], name: found[1] };
}

/** The data of the issuer's own valid claim on the abandoned identity: what it said of the person once. */
function formerData({ before }: ClaimsRead, topic: string, issuer: Address): Hex | null {
  const claim = before?.claims.find((one) => one.topic === topic && one.issuer === issuer);
  return claim?.valid === true ? claim.data : null;
}

function issuerOf(
  read: ClaimsRead,
  { topic, name }: Topic,
  mine: readonly Address[],
  wanted: Address | null,
): Address {
  const candidates = wanted === null ? mine : mine.filter((issuer) => issuer === wanted);
  const former = candidates.find((issuer) => formerData(read, topic, issuer) !== null);
  const [only, ...others] = candidates;
  if (only === undefined)
    throw notIssuable(
      `The key does not sign ${name} for the issuer ${wanted ?? ''}.`,
      `Name another, or none: it signs for ${mine.join(', ')}.`,
    );
  if (former !== undefined || others.length === 0) return former ?? only;
  throw notIssuable(
    `The key may sign ${name} for several issuers: ${candidates.join(', ')}.`,
    'Name the one that is to issue it.',
  );
}

/**
 * Chooses issuer and data of each claim, from what was read.
 * @throws DeskError CLAIM_ISSUER_UNTRUSTED where the key may issue none, or one that was named; CLAIM_NOT_ISSUABLE,
 *   CLAIMS_UNREADABLE.
 */
export async function chooseClaims(
  read: ClaimsRead,
  missing: readonly MissingClaim[],
  operator: Address,
  request: IssueRequest,
): Promise<Chosen> {
  if (read.now === null)
    throw new DeskError('CLAIMS_UNREADABLE', {
      message:
        'The replacement identity does not tell its claims, so it is not known which stand. Nothing was signed or sent.',
      remedy: 'Check the endpoint and the identity, then try again.',
      retry: 'safe',
    });
  const topics = asked(read, missing, request);
  const open = topics.filter(({ topic }) => holdsTopic(read.now, topic) !== true);
  const standing = topics.filter((topic) => !open.includes(topic)).map(({ name }) => name);
  const { claiming } = read.system;
  const trusted = await claiming.issuers(
    read.view.reader,
    open.map(({ topic }) => topic),
  );
  const all = [...new Set(trusted.flatMap(({ issuers }) => issuers ?? []))];
  const keys = await claiming.keys(read.view.reader, operator, all);
  const mine = keys.flatMap(({ issuer, signs, acts }) => (signs === true && acts === true ? [issuer] : []));
  const mayIssue = (index: number): readonly Address[] =>
    (trusted[index]?.issuers ?? []).filter((issuer) => mine.includes(issuer));
  const left = open.filter((_, index) => mayIssue(index).length === 0);
  const names = left.map(({ name }) => name);
  if (left.length > 0 && (request.topics.length > 0 || left.length === open.length))
    throw untrusted(operator, names);
  const claims = open.flatMap((topic, index): readonly ChosenClaim[] => {
    const issuers = mayIssue(index);
    if (issuers.length === 0) return [];
    const issuer = issuerOf(read, topic, issuers, request.issuer);
    const data = request.data ?? formerData(read, topic.topic, issuer);
    if (data === null)
      throw notIssuable(
        `There is no valid claim of ${issuer} on ${topic.name} on the abandoned identity whose data could be repeated.`,
        'Give the data of the claim, as the topic’s scheme has it.',
      );
    return [{ topic: topic.topic, topicName: topic.name === topic.topic ? null : topic.name, issuer, data }];
  });
  return { claims, standing, left: names };
}
