/** `status` and `list`: what the data folder says, beside a running recovery and without a network. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import type { RecoveryRow } from '../../../shared/journal.ts';
import { recoveryUnknown } from '../../../shared/recovery-unknown.ts';
import type { FollowUp } from '../../../shared/outcome.ts';
import { hasEnded } from '../../../shared/phases.ts';
import { readRecords } from '../../records.ts';
import type { Records } from '../../records.ts';
import { issueResult } from '../../recovery/claims/issue-result.ts';
import { storedResult } from '../../recovery/engine.ts';
import { options } from '../arguments.ts';
import { issueText } from '../claims-text.ts';
import { resultText } from '../result-text.ts';
import { withRecords } from '../session.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

/** A folder that is not there is said to be so: it may only be the wrong name. */
function emptyText(data: string): string {
  const folder = path.resolve(data);
  return existsSync(folder)
    ? 'No recovery was made from this data folder.'
    : `There is no data folder ${folder}, and so no recovery to list.`;
}

interface Told {
  /** Whose hands it waits for. */
  readonly waitsFor: readonly Address[];
  /** What others must know while nobody may be working on it: freezes that it set. */
  readonly followUps: readonly FollowUp[];
}

const NOTHING_TOLD: Told = { waitsFor: [], followUps: [] };

/** Further wallets that were lost with the one of the case. */
function furtherOf(records: Records, { planDigest }: RecoveryRow): readonly Address[] {
  try {
    return (records.plans.get(planDigest)?.further ?? []).map(({ lostWallet }) => lostWallet);
  } catch (error) {
    if (error instanceof DeskError) return [];
    throw error;
  }
}

/** What is told of a recovery that has not ended. */
function toldOf(records: Records, { id, status }: RecoveryRow): Told {
  if (hasEnded(status)) return NOTHING_TOLD;
  try {
    const result = storedResult(records, id)?.result;
    if (result === undefined) return NOTHING_TOLD;
    return { waitsFor: (result.waitsFor ?? []).map(({ address }) => address), followUps: result.followUps };
  } catch (error) {
    // One whose plan was altered must not hide the others: `status` and `resume` say what is wrong with it.
    if (error instanceof DeskError) return NOTHING_TOLD;
    throw error;
  }
}

async function list(session: Session, data: string): Promise<void> {
  await withRecords(readRecords(data), async (records) => {
    const rows = (records?.journal.list() ?? []).map((row) => {
      const further = records === null ? [] : furtherOf(records, row);
      return {
        ...row,
        ...(further.length === 0 ? {} : { further }),
        ...(records === null ? NOTHING_TOLD : toldOf(records, row)),
      };
    });
    const text = (): string =>
      [
        table(
          ['Recovery', 'Begun', 'State', 'Chain', 'Lost wallet', 'Lost too', 'Waits for'],
          rows.map((row) => [
            row.id,
            row.createdAt,
            row.status,
            String(row.chainId),
            row.lostWallet,
            (row.further ?? []).join(', '),
            row.waitsFor.join(', '),
          ]),
        ),
        ...rows.flatMap(({ id, followUps }) =>
          followUps.map(({ code, message }) => `\n${id}  ${code}: ${message}`),
        ),
      ].join('\n');
    session.output.answer(
      // SECURITY: an endpoint in the stored profile may carry an access key in its path.
      rows.map(({ profile: _stored, ...row }) => row),
      rows.length === 0 ? emptyText(data) : text(),
    );
  });
}

function folderMissing(id: string, data: string): DeskError {
  return new DeskError('RECOVERY_UNKNOWN', {
    message: `There is no data folder ${path.resolve(data)}, and so no recovery ${id} in it. Nothing was done.`,
    remedy: 'Name the data folder that the recovery was made from, with --data.',
    retry: 'never',
  });
}

function isIssue({ journal }: Records, id: string): boolean {
  return (journal.read(id)?.recovery.claimsOf ?? null) !== null;
}

async function status(session: Session, data: string, id: string): Promise<void> {
  await withRecords(readRecords(data), async (records) => {
    if (records !== null && isIssue(records, id)) {
      const issue = issueResult(records, id);
      session.output.answer(issue, issueText(issue));
      return;
    }
    const found = records === null ? null : storedResult(records, id);
    if (found === null) throw existsSync(data) ? recoveryUnknown(id) : folderMissing(id, data);
    session.output.answer(found.result, resultText(found.result));
  });
}

export function recordCommands(program: Command, session: () => Session): void {
  program
    .command('list')
    .description('list the recoveries of this data folder')
    .addOption(options.data())
    .addOption(options.json())
    .action((given: { data: string }) => list(session(), given.data));
  program
    .command('status')
    .argument('<recovery>', 'its id')
    .description('show where a recovery stands, without a network')
    .addOption(options.data())
    .addOption(options.json())
    .action((id: string, given: { data: string }) => status(session(), given.data, id));
}
