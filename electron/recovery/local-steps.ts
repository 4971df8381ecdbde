/** The steps of a recovery that are no transactions, and all steps in the order in which they are walked. */
import { DeskError } from '../../shared/errors.ts';
import type { Address } from '../../shared/address.ts';
import type { NewRecovery, StepEnd, StepRow } from '../../shared/journal.ts';
import { PHASES } from '../../shared/phases.ts';
import { walletsKept } from '../../shared/plan.ts';
import type { Plan, PlannedWallet } from '../../shared/plan.ts';
import { auditingRefusal } from './audited-refusal.ts';
import { directorySteps } from './directory-plan.ts';
import { isEnded, stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';

export function createWalletStep({ replacement }: Pick<PlannedWallet, 'replacement'>): string {
  return `create_wallet:${replacement.address}`;
}

export function verifyStep(plan: Plan): string {
  return `verify:${plan.lostWallet}`;
}

/** Replacements that this desk made and that were not proven to open yet. */
export function unprovenWallets(
  steps: readonly Pick<StepRow, 'name' | 'state'>[],
  plan: Plan,
): readonly Address[] {
  const proven = new Set(steps.flatMap(({ name, state }) => (state === 'done' ? [name] : [])));
  return walletsKept(plan).flatMap((wallet) =>
    isMade(wallet) && !proven.has(createWalletStep(wallet)) ? [wallet.replacement.address] : [],
  );
}

/** Whether the desk made the replacement's key. */
function isMade({ replacement }: Pick<PlannedWallet, 'replacement'>): boolean {
  return replacement.control === 'generated' && replacement.kind !== 'account';
}

/** Of several proofs the one that is asked for; null where there is none at all. */
export function proverAmong(
  provers: ReadonlyMap<Address, () => Promise<void>>,
): ((replacement: Address) => Promise<void>) | null {
  if (provers.size === 0) return null;
  return async (replacement) => {
    const prove = provers.get(replacement);
    if (prove === undefined) throw new Error(`nothing proves ${replacement}`);
    await prove();
  };
}

/** Every step of the plan with those that are none on chain, phase by phase. */
export function allSteps(plan: Plan): NewRecovery['steps'] {
  return PHASES.flatMap((phase): NewRecovery['steps'] => {
    const onChain = plan.steps.filter((step) => step.phase === phase).map(({ name }) => ({ name, phase }));
    if (phase === 'create_wallet')
      return [...walletsKept(plan).map((wallet) => ({ name: createWalletStep(wallet), phase })), ...onChain];
    if (phase === 'verify') return [{ name: verifyStep(plan), phase }];
    const atDirectory = directorySteps(plan, phase);
    if (atDirectory.length > 0) return atDirectory;
    return onChain;
  });
}

/** Whoever began the recovery has what opens the wallet that was made for it. */
function proofMissing(run: Run): Error {
  const { operator } = run.snapshot().recovery;
  if (operator === run.context.signers.own)
    return new Error('a generated wallet came without the means to prove it');
  return new DeskError('WAITING_FOR_OPERATOR', {
    message: `The replacement wallet was not proven to open yet, and ${operator}, who had it made, has to do that.`,
    remedy: `Have ${operator} go on first, with the own keystore and the passphrase of the wallet: resume ${run.id}`,
    retry: 'safe',
  });
}

/**
 * Proves the replacement wallets before anything rests on them.
 * @throws DeskError WAITING_FOR_OPERATOR, or what tells that a keystore does not open.
 */
export async function createWallets(run: Run): Promise<void> {
  const rows = stepsNow(run.snapshot());
  const open = walletsKept(run.plan).filter((wallet) => {
    const row = rows.get(createWalletStep(wallet));
    return row !== undefined && !isEnded(row);
  });
  if (open.length === 0) return;
  run.context.progress({ kind: 'phase', phase: 'create_wallet', status: 'running' });
  for (const wallet of open) await createWallet(run, wallet);
  // Smart accounts of the plan are made on chain, with all that is prepared there.
  const madeOnChain = run.plan.steps.some(({ phase }) => phase === 'create_wallet');
  if (!madeOnChain) run.context.progress({ kind: 'phase', phase: 'create_wallet', status: 'done' });
}

async function createWallet(run: Run, wallet: PlannedWallet): Promise<void> {
  const { context } = run;
  const { kind, control, address } = wallet.replacement;
  const name = createWalletStep(wallet);
  const row = stepsNow(run.snapshot()).get(name);
  if (row === undefined) return;
  if (row.state === 'pending') context.journal.startStep(run.id, name, row.attempt, null);
  if (isMade(wallet)) {
    const { proveWallet } = context;
    if (proveWallet === null) throw proofMissing(run);
    await auditingRefusal(context, run.snapshot().recovery.planDigest, () => proveWallet(address));
  }
  context.checkpoint('proven:create_wallet');
  context.journal.finishStep(run.id, name, row.attempt, {
    state: 'done',
    outcome: { address, kind, control },
  });
}

/** Ends a step that is none on chain, unless it has ended. @returns whether this call ended it. */
export function endWithoutTransaction(run: Run, name: string, end: StepEnd): boolean {
  const row = stepsNow(run.snapshot()).get(name);
  if (row === undefined || isEnded(row)) return false;
  if (row.state === 'pending') run.context.journal.startStep(run.id, name, row.attempt, null);
  run.context.journal.finishStep(run.id, name, row.attempt, end);
  return true;
}
