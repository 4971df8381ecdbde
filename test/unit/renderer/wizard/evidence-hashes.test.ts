import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../../../renderer/features/wizard/evidence-hashes.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

describe('evidence hashes', () => {
  it('are read one a line, also as sha256sum prints them', () => {
    expect(readEvidence(`${A}  passport.pdf\n\n${B} *call.wav\n`)).toEqual({ hashes: [A, B], problem: null });
  });

  it('are taken in capitals and with a prefix', () => {
    expect(readEvidence(`SHA256:${A.toUpperCase()}\n0x${B}`).hashes).toEqual([A, B]);
  });

  it('count once when given twice', () => {
    expect(readEvidence(`${A}\n${A}`).hashes).toEqual([A]);
  });

  it('say which line is wrong and how long it is', () => {
    expect(readEvidence(`${A}\nabc123`).problem).toBe('Line 2 is no sha256: it has 6 digits instead of 64.');
  });

  it('say what a hash looks like where a line is something else', () => {
    expect(readEvidence('passport.pdf').problem).toMatch(/^Line 1 is no sha256: a sha256 is 64 characters/);
  });

  it('are refused past what a case takes', () => {
    const many = Array.from({ length: 101 }, (_, index) => index.toString(16).padStart(64, '0')).join('\n');
    expect(readEvidence(many).problem).toContain('101 hashes');
  });
});
