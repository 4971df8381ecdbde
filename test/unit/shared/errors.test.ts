import { describe, expect, it } from 'vitest';
import { DeskError, ERRORS, asDeskError } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';

const CODES = Object.keys(ERRORS) as readonly ErrorCode[];

describe('error codes', () => {
  it.each(CODES)('%s has a group and a meaning', (code) => {
    const [group, meaning] = ERRORS[code];
    expect(['input', 'blocked', 'verification', 'failed']).toContain(group);
    expect(meaning).toMatch(/^[a-z].{10,}[^.]$/);
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
  });

  it('have meanings that tell them apart', () => {
    const meanings = CODES.map((code) => ERRORS[code][1]);
    expect(new Set(meanings).size).toBe(meanings.length);
  });
});

describe('DeskError', () => {
  const parts = { message: 'What happened.', remedy: 'What to do.', retry: 'safe' as const };

  it('leaves the process without its cause and without a stack', () => {
    const error = new DeskError('RPC_ERROR', { ...parts, cause: new Error('a secret') });

    expect(JSON.parse(JSON.stringify(error))).toEqual({ code: 'RPC_ERROR', ...parts });
  });

  it('keeps a coded error as it is, and makes anything else a fault of the program that says nothing of it', () => {
    const coded = new DeskError('RPC_ERROR', parts);
    const wrapped = asDeskError(new Error('a secret'));

    expect(asDeskError(coded)).toBe(coded);
    expect(wrapped.code).toBe('INTERNAL');
    expect(JSON.stringify(wrapped)).not.toContain('a secret');
  });

  it('tells whoever meets such a fault what to do, at the window as in the terminal', () => {
    expect(asDeskError(new Error('a fault')).remedy).not.toContain('`');
  });
});
