import { describe, expect, it } from 'vitest';
import {
  tokenFigures,
  tokenSentence,
  watchedTokens,
} from '../../../../renderer/features/wizard/progress-figures.ts';
import {
  phaseDetail,
  phaseOfNoReturn,
  PHASE_WORDS,
} from '../../../../renderer/features/wizard/phase-words.ts';
import { PHASES } from '../../../../shared/phases.ts';
import type { PhaseReport } from '../../../../shared/outcome.ts';
import type { ProgressView } from '../../../../shared/wizard.ts';
import { addressOf, LOST } from './previews.ts';

type Tokens = ProgressView['tokens'];
type State = Tokens[number]['state'];

const tokens = (...states: readonly State[]): Tokens =>
  states.map((state, index) => ({
    lostWallet: LOST,
    token: addressOf('a'),
    symbol: `T${index}`,
    state,
    message: null,
  }));

const report = (name: PhaseReport['name'], status: PhaseReport['status']): PhaseReport => ({
  name,
  status,
  startedAt: null,
  finishedAt: null,
});

describe('the figures of a running recovery', () => {
  it('count failed and skipped tokens as through, and the running one as the current', () => {
    const figures = tokenFigures(tokens('recovered', 'failed', 'skipped', 'running', 'pending'));
    expect(figures).toMatchObject({ settled: 3, current: 4, total: 5, percent: 60 });
    expect(tokenSentence(figures)).toBe('Token 4 of 5, 1 failed');
  });

  it('are rounded down: 100 per cent means all', () => {
    const many = tokens(...Array<State>(299).fill('recovered'), 'running');
    expect(tokenFigures(many).percent).toBe(99);
    expect(tokenFigures(tokens('recovered', 'recovered')).percent).toBe(100);
  });

  it('begin at nothing', () => {
    const figures = tokenFigures(tokens('pending', 'pending'));
    expect(figures).toMatchObject({ percent: 0, current: 0 });
    expect(tokenSentence(figures)).toBe('0 of 2 tokens');
  });

  it('say that there is no token rather than divide by none', () => {
    expect(tokenFigures([]).percent).toBe(100);
    expect(tokenSentence(tokenFigures([]))).toBe('No token is in scope');
  });

  it('draw all tokens in their order while they fit, else those worth watching first', () => {
    const few = tokens('pending', 'running', 'recovered');
    expect(watchedTokens(few)).toBe(few);
    const states = watchedTokens(tokens('recovered', 'pending', 'failed', 'running'), 3).map(
      (one) => one.state,
    );
    expect(states).toEqual(['running', 'failed', 'pending']);
  });
});

describe('the phases in words', () => {
  it('have words each', () => {
    for (const phase of PHASES) expect(PHASE_WORDS[phase].does).not.toBe('');
  });

  it('tell why one ended as it did, as a sentence', () => {
    const reason = 'no participant directory is connected';
    expect(phaseDetail({ ...report('reset_mfa', 'skipped'), reason })).toBe(
      'No participant directory is connected',
    );
    expect(phaseDetail(report('verify', 'pending'))).toBe(PHASE_WORDS.verify.does);
  });

  it('have the point of no return before the first freeze, or before the identity where nothing is frozen', () => {
    expect(phaseOfNoReturn([report('contain', 'pending')])).toBe('contain');
    expect(phaseOfNoReturn([report('contain', 'skipped')])).toBe('recover_identity');
  });
});
