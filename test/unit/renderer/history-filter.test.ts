import { describe, expect, it } from 'vitest';
import { filteredRecoveries, sortedRecoveries } from '../../../renderer/features/history/history-filter.ts';
import { sampleRecoveries } from '../../support/fake-desk-data.ts';

const RECOVERIES = sampleRecoveries(30);

describe('the history', () => {
  it('has every recovery under exactly one of its states', () => {
    const parts = (['open', 'completed', 'token_failures', 'not_done'] as const).map(
      (filter) => filteredRecoveries(RECOVERIES, filter, '').length,
    );

    expect(parts.reduce((sum, count) => sum + count, 0)).toBe(RECOVERIES.length);
  });

  it('is found by part of a name in any case, and by a wallet', () => {
    const [first] = RECOVERIES;

    expect(filteredRecoveries(RECOVERIES, 'all', ' MAREN ')).toContain(first);
    expect(filteredRecoveries(RECOVERIES, 'all', first?.lostWallet ?? '')).toEqual([first]);
  });

  it('stands with the newest first when sorted by its beginning downwards', () => {
    const sorted = sortedRecoveries(RECOVERIES, { column: 'begun', direction: 'descending' });

    expect(sorted[0]?.id).toBe(RECOVERIES[0]?.id);
  });
});
