/** Looks at one final block whether the recovery stands as it should (DESIGN 4.10). */
import { shortAddress } from '../../shared/address.ts';
import { walletsOf } from '../../shared/plan.ts';
import type { PlannedWallet } from '../../shared/plan.ts';
import type { BlockRef, PinnedReader } from '../chain/types.ts';
import { isEnded, nextBlock, stepsNow, viewAt } from './engine-context.ts';
import type { Run } from './engine-context.ts';
import { verifyStep } from './local-steps.ts';
import { standingNow, tokenFindings } from './verified-holdings.ts';

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

/** Whether the link of the wallet is in question: one that could not be made is told as that. */
function isLinked(run: Run, { lostWallet }: PlannedWallet): boolean {
  const rows = stepsNow(run.snapshot());
  return run.plan.steps.every(
    ({ role, wallet, name }) =>
      role !== 'relink' || wallet !== lostWallet || rows.get(name)?.state !== 'failed',
  );
}

/** What does not stand of the identity; every sentence is a finding. */
async function identityFindings(
  run: Run,
  wallet: PlannedWallet,
  reader: PinnedReader,
): Promise<readonly string[]> {
  const { address, identity } = wallet.replacement;
  const [lost, replacement] = await run.system.wallets(reader, [wallet.lostWallet, address]);
  // A replacement that is lost too, and recovered in turn, is no wallet of the person any more.
  const inTurn = walletsOf(run.plan).some(({ lostWallet }) => lostWallet === address);
  const expectations: readonly (readonly [boolean, string])[] = [
    [lost?.registered === false, 'the lost wallet is still registered'],
    [lost?.markedLost === true, 'the lost wallet is not marked as lost'],
    [lost?.linkedTo === address, 'the lost wallet is not linked to the replacement'],
    [
      inTurn || replacement?.identity === identity,
      'the replacement is not registered with the planned identity',
    ],
    [inTurn || replacement?.country === wallet.country, 'the country of the replacement differs'],
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

/** Healthy wallets that were moved, and are not where they were moved to. */
async function healthyFindings(run: Run, reader: PinnedReader): Promise<readonly string[]> {
  const rows = stepsNow(run.snapshot());
  const moved = run.plan.steps.flatMap(({ role, name, wallet }) =>
    role === 'move' && rows.get(name)?.state === 'done' ? [wallet] : [],
  );
  const records = await run.system.wallets(reader, moved);
  return records.flatMap(({ wallet, identity }) =>
    identity === run.plan.replacement.identity
      ? []
      : [`the healthy wallet ${shortAddress(wallet)} is not registered with the replacement identity`],
  );
}

/** Each wallet by itself; of several each finding says which one it is about. */
async function walletFindings(run: Run, reader: PinnedReader): Promise<readonly string[]> {
  const wallets = walletsOf(run.plan);
  const findings: string[] = [];
  for (const wallet of wallets) {
    const found = [
      ...(isLinked(run, wallet) ? await identityFindings(run, wallet, reader) : []),
      ...(await tokenFindings(run, wallet, reader)),
    ];
    const of = wallets.length === 1 ? '' : ` (${shortAddress(wallet.lostWallet)})`;
    findings.push(...found.map((finding) => `${finding}${of}`));
  }
  return findings;
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
    ...(await walletFindings(run, reader)),
    ...(isLinked(run, plan) ? await keyFindings(run, reader) : []),
    ...(await healthyFindings(run, reader)),
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
