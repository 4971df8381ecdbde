/**
 * Recovery codes: each stands in for a one-time code once. They are shown when they are made, and only what they hash to
 * is kept. They are random, 80 bits each, so that nobody can try them all: one pass of HMAC-SHA-256 is enough, where a
 * passphrase, which people choose, needs a slow one.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { NewRecoveryCode, StoredRecoveryCode } from '../store/operator-factors.ts';
import type { Hex } from '../../shared/values.ts';

const RECOVERY_CODES = 10;
const CODE_BYTES = 10;
const SALT_BYTES = 16;
/** Crockford's base32: no I, L, O, U. @see https://www.crockford.com/base32.html */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_DIGIT = 5n;
const CODE_DIGITS = (CODE_BYTES * 8) / Number(BITS_PER_DIGIT);
const FORM = new RegExp(`^[${DIGITS}]{${CODE_DIGITS}}$`);

export interface MadeRecoveryCodes {
  /** For the person, in groups of four. */
  readonly shown: readonly string[];
  readonly stored: readonly NewRecoveryCode[];
}

/** New codes for an operator. */
export function makeRecoveryCodes(operatorId: string): MadeRecoveryCodes {
  const codes = Array.from({ length: RECOVERY_CODES }, randomCode);
  return {
    shown: codes.map((code) => code.replace(/(.{4})(?!$)/g, '$1-')),
    stored: codes.map((code) => {
      const salt = randomBytes(SALT_BYTES);
      return { hash: hashOf(operatorId, salt, code), salt: `0x${salt.toString('hex')}` };
    }),
  };
}

/** The stored code that was typed, or null when there is none, or it was used before. */
export function fittingRecoveryCode(
  operatorId: string,
  typed: string,
  stored: readonly StoredRecoveryCode[],
): StoredRecoveryCode | null {
  const code = plainCode(typed);
  if (code === null) return null;
  const fits = stored.filter(({ salt, hash }) =>
    sameHash(hashOf(operatorId, Buffer.from(salt.slice(2), 'hex'), code), hash),
  );
  return fits.find(({ usedAt }) => usedAt === null) ?? null;
}

/** In capitals and without what groups it; digits that look alike are the one they are taken for. */
function plainCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return FORM.test(code) ? code : null;
}

function randomCode(): string {
  const number = BigInt(`0x${randomBytes(CODE_BYTES).toString('hex')}`);
  return Array.from({ length: CODE_DIGITS }, (_, index) => {
    const shift = BITS_PER_DIGIT * BigInt(CODE_DIGITS - 1 - index);
    return DIGITS.charAt(Number((number >> shift) & 31n));
  }).join('');
}

/** Bound to the operator: a row that is copied to another fits nobody. */
function hashOf(operatorId: string, salt: Uint8Array, code: string): Hex {
  return `0x${createHmac('sha256', salt).update(`${operatorId} ${code}`).digest('hex')}`;
}

function sameHash(one: Hex, other: Hex): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
