/** What must hold, in the run's answer and on chain, when a fault has not kept a recovery from completing. */
import { expect } from 'vitest';
import { countEffects, expectOnce } from './effects.ts';
import type { FaultScene } from './fault-scene.ts';
import { replacementIn, resultOf } from './recovery-runs.ts';
import type { TerminalRun } from './terminal.ts';

/** Holds the recovery of jonas-weir to be complete, with each effect there once. */
export async function expectJonasRecovered(
  { desk, data, before }: FaultScene,
  run: TerminalRun,
): Promise<void> {
  expect(run.code, run.stderr).toBe(0);
  expect(resultOf(run)).toMatchObject({ status: 'completed', tokens: { recovered: 2, failed: 0 } });
  const person = desk.person('jonas-weir');
  expectOnce(await countEffects(desk, person, replacementIn(data), before), person, 'not contained');
}
