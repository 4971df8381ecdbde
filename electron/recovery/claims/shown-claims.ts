/** Claims as previews and people's pages show them. */
import type { Preview } from '../../../shared/preview.ts';
import type { ClaimFacts } from '../../protocols/claiming.ts';

export function shownClaims(facts: ClaimFacts | null | undefined): Preview['claims'] {
  return (facts?.claims ?? []).map(({ data: _notShown, ...claim }) => claim);
}
