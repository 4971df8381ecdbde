import { describe, expect, it } from 'vitest';
import { hasRight } from '../../../electron/ipc/guards.ts';
import { RIGHTS } from '../../../shared/contract.ts';
import type { Right } from '../../../shared/contract.ts';
import { RECOVERY, RightsByHand } from './desk-double.ts';

/** Every right of a person, and whether they are signed in with it. */
function everything(isSignedIn: boolean): RightsByHand {
  const rights = new RightsByHand();
  rights.isSignedIn = isSignedIn;
  rights.isManager = true;
  rights.isCustodian = true;
  rights.began.add(RECOVERY);
  return rights;
}
const own = { recoveryId: RECOVERY };

describe('a right', () => {
  it.each(RIGHTS)('of %s is held by who has every role and began the recovery', (right) => {
    expect(hasRight(right, everything(true), own)).toBe(true);
  });

  it.each(RIGHTS.filter((right) => right !== 'anyone'))('of %s ends with the sign-in', (right) => {
    expect(hasRight(right, everything(false), own)).toBe(false);
  });

  it.each<[Right, boolean]>([
    ['anyone', true],
    ['signedIn', true],
    ['identityManager', false],
    ['custodian', false],
    ['initiator', false],
  ])('of %s is held by who is merely signed in: %s', (right, held) => {
    const rights = new RightsByHand();
    rights.isSignedIn = true;

    expect(hasRight(right, rights, own)).toBe(held);
  });

  it.each([{}, { recoveryId: 7 }, { recoveryId: 'R-9999999999' }, [RECOVERY], RECOVERY, null])(
    'on a recovery is not held where %j names it',
    (subject) => {
      expect(hasRight('initiator', everything(true), subject)).toBe(false);
    },
  );
});
