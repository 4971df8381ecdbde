/** `claims issue`: an operator who holds a claim issuer's key issues what is missing, or goes on with that. */
import path from 'node:path';
import type { Command } from 'commander';
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import { confirmationText } from '../../../shared/plan.ts';
import type { Plan } from '../../../shared/plan.ts';
import { recoveryUnknown } from '../../../shared/recovery-unknown.ts';
import { hexSchema } from '../../../shared/values.ts';
import type { Hex } from '../../../shared/values.ts';
import { openRecords } from '../../records.ts';
import type { Records } from '../../records.ts';
import { loadNetworkProfile } from '../../policy/load-network-profile.ts';
import { beginIssue, openIssue } from '../../recovery/claims/issue.ts';
import { prepareIssue } from '../../recovery/claims/issue-plan.ts';
import { assertConfirmed } from '../../recovery/confirmation.ts';
import { readyToResume } from '../../recovery/execute.ts';
import { profileFileOf } from '../../recovery/profile-file.ts';
import { addressOf, options } from '../arguments.ts';
import { issuePlanText } from '../claims-text.ts';
import { assertNotInterrupted, issueToAnswer, sessionEngine } from '../engine-run.ts';
import { armed, asExecutor } from '../executor.ts';
import type { Executor, ExecutorChoice } from '../executor.ts';
import { executorOf, executorOptions } from '../executor-options.ts';
import type { ExecutorOptions } from '../executor-options.ts';
import { askConfirmation } from '../prompt.ts';
import { connected, withRecords } from '../session.ts';
import type { Held, Session } from '../session.ts';

interface IssueOptions {
  readonly data: string;
  readonly network?: string;
  readonly topic: readonly string[];
  readonly issuer?: Address;
  readonly claimData?: Hex;
  readonly confirm?: string;
  readonly executor: ExecutorChoice;
}

interface Parts {
  readonly records: Records;
  readonly connection: Held;
  readonly executor: Executor;
  readonly profileFile: string;
}

function dataOf(text: string): Hex {
  const parsed = hexSchema.safeParse(text.toLowerCase());
  if (parsed.success) return parsed.data;
  throw new DeskError('BAD_USAGE', {
    message: `The data "${text}" is not 0x and pairs of hex digits. Nothing was done.`,
    remedy: 'Give it as the scheme of the topic has it, as in --claim-data 0x01.',
    retry: 'never',
  });
}

/** Runs what is begun, and what is begun here, with a signer that signs this plan alone. */
async function running(
  session: Session,
  parts: Parts,
  plan: Plan,
  begun: (context: ReturnType<typeof sessionEngine>) => Promise<string>,
): Promise<void> {
  const { records, connection, executor, profileFile } = parts;
  const arms = armed(records, executor, plan);
  try {
    const engine = { records, connection, profileFile, proveWallet: null, ...arms };
    const context = sessionEngine(session, engine);
    const id = await begun(context);
    session.output.say(`Issue ${id}. To go on after an interruption: resume ${id}\n`);
    connection.holdOn();
    await issueToAnswer(session, context, id);
  } finally {
    arms.disarm();
  }
}

async function goOn(session: Session, parts: Parts, id: string): Promise<void> {
  const { records } = parts;
  const digest = records.journal.read(id)?.recovery.planDigest;
  const plan = digest === undefined ? null : records.plans.get(digest);
  if (plan === null) throw recoveryUnknown(id);
  session.output.say(`The issue ${id} was begun and has not ended: it is gone on with.`);
  await running(session, parts, plan, async (context) => {
    await readyToResume(context, id);
    return id;
  });
}

async function issueNew(
  session: Session,
  parts: Parts,
  recoveryId: string,
  given: IssueOptions,
): Promise<void> {
  const { records, connection, executor } = parts;
  const { journal, plans, previews } = records;
  const prepared = await prepareIssue(
    { ...connection.context, journal, plans, previews },
    recoveryId,
    executor.address,
    { topics: given.topic, issuer: given.issuer ?? null, data: given.claimData ?? null },
  );
  const { standing, left } = prepared;
  if (prepared.kind === 'nothing') {
    const words =
      standing.length === 0 ? 'Nothing is missing.' : `These claims stand already: ${standing.join(', ')}.`;
    session.output.answer({ issue: null, standing, left }, `${words} Nothing was signed or sent.`);
    return;
  }
  const { plan, planDigest } = prepared;
  if (left.length > 0)
    session.output.say(`Left out, because this key may not issue them: ${left.join(', ')}.\n`);
  session.output.say(issuePlanText(plan, planDigest));
  const typed = given.confirm ?? (await askConfirmation(session.terminal, confirmationText(plan)));
  assertNotInterrupted(session);
  assertConfirmed(plan, typed);
  await executor.prove();
  assertNotInterrupted(session);
  await running(session, parts, plan, (context) => beginIssue(context, { planDigest, typed }));
}

async function issue(session: Session, recoveryId: string, given: IssueOptions): Promise<void> {
  await withRecords(openRecords(given.data), async (records) => {
    const row = records.journal.read(recoveryId)?.recovery;
    if (row === undefined || row.claimsOf !== null) throw recoveryUnknown(recoveryId);
    const profileFile = path.resolve(given.network ?? profileFileOf(row.profile));
    const to = loadNetworkProfile(profileFile);
    await connected(session, { ...to, participants: undefined, records, data: given.data }, (connection) =>
      asExecutor(session, { records, connection }, given.executor, async (executor) => {
        const parts = { records, connection, executor, profileFile };
        const open = openIssue(records, recoveryId, executor.address);
        if (open === null) await issueNew(session, parts, recoveryId, given);
        else await goOn(session, parts, open);
      }),
    );
  });
}

export function claimsIssueCommand(claims: Command, session: () => Session): void {
  const command = claims
    .command('issue')
    .argument('<recovery>', 'its id')
    .description("issue claims on the replacement identity with an issuer's key, or go on with that")
    .option(
      '--topic <name>',
      'a topic, by name or number; may be repeated. Without one: all that is missing',
      (text: string, before: readonly string[]) => [...before, text],
      [] as readonly string[],
    )
    .option('--issuer <address>', 'which issuer, where the key is of several', addressOf('The issuer'))
    .option('--claim-data <hex>', "data of the claims, instead of that of the issuer's former ones", dataOf)
    .option('--network <file>', 'another profile of the same chain, if the endpoint has changed')
    .option('--confirm <text>', 'the confirmation text, instead of typing it')
    .addOption(options.data())
    .addOption(options.json());
  executorOptions(command).action((id: string, given: Omit<IssueOptions, 'executor'> & ExecutorOptions) =>
    issue(session(), id, { ...given, executor: executorOf(given) }),
  );
}
