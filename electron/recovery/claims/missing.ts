/** Which claims the replacement identity lacks, why, and who may issue them. */
import type { Address } from '../../../shared/address.ts';
import type { MissingClaim } from '../../../shared/claims.ts';
import { holdsTopic, satisfies, wantedTopics } from './expression.ts';
import type { Verdict } from './expression.ts';
import type { ClaimsRead } from './of-recovery.ts';

export interface TokenClaims {
  readonly token: Address;
  readonly symbol: string;
  /** Topics that the token wants; null where it does not tell. */
  readonly topics: readonly string[] | null;
  readonly satisfied: Verdict;
}

/** One for each token, in order. */
export function tokenClaims({ needs, now, tokens }: ClaimsRead): readonly TokenClaims[] {
  return needs.map(({ token, expression }, index) => ({
    token,
    symbol: tokens[index]?.symbol ?? '',
    topics: expression === null ? null : wantedTopics(expression),
    satisfied: satisfies(expression, (topic) => holdsTopic(now, topic)),
  }));
}

/** Names of topics, as far as the system has them. */
export function topicNames({ before, now }: Pick<ClaimsRead, 'before' | 'now'>): ReadonlyMap<string, string> {
  return new Map(
    [...(before?.topics ?? []), ...(now?.topics ?? [])].flatMap(({ topic, name }) =>
      name === null ? [] : [[topic, name] as const],
    ),
  );
}

/**
 * What tokens ask for and is not there, and what stood on the abandoned identity and is not on the new one. Where a token
 * does not tell, every topic of the system counts as asked for, and is said to be uncertain.
 */
export async function missingClaims(
  read: ClaimsRead,
  tokens: readonly TokenClaims[],
): Promise<readonly MissingClaim[]> {
  const { system, view, before, now } = read;
  const known = (now ?? before)?.topics.map(({ topic }) => topic) ?? [];
  const asking = tokens.filter(({ satisfied }) => satisfied !== true);
  const stood = [...new Set(before?.claims.map(({ topic }) => topic))].filter(
    (topic) => holdsTopic(before, topic) === true,
  );
  const wanted = asking.flatMap(({ topics }) => topics ?? known);
  const topics = [...new Set([...wanted, ...stood])].filter((topic) => holdsTopic(now, topic) !== true);
  const issuers = await system.claiming.issuers(view.reader, topics);
  const names = topicNames(read);
  return topics.map((topic, index) => {
    const trusted = issuers[index]?.issuers ?? null;
    return {
      topic,
      topicName: names.get(topic) ?? null,
      tokens: asking.flatMap(({ symbol, topics: own }) => ((own ?? known).includes(topic) ? [symbol] : [])),
      certain: stood.includes(topic) || asking.some(({ topics: own }) => own?.includes(topic)),
      stoodBefore: stood.includes(topic),
      issuers: trusted === null ? null : [...trusted],
    };
  });
}
