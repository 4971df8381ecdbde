import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { openPracticeDesk } from '../../support/practice-desk.ts';
import type { PracticeDesk } from '../../support/practice-desk.ts';
import { terminal } from '../../support/terminal.ts';

describe('recover', () => {
  let desk: PracticeDesk;

  beforeAll(async () => {
    desk = await openPracticeDesk();
  });
  beforeEach(() => desk.reset());
  afterAll(() => desk.close());

  it('completes a plain loss with every token on the replacement', async () => {
    const person = desk.person('jonas-weir');

    const run = await terminal(desk.recoverArgs(person, desk.freshData()));

    expect(run.stderr).not.toContain('Error');
    const result: RecoveryResult = JSON.parse(run.stdout);
    expect(run.code).toBe(0);
    expect(result.status).toBe('completed');
    expect(result.tokens).toEqual({ total: 2, recovered: 2, failed: 0, failures: [] });
  });

  it('recovers to an address whose holder proved control of it', async () => {
    const person = desk.person('jonas-weir');
    const data = desk.freshData();
    const { replacement, proof } = await desk.proofBy('replacement', person, data);

    const run = await terminal(
      desk.recoverArgs(person, data, '--replacement', replacement, '--proof', proof),
    );

    const result: RecoveryResult = JSON.parse(run.stdout);
    expect(result.replacementWallet).toBe(replacement);
    expect(result.status).toBe('completed');
  });
});
