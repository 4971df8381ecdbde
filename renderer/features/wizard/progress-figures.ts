/** Figures of a running recovery: token k of n, per cent. They never say more than has happened. */
import { countText } from '../../components/amount-text.ts';
import type { ProgressView } from '../../../shared/wizard.ts';

type TokenState = ProgressView['tokens'][number]['state'];

export interface TokenFigures {
  readonly total: number;
  readonly recovered: number;
  readonly failed: number;
  readonly skipped: number;
  /** Neither under way nor to come. */
  readonly settled: number;
  /** The one being worked on, counted from 1; the number of settled ones where none is. */
  readonly current: number;
  /** Whole per cent of settled tokens, rounded down: 100 means all. */
  readonly percent: number;
}

export function tokenFigures(tokens: ProgressView['tokens']): TokenFigures {
  const number = (state: TokenState): number => tokens.filter((token) => token.state === state).length;
  const total = tokens.length;
  const [recovered, failed, skipped] = [number('recovered'), number('failed'), number('skipped')];
  const settled = recovered + failed + skipped;
  const busy = number('running') > 0;
  return {
    total,
    recovered,
    failed,
    skipped,
    settled,
    current: busy ? Math.min(total, settled + 1) : settled,
    percent: total === 0 ? 100 : Math.floor((settled * 100) / total),
  };
}

/** What is happening to tokens, in a sentence. */
export function tokenSentence(figures: TokenFigures): string {
  const { total, settled, current, failed } = figures;
  if (total === 0) return 'No token is in scope';
  const where =
    current > settled
      ? `Token ${countText(current)} of ${countText(total)}`
      : `${countText(settled)} of ${countText(total)} tokens`;
  return failed === 0 ? where : `${where}, ${countText(failed)} failed`;
}

/** How many token rows are drawn at once; the rest is counted in words. */
export const SHOWN_TOKENS = 60;

/** The tokens worth watching: those under way first, then failed, then what is next, then what is through. */
const ORDER: Readonly<Record<TokenState, number>> = {
  running: 0,
  failed: 1,
  pending: 2,
  recovered: 3,
  skipped: 4,
};

/** In their own order while they fit; else the ones worth watching. */
export function watchedTokens(tokens: ProgressView['tokens'], most = SHOWN_TOKENS): ProgressView['tokens'] {
  if (tokens.length <= most) return tokens;
  return tokens.toSorted((one, other) => ORDER[one.state] - ORDER[other.state]).slice(0, most);
}
