import { describe, expect, it } from 'vitest';
import {
  connectionWords,
  signInWords,
  standstillOf,
} from '../../../../renderer/features/wizard/standstill.ts';
import { toAddress } from '../../../../shared/address.ts';
import type { ProgressView } from '../../../../shared/wizard.ts';
import { REFUSAL, SCENES } from '../../../support/fake-desk-scenes.ts';
import { LOST, REPLACEMENT } from './previews.ts';

const BEGINNER = toAddress('0x52908400098527886e0f7030069857d2e4169ee7');
const { connection } = SCENES['signed-in']().state;
const failed = SCENES['progress-unreachable']().state.connection;
const connecting = { status: 'connecting', name: 'Aldgate Settlement' } as const;

const progress: ProgressView = {
  recoveryId: 'R-0000000000',
  status: 'running',
  working: false,
  subject: 'Amara',
  lostWallet: LOST,
  replacementWallet: REPLACEMENT,
  operator: BEGINNER,
  practice: false,
  noReturn: true,
  phases: [],
  phase: null,
  tokens: [],
  now: '',
  startedAt: '2026-11-23T10:00:00Z',
  reason: null,
  transactions: { sent: 0, mined: 0, final: 0 },
};

function signedIn(address: typeof BEGINNER) {
  return { connection, operator: { address, identityManager: true } };
}

describe('a recovery that stands still', () => {
  it('is gone on with by whoever began it', () => {
    expect(standstillOf(progress, signedIn(BEGINNER)).way).toBe('resume');
    expect(connectionWords(connection)).toEqual([]);
  });

  it('asks for a sign-in where nobody or somebody else is signed in', () => {
    expect(standstillOf(progress, { connection, operator: null }).way).toBe('sign_in');
    expect(standstillOf(progress, signedIn(LOST)).way).toBe('sign_in');
    expect(signInWords(null)).toMatch(/^Nobody/);
  });

  it('says why, or that it was interrupted', () => {
    expect(standstillOf(progress, signedIn(BEGINNER))).toMatchObject({ title: 'Interrupted' });
    const reason = { code: 'OPERATOR_OUT_OF_FUNDS', message: 'No funds.', remedy: 'Send some.' };
    expect(standstillOf({ ...progress, status: 'waiting', reason }, signedIn(BEGINNER))).toMatchObject({
      title: 'Waiting',
      message: 'No funds.',
      remedy: 'Send some.',
    });
  });

  it('needs its network before anything else, and says what keeps the desk from it', () => {
    expect(standstillOf(progress, { ...signedIn(BEGINNER), connection: failed }).way).toBe('connect');
    expect(connectionWords(failed)).toEqual([
      `Aldgate Settlement is not connected. ${REFUSAL.message}`,
      REFUSAL.remedy,
    ]);
  });

  it('is waited with while the desk connects', () => {
    expect(standstillOf(progress, { connection: connecting, operator: null }).way).toBe('connect');
    expect(connectionWords(connecting)).toEqual(['Connecting to Aldgate Settlement …']);
  });
});
