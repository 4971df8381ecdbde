import { describe, expect, it } from 'vitest';
import {
  connectionWords,
  resumeWords,
  signInWords,
  standstillOf,
} from '../../../../renderer/features/wizard/standstill.ts';
import type { DeskState } from '../../../../shared/desk-state.ts';
import type { ProgressView } from '../../../../shared/wizard.ts';
import { SIGNED_IN_CUSTODIAN, SIGNED_IN_OPERATOR } from '../../../support/fake-desk-data.ts';
import { REFUSAL, SCENES } from '../../../support/fake-desk-scenes.ts';
import type { SceneName } from '../../../support/fake-desk-scenes.ts';

const { connection } = SCENES['signed-in']().state;
const failed = SCENES['progress-unreachable']().state.connection;
const connecting = { status: 'connecting', name: 'Aldgate Settlement' } as const;
const STRANGER = { ...SIGNED_IN_OPERATOR, address: SIGNED_IN_CUSTODIAN.address, name: 'N. Ivers' };

function progressOf(scene: SceneName): ProgressView {
  const { wizard } = SCENES[scene]();
  if (wizard.step !== 'progress') throw new Error(`the scene is at ${wizard.step}`);
  return wizard.progress;
}

const progress: ProgressView = { ...progressOf('progress-waiting'), status: 'running', reason: null };
const waiting = progressOf('progress-waiting-other');
const elsewhere = progressOf('progress-waiting-signatures');

function signedIn(operator: DeskState['operator']) {
  return { connection, operator };
}

describe('a recovery that stands still', () => {
  it('is gone on with by whoever began it', () => {
    expect(standstillOf(progress, signedIn(SIGNED_IN_OPERATOR)).way).toBe('resume');
    expect(connectionWords(connection)).toEqual([]);
  });

  it('is gone on with by whoever confirmed a part of it', () => {
    const { parts } = progressOf('progress-split');

    expect(standstillOf({ ...progress, parts }, signedIn(SIGNED_IN_CUSTODIAN)).way).toBe('resume');
  });

  it('asks for a sign-in where nobody or somebody else is signed in', () => {
    expect(standstillOf(progress, signedIn(null)).way).toBe('sign_in');
    expect(standstillOf(progress, signedIn(STRANGER)).way).toBe('sign_in');
    expect(signInWords(progress, null)).toMatch(/^Nobody is signed in now\. Whoever began/u);
    expect(signInWords(progress, STRANGER)).toMatch(/^N\. Ivers is signed in now\./u);
  });

  it('says why, or that it was interrupted', () => {
    expect(standstillOf(progress, signedIn(SIGNED_IN_OPERATOR))).toMatchObject({ title: 'Interrupted' });
    const reason = { code: 'OPERATOR_OUT_OF_FUNDS', message: 'No funds.', remedy: 'Send some.' };
    expect(
      standstillOf({ ...progress, status: 'waiting', reason }, signedIn(SIGNED_IN_OPERATOR)),
    ).toMatchObject({
      title: 'Waiting',
      message: 'No funds.',
      remedy: 'Send some.',
    });
  });

  it('needs its network before anything else, and says what keeps the desk from it', () => {
    expect(standstillOf(progress, { operator: SIGNED_IN_OPERATOR, connection: failed }).way).toBe('connect');
    expect(standstillOf(waiting, { operator: SIGNED_IN_CUSTODIAN, connection: failed }).way).toBe('connect');
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

describe('a recovery that waits for another operator', () => {
  it('is waiting for you, where you are the one, and is confirmed by you', () => {
    expect(standstillOf(waiting, signedIn(SIGNED_IN_CUSTODIAN))).toMatchObject({
      title: 'Waiting for you',
      way: 'confirm',
    });
  });

  it('names who has to sign in, also to whoever began it: they cannot go on with it', () => {
    expect(standstillOf(waiting, signedIn(SIGNED_IN_OPERATOR))).toMatchObject({
      title: 'Waiting for L. Brandt',
      way: 'sign_in',
    });
    expect(signInWords(waiting, SIGNED_IN_OPERATOR)).toBe(
      'R. Amstutz is signed in now. For this part, sign in as L. Brandt.',
    );
  });

  it('is gone on with by who is waited for and confirmed before, without confirming again', () => {
    const parts = waiting.parts.map((part) => ({ ...part, confirmed: true }));

    expect(standstillOf({ ...waiting, parts }, signedIn(SIGNED_IN_CUSTODIAN))).toMatchObject({
      title: 'Waiting for you',
      way: 'resume',
    });
    expect(standstillOf({ ...waiting, parts }, signedIn(SIGNED_IN_OPERATOR)).way).toBe('sign_in');
  });
});

describe('a recovery that waits for more than a person here', () => {
  it('says that signatures come from elsewhere, and is looked at again by whoever began it', () => {
    expect(standstillOf(elsewhere, signedIn(SIGNED_IN_OPERATOR))).toMatchObject({
      title: 'Waiting for signatures from elsewhere',
      way: 'resume',
    });
    expect(resumeWords(elsewhere)).toBe('Look at the chain now');
    expect(resumeWords(progress)).toBe('Resume');
  });

  it('says that it waits since the desk was locked, and is resumed', () => {
    const stopped = progressOf('progress-was-locked');

    expect(standstillOf(stopped, signedIn(SIGNED_IN_OPERATOR))).toMatchObject({
      title: 'Waiting since the desk was locked',
      way: 'resume',
    });
  });
});
