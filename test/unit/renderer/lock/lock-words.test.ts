import { describe, expect, it } from 'vitest';
import { lockWords } from '../../../../renderer/features/lock/lock-words.ts';
import { LOCK_CAUSES } from '../../../../shared/operator.ts';

const since = '2026-11-27T08:00:00Z';

describe('a desk that nobody is at', () => {
  it.each(LOCK_CAUSES)('says why: %s', (cause) => {
    const words = LOCK_CAUSES.map((one) => lockWords({ kind: 'locked', cause: one, since }, null).why);

    expect(words.filter((why) => why === lockWords({ kind: 'locked', cause, since }, null).why)).toHaveLength(
      1,
    );
  });

  it('goes on with what was confirmed while it is hidden', () => {
    const hidden = { kind: 'hidden', cause: 'idle', since } as const;

    expect(lockWords(hidden, 'R-0123456789')).toMatchObject({ title: 'The desk is hidden' });
    expect(lockWords(hidden, 'R-0123456789').meanwhile).toMatch(/goes on/u);
    expect(lockWords(hidden, null).meanwhile).toMatch(/^No recovery/u);
  });

  it('signs nothing while it is locked, and says that a recovery waits', () => {
    const locked = { kind: 'locked', cause: 'manual', since } as const;

    expect(lockWords(locked, 'R-0123456789')).toMatchObject({ title: 'The desk is locked' });
    expect(lockWords(locked, 'R-0123456789').meanwhile).toMatch(/the recovery waits for your key/u);
    expect(lockWords(locked, null).meanwhile).not.toMatch(/recovery/u);
  });
});
