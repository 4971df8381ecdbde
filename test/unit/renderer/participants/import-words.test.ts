import { describe, expect, it } from 'vitest';
import { editOf } from '../../../../renderer/features/participant/person-draft.ts';
import {
  changeCount,
  changeWords,
  moreWords,
  toldCount,
} from '../../../../renderer/features/participants/import-words.ts';
import type { ImportPreview } from '../../../../shared/people-import.ts';

const preview: ImportPreview = {
  fileName: 'people.csv',
  format: 'csv',
  digest: `0x${'0'.repeat(64)}`,
  rows: 3,
  added: 1,
  changed: 2,
  unchanged: 4,
  kept: 0,
  missing: 8,
  removesMissing: false,
  changes: [],
  errors: [],
  errorCount: 0,
};

describe('an import in words', () => {
  it('counts whom it changes, and those who are missing only where they go', () => {
    expect(changeCount(preview)).toBe(3);
    expect(changeCount({ ...preview, removesMissing: true })).toBe(11);
  });

  it('tells of more than it changes where wallets stay lost against the file', () => {
    expect([changeCount({ ...preview, kept: 2 }), toldCount({ ...preview, kept: 2 })]).toEqual([3, 5]);
  });

  it('names the line, the person and what changes', () => {
    const change = { line: 7, kind: 'changed' as const, id: 'p-1', name: 'Ann', what: ['a', 'b'] };
    expect(changeWords(change)).toBe('Line 7: Ann (p-1) changes: a; b');
    expect(changeWords({ line: null, kind: 'removed', id: 'p-2', name: null, what: [] })).toBe(
      'p-2 is removed',
    );
    const kept = { line: 2, kind: 'kept' as const, id: 'p-3', name: null, what: ['a stays'] };
    expect(changeWords(kept)).toBe('Line 2: p-3 stays as it is: a stays');
    expect([moreWords(0), moreWords(1200)]).toEqual(['', 'and 1,200 more']);
  });
});

describe('what is typed of a person', () => {
  it('becomes a name, addresses line by line, and nothing where nothing is typed', () => {
    expect(editOf({ name: ' Ann ', wallets: '0xa\n\n  0xb ', effective: ' ' })).toEqual({
      name: 'Ann',
      wallets: ['0xa', '0xb'],
      effectiveWallet: null,
    });
  });
});
