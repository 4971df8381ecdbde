/** Starts steps in the journal, with the absolute facts that their outcome is measured against (DESIGN 4.5). */
import type { PlanStep } from '../../shared/plan.ts';
import { stepRow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';

/** Of steps that are pending, before their first transaction is stored or their call is handed out. */
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
    if (row.state !== 'pending') continue;
    const baseline =
      step.token === null
        ? { block: reader.block.number }
        : {
            block: reader.block.number,
            lost: told(lost, step.token),
            replacement: told(replacement, step.token),
          };
    journal.startStep(run.id, step.name, row.attempt, baseline);
    run.context.checkpoint(`started:${step.phase}`);
  }
}
