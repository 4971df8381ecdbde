/** `resume`: goes on with a recovery that was cut off, waits or stopped, or retries its failed tokens. */
import path from 'node:path';
import type { Command } from 'commander';
import type { Address } from '../../../shared/address.ts';
import { DeskError } from '../../../shared/errors.ts';
import { confirmationText, walletsOf } from '../../../shared/plan.ts';
import type { Plan } from '../../../shared/plan.ts';
import type { RecoverySnapshot } from '../../../shared/journal.ts';
import { recoveryUnknown } from '../../../shared/recovery-unknown.ts';
import { executionRefused } from '../../desk.ts';
import { openRecords } from '../../records.ts';
import type { Records } from '../../records.ts';
import { keystoreCodec } from '../../operator/keystore-codec.ts';
import { wipe } from '../../operator/passphrase.ts';
import { loadNetworkProfile } from '../../policy/load-network-profile.ts';
import { planToGoOnWith } from '../../recovery/audited-refusal.ts';
import { assertConfirmed, confirmPart } from '../../recovery/confirmation.ts';
import type { EngineContext } from '../../recovery/engine-context.ts';
import { readyToResume } from '../../recovery/execute.ts';
import { proverAmong, unprovenWallets } from '../../recovery/local-steps.ts';
import { profileFileOf } from '../../recovery/profile-file.ts';
import { hasPart, partsOf, stepWords } from '../../recovery/parts.ts';
import type { RaisedBound } from '../../recovery/raised-bound.ts';
import { proveReplacementWallet } from '../../recovery/replacement-wallet.ts';
import type { HeldSigner } from '../../operator/held-signer.ts';
import { custodyOf, keptProof } from '../../workbench/hand-over-services.ts';
import {
  keyByCustody,
  keyByPassphrase,
  NO_KEYS,
  openKeys,
  wantedKeys,
} from '../../workbench/replacement-keys.ts';
import type { ReplacementKeys } from '../../workbench/replacement-keys.ts';
import { options, weiOf } from '../arguments.ts';
import { issueToAnswer, runToAnswer, sessionEngine } from '../engine-run.ts';
import { armed, asExecutor } from '../executor.ts';
import type { Armed, Executor, ExecutorChoice } from '../executor.ts';
import { executorOf, executorOptions } from '../executor-options.ts';
import type { ExecutorOptions } from '../executor-options.ts';
import { passphraseFrom } from '../given-passphrase.ts';
import { planText } from '../plan-text.ts';
import { askConfirmation } from '../prompt.ts';
import { connected, withRecords } from '../session.ts';
import type { Held, Session } from '../session.ts';

interface ResumeOptions {
  readonly data: string;
  readonly network?: string;
  readonly participants?: string;
  readonly executor: ExecutorChoice;
  readonly replacementPassphraseFile?: string;
  readonly highestCost?: string;
  readonly confirm?: string;
}

/** What opens the replacement wallets that this desk made. */
interface Opening {
  readonly session: Session;
  readonly records: Records;
  readonly snapshot: RecoverySnapshot;
  readonly plan: Plan;
  readonly operator: Address;
  /** As it was given; null where the wallets are opened by what the desk keeps, or not at all. */
  readonly passphrase: Uint8Array | null;
}

/** Whoever does a part of the plan has not what opens the wallet: the recovery waits for who began it. */
function mayOpen({ snapshot: { recovery }, operator, passphrase }: Opening): boolean {
  return operator === recovery.operator || passphrase !== null;
}

/** The proofs of generated wallets, where those had not been given before the recovery was cut off. */
function walletProof(opening: Opening): EngineContext['proveWallet'] {
  const { session, records, snapshot, plan, passphrase } = opening;
  if (!mayOpen(opening)) return null;
  const unproven = unprovenWallets(snapshot.steps, plan);
  const custody = custodyOf(session.programs, records);
  const kept = unproven.flatMap((address) => {
    const proof = keptProof(records, custody, address);
    return proof === null ? [] : [[address, proof] as const];
  });
  const provers = new Map(kept);
  const asked = unproven.filter((address) => !provers.has(address));
  if (asked.length === 0) return proverAmong(provers);
  const files = asked.map((address) => ({ address, wallet: records.wallets.get(address) }));
  if (passphrase === null || files.some(({ wallet }) => wallet === null)) {
    throw new DeskError('BAD_USAGE', {
      message: `Not proven to open yet: ${asked.join(', ')}. For that the passphrase of the replacement is needed. Nothing was done.`,
      remedy: 'Add --replacement-passphrase-file.',
      retry: 'safe',
    });
  }
  for (const { address, wallet } of files) {
    const file = path.join(records.folder, wallet?.keystoreFile ?? '');
    provers.set(address, () =>
      proveReplacementWallet({ file, passphrase, expected: address, codec: keystoreCodec }),
    );
  }
  return proverAmong(provers);
}

/** What cannot be opened here holds nothing up: its tokens fail in words, and are retried with it. */
async function keptKey({ session, records }: Opening, address: Address): Promise<HeldSigner | null> {
  try {
    return await keyByCustody(records, custodyOf(session.programs, records), address);
  } catch (thrown) {
    if (!(thrown instanceof DeskError)) throw thrown;
    session.output.say(`${thrown.message}\n→ ${thrown.remedy}`);
    return null;
  }
}

/** Keys of replacements that have something left to sign themselves. */
function replacementKeys(opening: Opening): Promise<ReplacementKeys> {
  const { session, records, snapshot, plan, passphrase } = opening;
  return openKeys(mayOpen(opening) ? wantedKeys(records, plan, snapshot) : [], async (address) => {
    const key =
      passphrase === null
        ? await keptKey(opening, address)
        : await keyByPassphrase(records, address, passphrase);
    if (key === null) {
      session.output.say(
        `The key of ${address} is not open: what it recovers itself is left. To retry it, add --replacement-passphrase-file.`,
      );
    }
    return key;
  });
}

/** Who is gone on as, of whom the plan has a part that they never confirmed. */
function confirmsPart({ recovery, confirmedBy }: RecoverySnapshot, plan: Plan, operator: Address): boolean {
  return operator !== recovery.operator && hasPart(plan, operator) && !confirmedBy.includes(operator);
}

/** A part of a plan is confirmed by the same text as the whole, by who signs it, before anything of it is signed. */
async function confirmOwnPart(
  session: Session,
  records: Records,
  { recovery }: RecoverySnapshot,
  plan: Plan,
  executor: Executor,
  { confirm }: ResumeOptions,
): Promise<void> {
  const { output, terminal } = session;
  const operator = executor.address;
  const part = partsOf(plan).find(({ signer }) => signer === operator);
  output.say(`Recovery ${recovery.id}, begun by ${recovery.operator}\n`);
  output.say(planText(plan, recovery.planDigest));
  output.say(`Your part         ${stepWords(plan, part?.steps ?? [])}`);
  const typed = confirm ?? (await askConfirmation(terminal, confirmationText(plan)));
  assertConfirmed(plan, typed);
  await executor.prove();
  confirmPart(records, recovery.id, { operator, typed });
}

/** A higher bound is a new decision about the same plan, and is confirmed like it, to each run that it is to count for. */
async function raisedBound(
  session: Session,
  { recovery, transactions }: RecoverySnapshot,
  plan: Plan,
  { highestCost, confirm }: ResumeOptions,
): Promise<RaisedBound | null> {
  if (highestCost === undefined) return null;
  const paid = transactions.reduce((sum, row) => sum + BigInt(row.costPaid ?? 0), 0n);
  const { output, terminal } = session;
  for (const { lostWallet, replacement } of walletsOf(plan)) {
    output.say(`Recovery ${recovery.id}: ${lostWallet} to ${replacement.address}`);
  }
  output.say(`It has cost ${paid} wei so far, and its plan allows ${plan.highestCost}.`);
  output.say(`The whole recovery may then cost up to ${highestCost} wei.`);
  const typed = confirm ?? (await askConfirmation(terminal, confirmationText(plan)));
  return { highestCost, typed };
}

/** Without a higher bound, only a part of a split plan is there to be confirmed. */
function assertSomethingToConfirm(
  { confirmedBy }: RecoverySnapshot,
  plan: Plan | null,
  { highestCost, confirm }: ResumeOptions,
): void {
  if (highestCost !== undefined || confirm === undefined) return;
  const unconfirmed = partsOf(plan ?? { steps: [] }).filter(({ signer }) => !confirmedBy.includes(signer));
  if (unconfirmed.length > 0) return;
  throw new DeskError('BAD_USAGE', {
    message: '--confirm was given without --highest-cost, and there is nothing else to confirm.',
    remedy: 'Add --highest-cost, or leave --confirm out.',
    retry: 'never',
  });
}

async function resume(session: Session, id: string, given: ResumeOptions): Promise<void> {
  await withRecords(openRecords(given.data), async (records) => {
    const snapshot = records.journal.read(id);
    if (snapshot === null) throw recoveryUnknown(id);
    const profileFile = given.network ?? profileFileOf(snapshot.recovery.profile);
    const to = loadNetworkProfile(profileFile);
    const { plans } = records;
    const plan = planToGoOnWith({ plans, ...executionRefused(records) }, snapshot.recovery.planDigest);
    if (plan === null) throw new Error(`recovery ${id} lacks its plan`);
    assertSomethingToConfirm(snapshot, plan, given);
    const raised = await raisedBound(session, snapshot, plan, given);
    await connected(
      session,
      { ...to, participants: given.participants, records, data: given.data },
      (connection) =>
        asExecutor(session, { records, connection }, given.executor, (executor) =>
          goOn(session, given, { records, connection, executor, profileFile, snapshot, plan, raised }),
        ),
    );
  });
}

interface GoOnParts {
  readonly records: Records;
  readonly connection: Held;
  readonly executor: Executor;
  readonly profileFile: string;
  readonly snapshot: RecoverySnapshot;
  readonly plan: Plan;
  readonly raised: RaisedBound | null;
}

/** Whoever signed in for this has just shown who they are; a part of the plan is confirmed with fresh proof. */
async function goOn(session: Session, given: ResumeOptions, parts: GoOnParts): Promise<void> {
  const { records, connection, executor, profileFile, snapshot, plan, raised } = parts;
  const { id } = snapshot.recovery;
  const file = given.replacementPassphraseFile;
  const passphrase = file === undefined ? null : await passphraseFrom(file, session.output);
  const opening = { session, records, snapshot, plan, operator: executor.address, passphrase };
  let keys = NO_KEYS;
  let arms: Armed | null = null;
  try {
    const prove = walletProof(opening);
    keys = await replacementKeys(opening);
    const confirmedBounds = new Map<string, bigint>();
    const engine = { records, connection, profileFile, proveWallet: prove, confirmedBounds };
    if (confirmsPart(snapshot, plan, executor.address))
      await confirmOwnPart(session, records, snapshot, plan, executor, given);
    arms = armed(records, executor, plan, null, keys.signers);
    await readyToResume(sessionEngine(session, { ...engine, ...arms }), id, raised);
    // Armed anew for what counts by now: the own part may have been confirmed since, and a higher bound.
    arms.disarm();
    arms = armed(records, executor, plan, confirmedBounds.get(id), keys.signers);
    connection.holdOn();
    const context = sessionEngine(session, { ...engine, ...arms });
    if (snapshot.recovery.claimsOf === null) await runToAnswer(session, context, id);
    else await issueToAnswer(session, context, id);
  } finally {
    arms?.disarm();
    keys.close();
    if (passphrase !== null) wipe(passphrase);
  }
}

export function resumeCommand(program: Command, session: () => Session): void {
  const command = program
    .command('resume')
    .argument('<recovery>', 'its id')
    .description('go on with a recovery, or retry the tokens that failed')
    .option('--network <file>', 'another profile of the same chain, if the endpoint has changed')
    .addOption(options.participants())
    .option(
      '--replacement-passphrase-file <file>',
      'passphrase of a generated wallet that was not proven yet, or that recovers tokens itself',
    )
    .option(
      '--highest-cost <wei>',
      'a higher bound for what the whole recovery may cost, for this run, if its plan asks for too little',
      weiOf('The highest cost'),
    )
    .option('--confirm <text>', 'the confirmation text of a higher bound or of a part, instead of typing it')
    .addOption(options.data())
    .addOption(options.json());
  executorOptions(command).action((id: string, given: Omit<ResumeOptions, 'executor'> & ExecutorOptions) =>
    resume(session(), id, { ...given, executor: executorOf(given) }),
  );
}
