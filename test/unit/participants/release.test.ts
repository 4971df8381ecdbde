/** The trace that the release of a held sign-in leaves, whatever becomes of it. */
import { describe, expect, it } from 'vitest';
import type { ParticipantDirectory } from '../../../electron/participants/directory.ts';
import { directoryTimeout } from '../../../electron/participants/directory-errors.ts';
import { releaseHeld } from '../../../electron/participants/local/release.ts';
import type { AuditEvent } from '../../../shared/audit.ts';
import { digestOf } from '../../../shared/canonical.ts';
import { localScene } from './local-scene.ts';

const scene = localScene();
const about = { participantDigest: digestOf('p-1'), operatorId: 'O-0000000001' };

type Release = ParticipantDirectory['releaseSignIn'];

function released(releaseSignIn: Release) {
  return releaseHeld({ releaseSignIn }, scene.local, 'p-1', about.operatorId);
}

const tells = (kind: AuditEvent['kind'], fields: Readonly<Record<string, string>> = about): boolean =>
  scene.records.audit.tells(kind, fields);

describe('the release of a held sign-in', () => {
  it('is in the log before the directory is asked, and its outcome after', async () => {
    const before: boolean[] = [];

    await released(async () => {
      before.push(tells('sign_in_release_begun'), tells('sign_in_released'));
      return { counts: { sign_in_hold: 1 }, survivors: [] };
    });

    expect(before).toEqual([true, false]);
    expect(tells('sign_in_released')).toBe(true);
  });

  it('that cannot be written down is not asked for', async () => {
    let asked = 0;
    const audit = () => {
      throw new Error('the disk is full');
    };
    const directory = {
      releaseSignIn: async () => {
        asked += 1;
        return { counts: { sign_in_hold: 1 }, survivors: [] };
      },
    };

    await expect(releaseHeld(directory, { audit }, 'p-1', null)).rejects.toThrow('the disk is full');
    expect(asked).toBe(0);
  });

  it('that found nothing held is told as such', async () => {
    await released(async () => ({ counts: { sign_in_hold: 0 }, survivors: [] }));

    expect(tells('sign_in_released')).toBe(false);
    expect(tells('sign_in_not_released', { ...about, reason: 'NOT_HELD' })).toBe(true);
  });

  it('of which no answer came is told with why: it may have happened', async () => {
    await expect(released(() => Promise.reject(directoryTimeout(1)))).rejects.toMatchObject({
      code: 'DIRECTORY_TIMEOUT',
    });

    expect(tells('sign_in_release_begun')).toBe(true);
    expect(tells('sign_in_not_released', { ...about, reason: 'DIRECTORY_TIMEOUT' })).toBe(true);
  });
});
