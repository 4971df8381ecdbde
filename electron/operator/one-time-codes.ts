/**
 * One-time codes by the clock (RFC 6238: SHA-1, six digits, 30 seconds). A code is taken for the step of now and one
 * either side, and no step twice. One that fits a time further away is never taken: it shows that clocks differ.
 */
import { timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

export const ISSUER = 'Recovery Desk';
export const DIGITS = 6;
export const STEP_SECONDS = 30;
/** What authenticator programs all know. @see RFC 6238 section 1.2 */
export const ALGORITHM = 'SHA1';
/** As long as what the algorithm gives. @see RFC 4226 section 4, requirement 6 */
const SECRET_BYTES = 20;
/** Steps that a code may be off. @see RFC 6238 section 5.2 */
const WINDOW = 1;
/** Steps that are looked at to tell clocks that differ from a code that is wrong: ten minutes. */
const FAR = 20;

export type CodeVerdict =
  | { readonly fits: 'now'; readonly step: number }
  /** It is of a step that was used, or of one before that. */
  | { readonly fits: 'used' }
  /** It is of a time `seconds` after now, or before it where negative. */
  | { readonly fits: 'other_time'; readonly step: number; readonly seconds: number }
  | { readonly fits: 'never' };

/** A new secret: 160 random bits, in base32 as authenticator programs take it. */
export function newCodeSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The step that a time is in. */
export function stepOf(time: Date): number {
  return Math.floor(time.getTime() / 1000 / STEP_SECONDS);
}

/** Which steps are looked at, the nearest first. */
function nearestFirst(now: number, distance: number): readonly number[] {
  return Array.from({ length: 2 * distance + 1 }, (_, index) => {
    const away = Math.ceil(index / 2);
    return index % 2 === 0 ? now - away : now + away;
  }).filter((step) => step >= 0);
}

/**
 * The secret that an operator's codes are made from, until it is closed.
 * SECURITY: it lies in a private field, which no inspection, serialization or copy reaches.
 */
export class OneTimeCodes {
  #secret: Secret | null;

  /** @throws TypeError for what is no base32 */
  constructor(base32: string) {
    this.#secret = Secret.fromBase32(base32);
  }

  /**
   * What a typed code is worth; white space in it does not count.
   * @param used the last step that was used; null for none.
   * @throws Error once closed.
   */
  judge(typed: string, now: Date, used: number | null): CodeVerdict {
    const code = typed.replace(/\s/g, '');
    const current = stepOf(now);
    const fitting = nearestFirst(current, FAR).filter((step) => this.#fits(code, step));
    const unused = fitting.filter((step) => used === null || step > used);
    const taken = unused.find((step) => Math.abs(step - current) <= WINDOW);
    if (taken !== undefined) return { fits: 'now', step: taken };
    if (fitting.length > unused.length) return { fits: 'used' };
    const [step] = unused;
    if (step === undefined) return { fits: 'never' };
    return { fits: 'other_time', step, seconds: (step - current) * STEP_SECONDS };
  }

  /** Overwrites the secret. The text that it came as is left to the garbage collector. */
  close(): void {
    this.#secret?.bytes.fill(0);
    this.#secret = null;
  }

  /** SECURITY: takes the same time whichever digit differs. */
  #fits(code: string, step: number): boolean {
    if (this.#secret === null) throw new Error('the one-time codes are closed');
    const right = TOTP.generate({
      secret: this.#secret,
      algorithm: ALGORITHM,
      digits: DIGITS,
      period: STEP_SECONDS,
      timestamp: step * STEP_SECONDS * 1000,
    });
    const [typed, made] = [Buffer.from(code), Buffer.from(right)];
    return typed.length === made.length && timingSafeEqual(typed, made);
  }
}
