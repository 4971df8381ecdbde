import { describe, expect, it } from 'vitest';
import { fittingRecoveryCode, makeRecoveryCodes } from '../../../electron/operator/recovery-codes.ts';

const ADA = 'O-00000000a1';
const GRACE = 'O-00000000b2';

function made(operatorId = ADA) {
  const { shown, stored } = makeRecoveryCodes(operatorId);
  return { shown, stored: stored.map((code) => ({ ...code, usedAt: null })) };
}

describe('recovery codes', () => {
  it('are ten, of 80 bits each, in groups of four', () => {
    const { shown, stored } = made();
    expect(new Set(shown).size).toBe(10);
    expect(stored).toHaveLength(10);
    for (const code of shown) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('use every digit of their alphabet', () => {
    const digits = Array.from({ length: 40 }, () => made().shown.join(''))
      .join('')
      .replaceAll('-', '');
    expect(new Set(digits).size).toBe(32);
  });

  it('are stored as hashes alone, each with a salt of its own', () => {
    const { shown, stored } = made();
    const text = JSON.stringify(stored).toUpperCase();
    for (const code of shown) expect(text).not.toContain(code.replaceAll('-', ''));
    expect(new Set(stored.map(({ salt }) => salt)).size).toBe(10);
  });

  it('fit however they are grouped and written', () => {
    const { shown, stored } = made();
    for (const [index, code] of shown.entries()) {
      expect(fittingRecoveryCode(ADA, code, stored)).toBe(stored[index]);
      const careless = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
      expect(fittingRecoveryCode(ADA, careless, stored)).toBe(stored[index]);
    }
  });

  it('fit nobody else, also where the rows were copied', () => {
    const { shown, stored } = made();
    expect(fittingRecoveryCode(GRACE, shown[0] ?? '', stored)).toBeNull();
  });

  it('that were used fit no more', () => {
    const { shown, stored } = made();
    const used = stored.map((code, index) =>
      index === 0 ? { ...code, usedAt: '2026-01-01T00:00:00Z' } : code,
    );
    expect(fittingRecoveryCode(ADA, shown[0] ?? '', used)).toBeNull();
    expect(fittingRecoveryCode(ADA, shown[1] ?? '', used)).toBe(used[1]);
  });

  it.each(['', '0', 'UUUU-UUUU-UUUU-UUUU', '0000-0000-0000-0000', '0'.repeat(17), '0'.repeat(10_000)])(
    'do not fit %j',
    (typed) => {
      expect(fittingRecoveryCode(ADA, typed, made().stored)).toBeNull();
    },
  );
});
