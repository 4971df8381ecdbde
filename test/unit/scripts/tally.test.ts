import { describe, expect, it } from 'vitest';
import { playwrightTallyOf, summaryLine, sumOf, tallyOf } from '../../../resources/scripts/tally.mjs';

const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe('counting a suite', () => {
  it('takes the tests as they are', () => {
    expect(tallyOf({ ...clean, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }, 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 3,
    });
  });

  it('counts a run that left no report as a failure', () => {
    expect(tallyOf(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a file that broke before its tests as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(tallyOf({ ...clean, testResults }, 1).failed).toBe(1);
  });

  it('does not count the file of a failed test a second time', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(tallyOf({ ...clean, numFailedTests: 1, testResults }, 1).failed).toBe(1);
  });

  it('counts a bad end without a failed test as a failure', () => {
    expect(tallyOf(clean, 1).failed).toBe(1);
  });

  it('counts a suite in which nothing ran as a failure', () => {
    expect(tallyOf({ ...clean, numPassedTests: 0, numPendingTests: 4 }, 0).failed).toBe(1);
  });
});

describe('the last line', () => {
  it('sums all runners and names skipped tests only where there are any', () => {
    const one = { passed: 3, failed: 0, skipped: 0 };
    expect(summaryLine(sumOf([one, { passed: 2, failed: 1, skipped: 0 }]))).toBe('5 passed, 1 failed');
    expect(summaryLine(sumOf([one, { passed: 0, failed: 0, skipped: 2 }]))).toBe(
      '3 passed, 0 failed, 2 skipped',
    );
  });
});

describe('counting the suite of the window', () => {
  const stats = { expected: 4, unexpected: 0, flaky: 0, skipped: 1 };

  it('takes the tests as they are', () => {
    expect(playwrightTallyOf({ stats, errors: [] }, 0)).toEqual({ passed: 4, failed: 0, skipped: 1 });
  });

  it('counts what passed only when tried again, and faults outside of tests, as failures', () => {
    const report = { stats: { ...stats, unexpected: 1, flaky: 2 }, errors: [{}] };
    expect(playwrightTallyOf(report, 1).failed).toBe(4);
  });

  it('counts a run that left no report, ended badly or ran nothing as a failure', () => {
    expect(playwrightTallyOf(undefined, 0).failed).toBe(1);
    expect(playwrightTallyOf({ stats, errors: [] }, 1).failed).toBe(1);
    expect(playwrightTallyOf({ stats: { ...stats, expected: 0 }, errors: [] }, 0).failed).toBe(1);
  });
});
