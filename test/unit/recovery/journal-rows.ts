/** Journal rows as reports read them, with only what a test wants different. */
import type { RecoverySnapshot, StepRow } from '../../../shared/journal.ts';
import type { StepPhase } from '../../../shared/phases.ts';
import { OPERATOR, TIME, address, hash } from '../store/records.ts';

export function row(name: string, phase: StepPhase, over: Partial<StepRow> = {}): StepRow {
  return {
    recoveryId: 'R-1',
    name,
    attempt: 1,
    phase,
    state: 'done',
    baseline: null,
    outcome: null,
    reason: null,
    message: null,
    remedy: null,
    startedAt: TIME,
    finishedAt: TIME,
    ...over,
  };
}

export function snapshotOf(steps: readonly StepRow[]): RecoverySnapshot {
  return {
    recovery: {
      id: 'R-1',
      caseId: 'case-1',
      participantId: 'p-1',
      chainId: 31337,
      lostWallet: address(1),
      planDigest: hash(1),
      previewDigest: hash(2),
      flowVersion: 1,
      operator: OPERATOR,
      status: 'running',
      statusReason: null,
      noReturnAt: null,
      highestCost: null,
      profile: null,
      claimsOf: null,
      createdAt: TIME,
      finishedAt: null,
    },
    steps,
    transactions: [],
    confirmedBy: [OPERATOR],
    handOuts: [],
    handOver: [],
  };
}
