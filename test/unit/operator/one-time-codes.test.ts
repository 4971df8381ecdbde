import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { Secret, TOTP, URI } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { newCodeEnrolment } from '../../../electron/operator/code-enrolment.ts';
import { OneTimeCodes, newCodeSecret, stepOf } from '../../../electron/operator/one-time-codes.ts';
import type { CodeVerdict } from '../../../electron/operator/one-time-codes.ts';

/** The secret of RFC 6238, appendix B, for SHA-1. */
const RFC_SECRET = Secret.fromLatin1('12345678901234567890').base32;
const NOW = new Date('2026-01-02T03:04:05.000Z');
const STEP = stepOf(NOW);

/** The code of an authenticator whose clock shows another step. */
function codeAt(step: number, secret = RFC_SECRET): string {
  return new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp: step * 30_000,
  });
}

function judge(typed: string, used: number | null = null, now = NOW) {
  const codes = new OneTimeCodes(RFC_SECRET);
  const verdict = codes.judge(typed, now, used);
  codes.close();
  return verdict;
}

interface Typed {
  readonly code: string;
  readonly base32: string;
  /** That of now. */
  readonly step: number;
  readonly used: number | null;
}

/** Whether the step that a verdict names has this code, was not used, and is as near as is said. Two may have one code. */
function lawful(verdict: CodeVerdict, { code, base32, step, used }: Typed): boolean {
  if (verdict.fits === 'used' || verdict.fits === 'never') return true;
  const away = Math.abs(verdict.step - step);
  const near = verdict.fits === 'now' ? away <= 1 : away >= 2 && away <= 20;
  return near && verdict.step > (used ?? -1) && codeAt(verdict.step, base32) === code;
}

describe('a one-time code', () => {
  // RFC 6238, appendix B; of its eight digits the last six.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %i is that of the RFC', (seconds, code) => {
    expect(judge(code, null, new Date(seconds * 1000))).toEqual({
      fits: 'now',
      step: Math.floor(seconds / 30),
    });
  });

  it.each([-1, 0, 1])('of %i steps from now is taken', (away) => {
    expect(judge(codeAt(STEP + away))).toEqual({ fits: 'now', step: STEP + away });
  });

  it('may be typed in groups', () => {
    const code = codeAt(STEP);
    expect(judge(` ${code.slice(0, 3)} ${code.slice(3)} `)).toEqual({ fits: 'now', step: STEP });
  });

  it('is taken for no step twice, nor after a later one', () => {
    expect(judge(codeAt(STEP), STEP)).toEqual({ fits: 'used' });
    expect(judge(codeAt(STEP - 1), STEP)).toEqual({ fits: 'used' });
    expect(judge(codeAt(STEP + 1), STEP)).toEqual({ fits: 'now', step: STEP + 1 });
    expect(judge(codeAt(STEP - 9), STEP)).toEqual({ fits: 'used' });
  });

  it.each([-20, -2, 2, 20])(
    'of %i steps from now shows by how much clocks differ, and is not taken',
    (away) => {
      expect(judge(codeAt(STEP + away))).toEqual({
        fits: 'other_time',
        step: STEP + away,
        seconds: away * 30,
      });
    },
  );

  it.each([-21, 21])('of %i steps from now fits nothing', (away) => {
    expect(judge(codeAt(STEP + away))).toEqual({ fits: 'never' });
  });

  it.each(['', '12345', '1234567', 'abcdef', '００００００', '-12345', '1e5000'])(
    'that is %j fits nothing',
    (typed) => {
      expect(judge(typed)).toEqual({ fits: 'never' });
    },
  );

  it('in the first minute of the epoch looks at no time before it', () => {
    expect(judge(codeAt(0), null, new Date(0))).toEqual({ fits: 'now', step: 0 });
  });

  it('is never taken unless it is of a step within one of now and after the last one used', () => {
    const secret = fc.uint8Array({ minLength: 20, maxLength: 20 });
    const distance = fc.integer({ min: -25, max: 25 });
    fc.assert(
      fc.property(
        secret,
        fc.integer({ min: 1_000, max: 2 ** 31 }),
        distance,
        fc.option(distance),
        fc.integer({ min: 0, max: 29_999 }),
        (bytes, step, away, lastAway, milliseconds) => {
          const base32 = new Secret({ buffer: bytes.buffer }).base32;
          const codes = new OneTimeCodes(base32);
          const now = new Date(step * 30_000 + milliseconds);
          const used = lastAway === null ? null : step + lastAway;
          const verdict = codes.judge(codeAt(step + away, base32), now, used);
          expect(lawful(verdict, { code: codeAt(step + away, base32), base32, step, used })).toBe(true);
          const unused = used === null || step + away > used;
          expect(verdict.fits === 'now' || !(Math.abs(away) <= 1 && unused)).toBe(true);
        },
      ),
    );
  });
});

describe('the secret of one-time codes', () => {
  it('is 160 random bits in base32', () => {
    const secrets = new Set(Array.from({ length: 50 }, newCodeSecret));
    expect(secrets.size).toBe(50);
    for (const secret of secrets) expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
  });

  it('cannot be read out of what holds it, and judges nothing once closed', () => {
    const codes = new OneTimeCodes(RFC_SECRET);
    expect(JSON.stringify(codes)).toBe('{}');
    expect(inspect(codes, { showHidden: true, depth: 9 })).not.toContain(RFC_SECRET);
    codes.close();
    codes.close();
    expect(() => codes.judge('123456', NOW, null)).toThrow('closed');
  });
});

describe('the enrolment of an authenticator', () => {
  it('names the desk and the operator, and all that the codes are made with', () => {
    const { uri, secret } = newCodeEnrolment('Jürgen Groß, Desk: 2');
    const read = URI.parse(uri);
    expect(read).toMatchObject({
      issuer: 'Recovery Desk',
      label: 'Jürgen Groß, Desk: 2',
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
    });
    expect(read.secret.base32).toBe(secret);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Recovery%20Desk:J%C3%BCrgen/);
  });

  it('is drawn as a square with the three corners of a QR code, and no quiet zone: the window draws that', () => {
    const { qr } = newCodeEnrolment('Ada');
    expect(qr.every((row) => row.length === qr.length)).toBe(true);
    expect((qr.length - 17) % 4).toBe(0);
    // A corner: a dark square of seven, a light one in it, a dark one of three in that.
    const corner = [0, 1, 2, 3, 4, 5, 6].map((at) => at !== 1 && at !== 5);
    expect(qr[3]?.slice(0, 7)).toEqual(corner);
    expect(qr[3]?.slice(-7)).toEqual(corner);
    expect(qr.at(-4)?.slice(0, 7)).toEqual(corner);
    expect(qr[0]?.slice(0, 7)).not.toContain(false);
  });

  it('has another secret each time', () => {
    expect(newCodeEnrolment('Ada').secret).not.toBe(newCodeEnrolment('Ada').secret);
  });
});
