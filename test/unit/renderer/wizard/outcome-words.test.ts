import { describe, expect, it } from 'vitest';
import {
  failureTitle,
  followUpTitle,
  headline,
  identityStands,
  unknownTokens,
} from '../../../../renderer/features/wizard/outcome-words.ts';
import { FOLLOW_UP_CODES } from '../../../../shared/outcome.ts';
import type { RecoveryResult } from '../../../../shared/outcome.ts';
import { PHASES, RECOVERY_STATUSES, TOKEN_FAILURE_REASONS } from '../../../../shared/phases.ts';
import { LOST, NEW, REPLACEMENT } from './previews.ts';

const HASH = `0x${'ab'.repeat(32)}` as const;

function result(changes: Partial<RecoveryResult> = {}): RecoveryResult {
  return {
    status: 'completed',
    recoveryId: 'R-0000000000',
    protocol: 'smart',
    chainId: 1,
    practice: false,
    lostWallet: LOST,
    replacementWallet: REPLACEMENT,
    replacementIdentity: NEW,
    wallets: [],
    tokens: { total: 2, recovered: 2, failed: 0, failures: [] },
    phases: PHASES.map((name) => ({ name, status: 'done', startedAt: null, finishedAt: null })),
    followUps: [],
    transactions: [],
    planDigest: HASH,
    previewDigest: HASH,
    ...changes,
  };
}

const unverified = result().phases.map((phase) =>
  phase.name === 'verify' ? { ...phase, status: 'failed' as const } : phase,
);

describe('the end of a recovery in words', () => {
  it('is a success only where every token is recovered and the verification is done', () => {
    expect(headline(result()).tone).toBe('good');
  });

  it('is none where of a token nothing is known', () => {
    const known = result({ tokens: { total: 2, recovered: 1, failed: 0, failures: [] } });
    expect(unknownTokens(known)).toBe(1);
    expect(headline(known).tone).toBe('caution');
    expect(headline(known).meaning).toContain('not known');
  });

  it('is none where the verification failed', () => {
    expect(headline(result({ phases: unverified }))).toMatchObject({
      tone: 'caution',
      title: 'Complete, but not verified',
    });
    expect(headline(result({ phases: [] })).tone).toBe('caution');
  });

  it('never sounds like a success for any other status', () => {
    for (const status of RECOVERY_STATUSES.filter((one) => one !== 'completed')) {
      expect(headline(result({ status })).tone).not.toBe('good');
    }
  });

  it('says how many tokens failed', () => {
    const partly = result({
      status: 'completed_with_token_failures',
      tokens: { total: 3, recovered: 2, failed: 1, failures: [] },
    });
    expect(headline(partly)).toMatchObject({
      title: 'Complete, except for the tokens listed',
      tone: 'caution',
    });
    expect(headline(partly).meaning).toContain('1 token could not be recovered');
  });

  it('does not call the replacement one where nothing was recovered', () => {
    const phases = result().phases.map((phase) => ({ ...phase, status: 'pending' as const }));
    expect(identityStands(result({ status: 'failed', phases }))).toBe(false);
    expect(identityStands(result())).toBe(true);
  });

  it('has a plain title for every follow-up and every failure', () => {
    const titles = [...FOLLOW_UP_CODES.map(followUpTitle), ...TOKEN_FAILURE_REASONS.map(failureTitle)];
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) expect(title).not.toMatch(/_/);
  });
});
