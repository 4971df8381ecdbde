/** Starts steps in the journal, with the absolute facts that their outcome is measured against (DESIGN 4.5). */
import { isHandedOut } from '../../shared/journal.ts';
import type { StepRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import { stepRow, transactionsOf, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';

/** Whether nothing of the attempt may have happened: what it is measured against can still change. */
function isUnsigned(run: Run, row: StepRow): boolean {
  const signed = transactionsOf(run, row).some(({ state }) => state !== 'intended' && state !== 'abandoned');
  return !signed && !isHandedOut(run.context.journal.handOuts(run.id), row);
}

/**
 * Before the first transaction is signed, or the call handed out. Of a step that an earlier run had started the facts are
 * taken anew, for others may have changed them meanwhile.
 */
export async function startSteps(run: Run, steps: readonly PlanStep[]): Promise<void> {
  const { journal } = run.context;
  const { reader } = await viewAt(run);
  const tokens = steps.flatMap((step) => (step.token === null ? [] : [step.token]));
  const [lost, replacement] = await Promise.all([
    run.system.holdings(reader, tokens, run.plan.lostWallet),
    run.system.holdings(reader, tokens, run.plan.replacement.address),
  ]);
  const told = (rows: typeof lost, token: string | null) => {
    const row = rows.find((holding) => holding.token === token);
    return row === undefined
      ? null
      : { balance: row.balance.toString(), frozen: row.frozen.toString(), addressFrozen: row.addressFrozen };
  };
  for (const step of steps) {
    const row = stepRow(run, step);
    const baseline =
      step.token === null
        ? { block: reader.block.number }
        : {
            block: reader.block.number,
            lost: told(lost, step.token),
            replacement: told(replacement, step.token),
          };
    if (row.state === 'pending') journal.startStep(run.id, step.name, row.attempt, baseline);
    else if (isUnsigned(run, row)) journal.renewBaseline(run.id, step.name, row.attempt, baseline);
    run.context.checkpoint(`started:${step.phase}`);
  }
}
