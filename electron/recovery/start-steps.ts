/** Starts steps in the journal, with the absolute facts that their outcome is measured against (DESIGN 4.5). */
import { isHandedOut } from '../../shared/journal.ts';
import type { StepRow } from '../../shared/journal.ts';
import type { Address } from '../../shared/address.ts';
import { walletOfStep } from '../../shared/plan.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { PinnedReader } from '../chain/types.ts';
import type { Holding } from '../protocols/recovery-protocol.ts';
import { stepRow, transactionsOf, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';

/** Whether nothing of the attempt may have happened: what it is measured against can still change. */
function isUnsigned(run: Run, row: StepRow): boolean {
  const signed = transactionsOf(run, row).some(({ state }) => state !== 'intended' && state !== 'abandoned');
  return !signed && !isHandedOut(run.context.journal.handOuts(run.id), row);
}

/** What each lost wallet and its replacement hold of the tokens that the steps are about. */
async function holdingsOf(
  { plan, system }: Run,
  reader: PinnedReader,
  steps: readonly PlanStep[],
): Promise<ReadonlyMap<Address, readonly Holding[]>> {
  const asked = new Map<Address, Set<Address>>();
  for (const step of steps) {
    const { lostWallet, replacement } = walletOfStep(plan, step);
    if (step.token === null) continue;
    for (const wallet of [lostWallet, replacement.address])
      asked.set(wallet, (asked.get(wallet) ?? new Set()).add(step.token));
  }
  const read = [...asked].map(
    async ([wallet, tokens]) => [wallet, await system.holdings(reader, [...tokens], wallet)] as const,
  );
  return new Map(await Promise.all(read));
}

/**
 * Before the first transaction is signed, or the call handed out. Of a step that an earlier run had started the facts are
 * taken anew, for others may have changed them meanwhile.
 */
export async function startSteps(run: Run, steps: readonly PlanStep[]): Promise<void> {
  const { journal } = run.context;
  const { reader } = await viewAt(run);
  const holdings = await holdingsOf(run, reader, steps);
  const told = (wallet: Address, token: string | null) => {
    const row = holdings.get(wallet)?.find((holding) => holding.token === token);
    return row === undefined
      ? null
      : { balance: row.balance.toString(), frozen: row.frozen.toString(), addressFrozen: row.addressFrozen };
  };
  for (const step of steps) {
    const row = stepRow(run, step);
    const { lostWallet, replacement } = walletOfStep(run.plan, step);
    const baseline =
      step.token === null
        ? { block: reader.block.number }
        : {
            block: reader.block.number,
            lost: told(lostWallet, step.token),
            replacement: told(replacement.address, step.token),
          };
    if (row.state === 'pending') journal.startStep(run.id, step.name, row.attempt, baseline);
    else if (isUnsigned(run, row)) journal.renewBaseline(run.id, step.name, row.attempt, baseline);
    run.context.checkpoint(`started:${step.phase}`);
  }
}
