import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAuditLog } from '../../../electron/audit/audit-log.ts';
import { begun, countedAttempt, delayAfter, failed, waitOf } from '../../../electron/operator/attempts.ts';
import type { Proven } from '../../../electron/operator/attempts.ts';
import { operatorRepository } from '../../../electron/store/operator-repository.ts';
import { NO_ATTEMPTS } from '../../../electron/store/operator-rows.ts';
import type { AttemptState } from '../../../electron/store/operator-rows.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { isoTime } from '../../../shared/values.ts';
import { openForTest } from '../store/desk-under-test.ts';
import { OPERATOR_ID, oidcOperator, sampleOperator } from '../store/operator-records.ts';
import { temporaryFolder } from '../store/temp-folders.ts';

const START = Date.parse('2026-01-02T03:04:05.000Z');
const OTHER_ID = oidcOperator().id;

/** A desk over a real file, whose clock the test sets. */
function desk(folder = temporaryFolder(), clock = { ms: START }) {
  const store = openForTest(folder);
  const audit = openAuditLog(store);
  const now = () => new Date(clock.ms);
  const operators = operatorRepository(store, audit, now);
  if (operators.rows().length === 0) {
    operators.insert(sampleOperator());
    operators.insert(oidcOperator());
  }
  const attempt = (check: () => Promise<Proven<string>>, id = OPERATOR_ID) =>
    countedAttempt({ operators, now }, id, check).then(
      (value) => value,
      (thrown: unknown) => (thrown instanceof DeskError ? thrown.code : String(thrown)),
    );
  return {
    folder,
    clock,
    store,
    operators,
    now,
    attempt,
    failures: (id = OPERATOR_ID) => operators.get(id)?.attempts.failures,
    attempts: () => operators.get(OPERATOR_ID)?.attempts,
    wrong: (code: ErrorCode = 'PASSPHRASE_WRONG', id = OPERATOR_ID) =>
      attempt(async () => Promise.reject(refusal(code)), id),
    right: (shows: Proven<string>['shows'] = 'everything') =>
      attempt(async () => ({ shows, record: () => undefined, value: 'in' })),
    audited: () =>
      audit
        .entries(0, 1000)
        .filter(({ kind }) => kind === 'operator_attempt_failed')
        .map(({ fields }) => JSON.parse(fields) as { reason: string; failures: number }),
  };
}

/** The same data folder, opened by a program that starts now. */
function restarted({ store, folder, clock }: ReturnType<typeof desk>) {
  store.close();
  return desk(folder, clock);
}

function refusal(code: ErrorCode): DeskError {
  return new DeskError(code, { message: 'No.', remedy: 'Try again.', retry: 'safe' });
}

/** An attempt that never ends, as one that a kill cuts off. */
const cutOff = () => new Promise<never>(() => undefined);

describe('wrong attempts', () => {
  it('wait none, none, two, four, eight seconds, and fifteen minutes at the most', () => {
    const seconds = Array.from({ length: 16 }, (_, failures) => delayAfter(failures) / 1000);
    expect(seconds).toEqual([0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
    expect(delayAfter(5_000)).toBe(900_000);
  });

  it('after the second are refused until their time, with nothing checked and nothing counted', async () => {
    const { clock, wrong, right, failures } = desk();
    for (let count = 1; count <= 3; count += 1) expect(await wrong()).toBe('PASSPHRASE_WRONG');
    clock.ms += 1_999;
    expect(await right()).toBe('SIGN_IN_DELAYED');
    expect(failures()).toBe(3);
    clock.ms += 1;
    expect(await right()).toBe('in');
  });

  it.each([
    [3, 500, '2 seconds'],
    [3, 1_500, '1 second'],
    [12, 0, '15 minutes'],
  ])('after %i, %i ms later, are told how long to wait', async (failures, passed, words) => {
    const { clock, store, operators, now } = desk();
    store.run(
      `UPDATE operator SET failures = ${failures}, countedAt = '${isoTime(now())}', notBefore = '2999-01-01T00:00:00Z'
       WHERE id = '${OPERATOR_ID}'`,
    );
    clock.ms += passed;
    const delayed = countedAttempt({ operators, now }, OPERATOR_ID, cutOff);
    await expect(delayed).rejects.toMatchObject({
      code: 'SIGN_IN_DELAYED',
      message: `After ${failures} wrong attempts in a row the next one as Ada Lovelace has to wait ${words}. Nothing was checked.`,
      remedy: expect.stringContaining(words),
      retry: 'safe',
    });
  });

  it.each(['PASSPHRASE_WRONG', 'TOTP_WRONG', 'TOTP_CLOCK_SKEW', 'RECOVERY_CODE_WRONG'] as const)(
    'are counted and audited for %s',
    async (code) => {
      const { wrong, audited } = desk();
      await wrong(code);
      await wrong('PASSPHRASE_WRONG');
      expect(audited()).toEqual([
        { operatorId: OPERATOR_ID, reason: code, failures: 1 },
        { operatorId: OPERATOR_ID, reason: 'PASSPHRASE_WRONG', failures: 2 },
      ]);
    },
  );

  it.each(['KEYCHAIN_LOCKED', 'KEYCHAIN_TIMEOUT', 'VAULT_CORRUPT', 'SIGN_IN_FORBIDDEN'] as const)(
    'are not those that end with %s, which says nothing of who typed',
    async (code) => {
      const { wrong, audited, attempts } = desk();
      await wrong(code);
      expect(attempts()).toEqual(NO_ATTEMPTS);
      expect(audited()).toEqual([]);
    },
  );

  it('are forgotten once everything was right, and not before', async () => {
    const { wrong, right, failures } = desk();
    await wrong();
    await right('part');
    expect(failures()).toBe(1);
    await right('everything');
    expect(failures()).toBe(0);
  });

  it('of one operator do not delay another', async () => {
    const { wrong, right, failures } = desk();
    for (let count = 1; count <= 4; count += 1) await wrong('PASSPHRASE_WRONG', OTHER_ID);
    expect([failures(OPERATOR_ID), failures(OTHER_ID)]).toEqual([0, 3]);
    expect(await right()).toBe('in');
  });

  it('are still counted after a restart', async () => {
    const before = desk();
    const { clock, wrong } = before;
    for (let count = 1; count <= 5; count += 1) {
      await wrong();
      clock.ms += 10_000;
    }
    clock.ms -= 9_000;
    const later = restarted(before);
    expect(later.failures()).toBe(5);
    expect(await later.right()).toBe('SIGN_IN_DELAYED');
  });

  it('are counted before the secret is checked, so that a kill meanwhile gives no free try', async () => {
    const { attempt, store, folder, clock } = desk();
    void attempt(cutOff);
    store.close();

    const later = desk(folder, clock);
    expect(later.attempts()).toMatchObject({ failures: 1, open: true });
    await later.wrong();
    expect(later.audited()).toEqual([
      { operatorId: OPERATOR_ID, reason: 'INTERRUPTED', failures: 1 },
      { operatorId: OPERATOR_ID, reason: 'PASSPHRASE_WRONG', failures: 2 },
    ]);
  });

  it('that a kill cut off delay those after it like any other', async () => {
    let now = desk();
    for (let count = 1; count <= 3; count += 1) {
      void now.attempt(cutOff);
      now = restarted(now);
    }
    expect(await now.right()).toBe('SIGN_IN_DELAYED');
    now.clock.ms += 2_000;
    expect(await now.right()).toBe('in');
  });

  it('keep their count where what a right one records cannot be stored', async () => {
    const { wrong, attempt, failures } = desk();
    await wrong();
    const outcome = await attempt(async () => ({
      shows: 'everything',
      record: () => {
        throw refusal('DISK_FULL');
      },
      value: 'in',
    }));
    expect(outcome).toBe('DISK_FULL');
    expect(failures()).toBe(1);
  });
});

describe('a clock', () => {
  it('that is set back begins the wait anew, whole and no longer', async () => {
    const { clock, wrong, right, attempts } = desk();
    for (let count = 1; count <= 5; count += 1) {
      clock.ms += 60_000;
      await wrong();
    }
    clock.ms += 7_000;
    clock.ms -= 86_400_000;
    expect(await right()).toBe('SIGN_IN_DELAYED');
    expect(attempts()?.failures).toBe(5);
    clock.ms += 7_999;
    expect(await right()).toBe('SIGN_IN_DELAYED');
    clock.ms += 1;
    expect(await right()).toBe('in');
  });

  it('of the far future in the database makes nobody wait longer than the delay', async () => {
    const { wrong, right, clock, store } = desk();
    for (let count = 1; count <= 3; count += 1) await wrong();
    store.run(`UPDATE operator SET notBefore = '2999-01-01T00:00:00.000Z' WHERE id = '${OPERATOR_ID}'`);
    expect(await right()).toBe('SIGN_IN_DELAYED');
    clock.ms += 2_000;
    expect(await right()).toBe('in');
  });

  it('that jumps back however often never lets attempts follow each other faster than the delays', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 1_000_000 }) }),
      fc.record({ kind: fc.constant('back' as const), ms: fc.integer({ min: 0, max: 10_000_000 }) }),
      fc.record({
        kind: fc.constantFrom('wrong' as const, 'killed' as const),
        ms: fc.integer({ min: 0, max: 3_000 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        let state: AttemptState = NO_ATTEMPTS;
        let [real, clock, lastEnd, failures] = [0, START, 0, 0];
        for (const { kind, ms } of acts) {
          if (kind === 'back') {
            clock -= ms;
            continue;
          }
          if (kind === 'wait') {
            real += ms;
            clock += ms;
            continue;
          }
          const wait = waitOf(state, new Date(clock));
          state = wait.state;
          expect(wait.ms).toBeLessThanOrEqual(delayAfter(failures));
          if (wait.ms > 0) continue;
          expect(real - lastEnd).toBeGreaterThanOrEqual(delayAfter(failures));
          state = begun(state, new Date(clock));
          failures += 1;
          // A kill takes effect at once; a check that ends takes its time.
          if (kind === 'wrong') {
            real += ms;
            clock += ms;
            state = failed(state, new Date(clock));
          }
          lastEnd = real;
          expect(state.failures).toBe(failures);
        }
      }),
    );
  });
});
