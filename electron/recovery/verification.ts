/** Looks at one final block whether the recovery stands as it should (DESIGN 4.10). */
import { z } from 'zod';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { StepRow } from '../../shared/journal.ts';
import type { PlanStep } from '../../shared/plan.ts';
import type { BlockRef, PinnedReader } from '../chain/types.ts';
import type { Holding } from '../protocols/recovery-protocol.ts';
import { isEnded, nextBlock, stepsNow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { verifyStep } from './local-steps.ts';

const holdingSchema = z.object({ balance: z.string(), frozen: z.string(), addressFrozen: z.boolean() });
const baselineSchema = z.object({ lost: holdingSchema, replacement: holdingSchema });
const outcomeSchema = z.object({ block: z.number(), amount: z.string() });

/** A final block that has all that this recovery sent: an endpoint that lags would show things as they were before. */
async function finalBlock(run: Run): Promise<BlockRef> {
  const mined = run.snapshot().transactions.flatMap((row) => row.minedBlock ?? []);
  const last = Math.max(0, ...mined);
  for (;;) {
    const block = await run.context.chain.finalHead();
    if (block !== null && block.number >= last) return block;
    await nextBlock(run, 'a final block with everything that was sent');
  }
}

/** What does not stand of the identity; every sentence is a finding. */
async function identityFindings(run: Run, reader: PinnedReader): Promise<readonly string[]> {
  const { plan, system } = run;
  const { address, identity } = plan.replacement;
  const [lost, replacement] = await system.wallets(reader, [plan.lostWallet, address]);
  const expectations: readonly (readonly [boolean, string])[] = [
    [lost?.registered === false, 'the lost wallet is still registered'],
    [lost?.markedLost === true, 'the lost wallet is not marked as lost'],
    [lost?.linkedTo === address, 'the lost wallet is not linked to the replacement'],
    [replacement?.identity === identity, 'the replacement is not registered with the planned identity'],
    [replacement?.country === plan.country, 'the country of the replacement differs'],
  ];
  return expectations.flatMap(([stands, finding]) => (stands ? [] : [finding]));
}

/** Who can act for the replacement identity: a key beside the wallet's may be the holder's own, and must be looked at. */
async function keyFindings(run: Run, reader: PinnedReader): Promise<readonly string[]> {
  const { address, identity } = run.plan.replacement;
  const found = await run.system.predictIdentity(reader, address);
  if (found.exists && found.address === identity && found.soleManager) return [];
  return ['the replacement wallet is not the only management key of its identity'];
}

const blockSchema = z.object({ block: z.number() });

/** The block in which a step of ours was carried out; null where it was not, or was found done. */
function blockOf(row: StepRow | undefined): number | null {
  const outcome = blockSchema.safeParse(row?.outcome);
  return row?.state === 'done' && outcome.success ? outcome.data.block : null;
}

/** Whether the freeze on the replacement should stand at the end of a block: a batch may set and lift it in one. */
function frozenAt(run: Run, token: string, block: number, before: boolean): boolean {
  const rows = stepsNow(run.snapshot());
  const by = (role: PlanStep['role']): number | null =>
    blockOf(rows.get(run.plan.steps.find((step) => step.role === role && step.token === token)?.name ?? ''));
  const [set, lifted] = [by('contain'), by('release')];
  if (lifted !== null && lifted <= block) return false;
  return before || (set !== null && set <= block);
}

function holdingFindings(
  run: Run,
  { token, row, symbol }: { readonly token: string; readonly row: StepRow; readonly symbol: string },
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
      after.addressFrozen === frozenAt(run, token, outcome.data.block, lost.addressFrozen),
      `the freeze on ${symbol} is not what it was`,
    ],
  ];
  return expectations.flatMap(([stands, finding]) => (stands ? [] : [finding]));
}

/** The replacement's holdings at a block; at the final one where the node no longer has that block's state. */
async function holdingsAt(
  run: Run,
  blockNumber: number,
  tokens: readonly Address[],
  final: PinnedReader,
): Promise<readonly Holding[]> {
  const { chain } = run.context;
  const block = await chain.blockByNumber(blockNumber);
  try {
    const at = block === null ? final : await chain.pin(block);
    return await run.system.holdings(at, tokens, run.plan.replacement.address);
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'RPC_ERROR') throw error;
    return run.system.holdings(final, tokens, run.plan.replacement.address);
  }
}

/** The replacement's holdings right after each recovery, read at the block of its receipt. */
async function tokenFindings(run: Run, reader: PinnedReader): Promise<readonly string[]> {
  const rows = stepsNow(run.snapshot());
  const done = run.plan.steps.flatMap((step: PlanStep) => {
    const row = rows.get(step.name);
    return step.role === 'token' && step.token !== null && row?.state === 'done'
      ? [{ token: step.token, row }]
      : [];
  });
  const symbolOf = (token: string): string =>
    run.plan.tokens.find((candidate) => candidate.address === token)?.symbol ?? token;
  const blocks = new Map<number, typeof done>();
  for (const entry of done) {
    const outcome = outcomeSchema.safeParse(entry.row.outcome);
    if (outcome.success) blocks.set(outcome.data.block, [...(blocks.get(outcome.data.block) ?? []), entry]);
  }
  const findings: string[] = [];
  for (const [number, entries] of blocks) {
    const after = await holdingsAt(
      run,
      number,
      entries.map((entry) => entry.token),
      reader,
    );
    entries.forEach((entry, index) => {
      const told = { ...entry, symbol: symbolOf(entry.token) };
      findings.push(...holdingFindings(run, told, after[index]));
    });
  }
  return findings;
}

/** What stands at the final block of recovered tokens, whoever did it: worth telling, and no fault of the recovery. */
interface Standing {
  /** Those that the lost wallet holds again: their recovery had emptied it. */
  readonly again: readonly Address[];
  /** Those on which the replacement is frozen, so that the person cannot move them. */
  readonly frozen: readonly Address[];
}

async function standingNow(run: Run, reader: PinnedReader): Promise<Standing> {
  const rows = stepsNow(run.snapshot());
  const tokens = run.plan.steps.flatMap((step) =>
    step.role === 'token' && step.token !== null && rows.get(step.name)?.state === 'done' ? [step.token] : [],
  );
  const [lost, replacement] = await Promise.all([
    run.system.holdings(reader, tokens, run.plan.lostWallet),
    run.system.holdings(reader, tokens, run.plan.replacement.address),
  ]);
  return {
    again: lost.flatMap(({ token, balance }) => (balance > 0n ? [token] : [])),
    frozen: replacement.flatMap(({ token, addressFrozen }) => (addressFrozen ? [token] : [])),
  };
}

/** Verifies, and ends the verify step: done, or failed with what was found; a later run verifies again. */
export async function verify(run: Run): Promise<void> {
  const { context, plan } = run;
  const row = stepsNow(run.snapshot()).get(verifyStep(plan));
  if (row === undefined || isEnded(row)) return;
  context.progress({ kind: 'phase', phase: 'verify', status: 'running' });
  if (row.state === 'pending') context.journal.startStep(run.id, row.name, row.attempt, null);
  const block = await finalBlock(run);
  const { reader } = await viewAt(run, block);
  const findings = [
    ...(await identityFindings(run, reader)),
    ...(await keyFindings(run, reader)),
    ...(await tokenFindings(run, reader)),
  ];
  context.checkpoint('judged:verify');
  const outcome = {
    block: block.number,
    blockHash: block.hash,
    findings,
    ...(await standingNow(run, reader)),
  };
  context.journal.finishStep(
    run.id,
    row.name,
    row.attempt,
    findings.length === 0
      ? { state: 'done', outcome }
      : {
          state: 'failed',
          outcome,
          reason: 'VERIFICATION_FAILED',
          message: `Not as it should be: ${findings.join('; ')}.`,
          remedy:
            'Look at each finding with the platform administrator, the holder or the custodian, then resume to verify again.',
        },
  );
  context.checkpoint('ended:verify');
  context.progress({ kind: 'phase', phase: 'verify', status: findings.length === 0 ? 'done' : 'failed' });
}
