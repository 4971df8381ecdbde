/** `recover`: preview, plan, confirmation, execution, in one go. */
import path from 'node:path';
import type { Command } from 'commander';
import type { Address } from '../../../shared/address.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { confirmationText } from '../../../shared/plan.ts';
import { previewDigest } from '../../../shared/preview.ts';
import { prepareContext } from '../../desk.ts';
import { openRecords } from '../../records.ts';
import type { Records } from '../../records.ts';
import { keystoreCodec } from '../../operator/keystore-codec.ts';
import { loadNetworkProfile } from '../../policy/load-network-profile.ts';
import { assertConfirmed } from '../../recovery/confirmation.ts';
import { beginRecovery } from '../../recovery/execute.ts';
import { prepareRecovery, proverOf } from '../../recovery/prepare.ts';
import type { Prepared } from '../../recovery/prepare.ts';
import { addressOf, caseOf, options } from '../arguments.ts';
import type { CaseOptions } from '../arguments.ts';
import { assertNotInterrupted, runToAnswer, sessionEngine } from '../engine-run.ts';
import { armed, asExecutor } from '../executor.ts';
import type { Armed, Executor, ExecutorChoice } from '../executor.ts';
import { executorOf, executorOptions } from '../executor-options.ts';
import type { ExecutorOptions } from '../executor-options.ts';
import { EXIT } from '../exit-codes.ts';
import { assertNamedTokens } from '../named-tokens.ts';
import { planText } from '../plan-text.ts';
import { previewText } from '../preview-text.ts';
import { askConfirmation } from '../prompt.ts';
import { otherProofOptions, otherWalletOptions, sayingsOf } from '../other-wallets.ts';
import { replacementsOf } from '../replacement.ts';
import type { ReplacementOptions } from '../replacement.ts';
import { keysOfMade, NO_KEYS } from '../../workbench/replacement-keys.ts';
import { connected, withRecords } from '../session.ts';
import type { Held } from '../session.ts';
import type { Session } from '../session.ts';

export interface RecoverOptions extends CaseOptions, ReplacementOptions {
  readonly network: string;
  readonly data: string;
  readonly participants?: string;
  readonly custodian?: Address;
  readonly holdersWay?: true;
  readonly token: readonly Address[];
  readonly holdReference?: string;
  readonly executor: ExecutorChoice;
  readonly confirm?: string;
}

type Planned = Extract<Prepared, { kind: 'planned' }>;

async function typedFor(session: Session, planned: Planned, given: RecoverOptions): Promise<string> {
  if (given.confirm !== undefined) return given.confirm;
  return askConfirmation(session.terminal, confirmationText(planned.plan));
}

async function execute(
  session: Session,
  given: RecoverOptions,
  parts: { records: Records; connection: Held; executor: Executor; profileFile: string },
): Promise<RecoveryResult | null> {
  const { records, connection, executor } = parts;
  const replacements = await replacementsOf(session, connection.context, records, given);
  let arms: Armed | null = null;
  let keys = NO_KEYS;
  try {
    const prepared = await prepareRecovery(
      prepareContext(connection.context, records),
      {
        case: caseOf(given),
        participantId: given.participant ?? null,
        lostWallet: given.wallet ?? null,
        operator: executor.address,
        custodian: given.custodian ?? null,
        holdersWay: given.holdersWay === true,
        tokens: given.token,
        ownRecovery: null,
      },
      replacements.first,
      given.holdReference ?? null,
      replacements.others,
    );
    if (prepared.kind === 'blocked') {
      const digest = previewDigest(prepared.preview);
      session.output.answer({ preview: prepared.preview, digest }, previewText(prepared.preview, digest));
      session.exit(EXIT.blocked);
      return null;
    }
    assertNamedTokens(prepared.built.preview, given.token);
    session.output.say(previewText(prepared.built.preview, prepared.previewDigest));
    session.output.say(`\n${planText(prepared.plan, prepared.planDigest)}`);
    const typed = await typedFor(session, prepared, given);
    assertNotInterrupted(session);
    assertConfirmed(prepared.plan, typed);
    await executor.prove();
    assertNotInterrupted(session);
    keys = await keysOfMade(prepared.plan, prepared.made);
    arms = armed(records, executor, prepared.plan, null, keys.signers);
    const context = sessionEngine(session, {
      ...parts,
      ...arms,
      proveWallet: proverOf(prepared.made, keystoreCodec),
    });
    const { id, changes } = await beginRecovery(context, { ...prepared, typed });
    for (const change of changes.shown) session.output.say(`Since the preview, ${change}.`);
    if (changes.lostWalletActive) {
      session.output.say('LOST_WALLET_ACTIVE: somebody is moving tokens of the lost wallet.');
    }
    session.output.say(`Recovery ${id} begins. To go on after an interruption: resume ${id}\n`);
    connection.holdOn();
    return await runToAnswer(session, context, id);
  } finally {
    arms?.disarm();
    keys.close();
    replacements.wipe();
  }
}

/** @returns the result, or null where blockers stood in the way. */
export async function recover(session: Session, given: RecoverOptions): Promise<RecoveryResult | null> {
  caseOf(given);
  sayingsOf(given);
  const to = loadNetworkProfile(given.network);
  const profileFile = path.resolve(given.network);
  return withRecords(openRecords(given.data), (records) =>
    connected(session, { ...to, participants: given.participants, records, data: given.data }, (connection) =>
      asExecutor(session, { records, connection }, given.executor, (executor) =>
        execute(session, given, { records, connection, executor, profileFile }),
      ),
    ),
  );
}

export function recoverCommand(program: Command, session: () => Session): void {
  const command = program
    .command('recover')
    .description('recover a person: preview, plan, confirmation, execution')
    .addOption(options.network())
    .addOption(options.wallet())
    .addOption(options.participant())
    .addOption(options.participants())
    .option('--replacement <address>', "the holder's new wallet", addressOf('The replacement'))
    .option('--proof <signature>', "the holder's signature of the challenge")
    .option('--proof-expires <time>', 'when the challenge expires, if it was made on another desk')
    .option('--call-back', 'a recorded call-back stands in for the proof, where policy allows it')
    .option('--replacement-keystore <file>', 'a keystore that a desk made for this recovery before')
    .option(
      '--replacement-passphrase-file <file>',
      'passphrase for the replacement wallets that the desk makes or opens',
    )
    .option(
      '--replacement-words',
      'replacement wallets with passphrases of their own that the desk makes, and keeps sealed until `handover`',
    )
    .addOption(options.custodian())
    .addOption(options.holdersWay())
    .addOption(options.token())
    .addOption(options.reason())
    .addOption(options.ticket())
    .addOption(options.identifiedBy())
    .addOption(options.identifiedHow())
    .addOption(options.evidence())
    .option('--hold-reference <text>', 'reference under which a possible legal hold was acknowledged')
    .option('--confirm <text>', 'the confirmation text, instead of typing it')
    .addOption(options.data())
    .addOption(options.json());
  executorOptions(otherProofOptions(otherWalletOptions(command))).action(
    async (given: Omit<RecoverOptions, 'executor'> & ExecutorOptions) => {
      await recover(session(), { ...given, executor: executorOf(given) });
    },
  );
}
