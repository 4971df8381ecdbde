import { describe, expect, it } from 'vitest';
import { phaseReports } from '../../../electron/recovery/phase-reports.ts';
import type { StepRow } from '../../../shared/journal.ts';
import type { PhaseReport } from '../../../shared/outcome.ts';
import { PHASES } from '../../../shared/phases.ts';
import type { PhaseName } from '../../../shared/phases.ts';
import { samplePlan } from '../store/records.ts';
import { row, snapshotOf } from './journal-rows.ts';

const plan = samplePlan();

function report(name: PhaseName, rows: readonly StepRow[], of = plan): PhaseReport {
  const found = phaseReports(snapshotOf(rows), of).find((phase) => phase.name === name);
  if (found === undefined) throw new Error(`no phase ${name}`);
  return found;
}

function tokens(...states: readonly StepRow['state'][]): readonly StepRow[] {
  return states.map((state, index) => row(`recover_token:${index}`, 'recover_tokens', { state }));
}

describe('phases', () => {
  it('are reported all nine, in their order, whatever the order of the steps', () => {
    const reports = phaseReports(snapshotOf([row('verify', 'verify'), row('a', 'create_wallet')]), plan);

    expect(reports.map((phase) => phase.name)).toEqual(PHASES);
  });

  it.each<readonly [readonly StepRow['state'][], string]>([
    [['pending', 'pending'], 'pending'],
    [['pending', 'done'], 'running'],
    [['running', 'done'], 'running'],
    [['done', 'done'], 'done'],
    [['done', 'failed'], 'partly'],
    [['failed', 'failed'], 'failed'],
    [['failed', 'skipped'], 'failed'],
    [['skipped', 'skipped'], 'skipped'],
    [['done', 'skipped'], 'done'],
  ])('with steps %j are %s', (states, status) => {
    expect(report('recover_tokens', tokens(...states)).status).toBe(status);
  });

  it.each<readonly [readonly StepRow['state'][], string]>([
    [['pending', 'pending'], 'skipped'],
    [['running'], 'failed'],
    [['pending', 'done'], 'partly'],
  ])('of a recovery that has ended, with steps %j, are %s, and say so', (states, status) => {
    const { recovery, ...rest } = snapshotOf(tokens(...states));
    const snapshot = { ...rest, recovery: { ...recovery, status: 'failed' as const } };

    const found = phaseReports(snapshot, plan).find(({ name }) => name === 'recover_tokens');

    expect(found).toMatchObject({ status, reason: 'the recovery ended before this was done' });
  });

  it('are judged by the newest attempt of each step', () => {
    const rows = [
      row('recover_token:0', 'recover_tokens', { state: 'failed', attempt: 1 }),
      row('recover_token:0', 'recover_tokens', { state: 'done', attempt: 2 }),
    ];

    expect(report('recover_tokens', rows).status).toBe('done');
  });

  it('with a failure say why: one step by its own words, several by their count', () => {
    const one = [row('verify', 'verify', { state: 'failed', message: 'It does not stand.' })];

    expect(report('verify', one).reason).toBe('It does not stand.');
    expect(report('recover_tokens', tokens('done', 'failed', 'failed')).reason).toBe('2 of 3 failed');
  });

  it.each<readonly [PhaseName, Partial<typeof plan>, string]>([
    ['contain', {}, 'does not say that the wallet is compromised'],
    ['contain', { reason: 'compromised' }, 'may freeze'],
    ['recover_tokens', {}, 'no token is in scope'],
    ['recover_identity', { adopts: true }, 'done before'],
  ])('%s without a step is skipped, and says why', (phase, over, why) => {
    const empty = report(phase, [], { ...plan, ...over });

    expect(empty.status).toBe('skipped');
    expect(empty.reason).toContain(why);
    expect(empty.startedAt).toBeNull();
  });

  it('have begun with their first step and ended with their last, and end only when all have', () => {
    const times = (startedAt: string, finishedAt: string | null): Partial<StepRow> => ({
      startedAt,
      finishedAt,
    });
    const early = row(
      'recover_token:0',
      'recover_tokens',
      times('2026-01-01T00:00:01Z', '2026-01-01T00:00:05Z'),
    );
    const late = row(
      'recover_token:1',
      'recover_tokens',
      times('2026-01-01T00:00:02Z', '2026-01-01T00:00:09Z'),
    );

    expect(report('recover_tokens', [late, early])).toMatchObject({
      startedAt: '2026-01-01T00:00:01Z',
      finishedAt: '2026-01-01T00:00:09Z',
    });
    expect(
      report('recover_tokens', [early, { ...late, state: 'running', finishedAt: null }]).finishedAt,
    ).toBeNull();
  });
});
