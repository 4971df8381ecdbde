/** What the wallets hold after a recovery, against what its steps moved (DESIGN 4.10). */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { StepRow } from '../../shared/journal.ts';
import { tokensOf, walletsOf } from '../../shared/plan.ts';
import type { PlannedWallet, PlanStep } from '../../shared/plan.ts';
import type { PinnedReader } from '../chain/types.ts';
import type { Holding } from '../protocols/recovery-protocol.ts';
import { stepsNow } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { stepBeside } from './links.ts';

const holdingSchema = z.object({ balance: z.string(), frozen: z.string(), addressFrozen: z.boolean() });
const baselineSchema = z.object({ lost: holdingSchema, replacement: holdingSchema });
const outcomeSchema = z.object({ block: z.number(), amount: z.string() });
const blockSchema = z.object({ block: z.number() });

/** A token step that is done, with its row. */
interface Done {
  readonly step: PlanStep;
  readonly token: Address;
  readonly row: StepRow;
}

function doneOf(run: Run, { lostWallet }: PlannedWallet): readonly Done[] {
  const rows = stepsNow(run.snapshot());
  return run.plan.steps.flatMap((step) => {
    const row = rows.get(step.name);
    return step.role === 'token' && step.wallet === lostWallet && step.token !== null && row?.state === 'done'
      ? [{ step, token: step.token, row }]
      : [];
  });
}

/** The block in which a step of ours was carried out; null where it was not, or was found done. */
function blockOf(row: StepRow | undefined): number | null {
  const outcome = blockSchema.safeParse(row?.outcome);
  return row?.state === 'done' && outcome.success ? outcome.data.block : null;
}

/** Whether the freeze on the replacement should stand at the end of a block: a batch may set and lift it in one. */
function frozenAt(run: Run, step: PlanStep, block: number, before: boolean): boolean {
  const rows = stepsNow(run.snapshot());
  const by = (role: PlanStep['role']): number | null =>
    blockOf(rows.get(stepBeside(run.plan, step, role)?.name ?? ''));
  const [set, lifted] = [by('contain'), by('release')];
  if (lifted !== null && lifted <= block) return false;
  return before || (set !== null && set <= block);
}

function holdingFindings(
  run: Run,
  { step, row, symbol }: Done & { readonly symbol: string },
  after: Holding | undefined,
): readonly string[] {
  const baseline = baselineSchema.safeParse(row.baseline);
  const outcome = outcomeSchema.safeParse(row.outcome);
  // A token that another run moved has no baseline of ours: its event was the proof.
  if (!baseline.success || !outcome.success || after === undefined) return [];
  const { lost, replacement } = baseline.data;
  const expectations: readonly (readonly [boolean, string])[] = [
    [after.readable, `what the replacement holds of ${symbol} could not be read`],
    [
      after.balance >= BigInt(replacement.balance) + BigInt(outcome.data.amount),
      `the replacement's balance of ${symbol} did not rise by what was recovered`,
    ],
    [after.frozen === BigInt(lost.frozen), `the frozen part of ${symbol} is not what it was`],
    [
      after.addressFrozen === frozenAt(run, step, outcome.data.block, lost.addressFrozen),
      `the freeze on ${symbol} is not what it was`,
    ],
  ];
  return expectations.flatMap(([stands, finding]) => (stands ? [] : [finding]));
}

/** A wallet's holdings at a block; at the final one where the node no longer has that block's state. */
async function holdingsAt(
  { context, system }: Run,
  blockNumber: number,
  wallet: Address,
  tokens: readonly Address[],
  final: PinnedReader,
): Promise<readonly Holding[]> {
  const { chain } = context;
  const block = await chain.blockByNumber(blockNumber);
  try {
    const at = block === null ? final : await chain.pin(block);
    return await system.holdings(at, tokens, wallet);
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'RPC_ERROR') throw error;
    return system.holdings(final, tokens, wallet);
  }
}

/** The replacement's holdings right after each recovery, read at the block of its receipt. */
export async function tokenFindings(
  run: Run,
  wallet: PlannedWallet,
  reader: PinnedReader,
): Promise<readonly string[]> {
  const symbolOf = (token: string): string =>
    tokensOf(run.plan).find((candidate) => candidate.address === token)?.symbol ?? token;
  const blocks = new Map<number, Done[]>();
  for (const entry of doneOf(run, wallet)) {
    const outcome = outcomeSchema.safeParse(entry.row.outcome);
    if (outcome.success) blocks.set(outcome.data.block, [...(blocks.get(outcome.data.block) ?? []), entry]);
  }
  const findings: string[] = [];
  for (const [number, entries] of blocks) {
    const tokens = entries.map(({ token }) => token);
    const after = await holdingsAt(run, number, wallet.replacement.address, tokens, reader);
    entries.forEach((entry, index) => {
      findings.push(...holdingFindings(run, { ...entry, symbol: symbolOf(entry.token) }, after[index]));
    });
  }
  return findings;
}

/** What stands at the final block of recovered tokens, whoever did it: worth telling, and no fault of the recovery. */
interface Standing {
  /** Those that a lost wallet holds again: their recovery had emptied it. */
  readonly again: readonly Address[];
  /** Those on which a replacement is frozen, so that the person cannot move them. */
  readonly frozen: readonly Address[];
}

export async function standingNow(run: Run, reader: PinnedReader): Promise<Standing> {
  const again = new Set<Address>();
  const frozen = new Set<Address>();
  for (const wallet of walletsOf(run.plan)) {
    const tokens = doneOf(run, wallet).map(({ token }) => token);
    const [lost, replacement] = await Promise.all([
      run.system.holdings(reader, tokens, wallet.lostWallet),
      run.system.holdings(reader, tokens, wallet.replacement.address),
    ]);
    for (const { token, balance } of lost) if (balance > 0n) again.add(token);
    for (const { token, addressFrozen } of replacement) if (addressFrozen) frozen.add(token);
  }
  return { again: [...again], frozen: [...frozen] };
}
