/** Claims as previews and people's pages show them. */
import type { Preview } from '../../../shared/preview.ts';
import type { ClaimFacts, TokenNeed } from '../../protocols/claiming.ts';
import { wantedTopics } from './expression.ts';

export function shownClaims(facts: ClaimFacts | null | undefined): Preview['claims'] {
  return (facts?.claims ?? []).map(({ data: _notShown, ...claim }) => claim);
}

/**
 * Topics that tokens ask for, by name where they have one; every topic of the system where one of them does not tell.
 */
export function requiredTopics(
  facts: ClaimFacts | null,
  needs: readonly TokenNeed[],
): Preview['requiredTopics'] {
  const names = new Map(facts?.topics.map(({ topic, name }) => [topic, name]));
  const wanted = needs.flatMap(({ expression }) => (expression === null ? [] : wantedTopics(expression)));
  const known = [...new Set(wanted)].map((topic) => names.get(topic) ?? topic);
  const silent = needs.some(({ expression }) => expression === null);
  return silent ? [...new Set([...known, ...(facts?.requiredTopics ?? [])])] : known;
}
