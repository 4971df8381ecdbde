/**
 * The terminal: commands over the services of desk.ts. It must never hold logic of a recovery, print a secret, or
 * write anything but the one document to stdout with `--json`.
 */
import { Command, CommanderError } from 'commander';
import { DeskError, asDeskError } from '../../shared/errors.ts';
import type { Checkpoint } from '../desk.ts';
import type { ChildPrograms } from '../operator/needs.ts';
import type { OpenExternal } from '../operator/oidc/needs.ts';
import { refuseOptionsAsValues } from './arguments.ts';
import { challengeCommand } from './commands/challenge.ts';
import { claimsCommand } from './commands/claims.ts';
import { demoCommand } from './commands/demo.ts';
import { handoverCommands } from './commands/handover.ts';
import { directoryCommands } from './commands/directory.ts';
import { networkCommand } from './commands/network-check.ts';
import { operatorsCommand } from './commands/operators.ts';
import { participantsCommand } from './commands/participants.ts';
import { previewCommands } from './commands/preview.ts';
import { practiceCommand } from './commands/practice.ts';
import { recordCommands } from './commands/records.ts';
import { recoverCommand } from './commands/recover.ts';
import { resumeCommand } from './commands/resume.ts';
import { EXIT, exitOfError } from './exit-codes.ts';
import { outputTo } from './output.ts';
import type { Streams } from './output.ts';
import type { Session } from './session.ts';

export interface Entry extends Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly signal: AbortSignal;
  readonly checkpoint: Checkpoint;
  readonly programs: ChildPrograms;
  readonly openExternal: OpenExternal;
}

function usageError(error: CommanderError): DeskError {
  return new DeskError('BAD_USAGE', {
    message:
      error.code === 'commander.help'
        ? 'No command was given.'
        : error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '),
    remedy: 'Run with --help to see commands and options.',
    retry: 'never',
  });
}

function commands(entry: Entry, session: () => Session): Command {
  const program = new Command('recovery-desk')
    .description('Recovers a person who lost the wallet linked to their on-chain identity.')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void entry.stderr.write(text),
      writeErr: () => undefined,
    });
  for (const add of [
    demoCommand,
    practiceCommand,
    networkCommand,
    previewCommands,
    challengeCommand,
    recoverCommand,
    resumeCommand,
    recordCommands,
    handoverCommands,
    claimsCommand,
    operatorsCommand,
    directoryCommands,
    participantsCommand,
  ]) {
    add(program, session);
  }
  return program;
}

/** Subcommands inherit how errors end only when they are told so. */
function overrideExits(command: Command): void {
  for (const sub of command.commands) {
    sub.exitOverride().copyInheritedSettings(command);
    overrideExits(sub);
  }
}

/**
 * Runs one command line.
 * @param argv the arguments without node and script.
 * @returns the exit code of DESIGN 6.
 */
export async function runTerminal(entry: Entry, argv: readonly string[]): Promise<number> {
  const output = outputTo(entry, argv.includes('--json'));
  let code: number = EXIT.done;
  const session: Session = {
    output,
    terminal: { input: entry.stdin, output: entry.stderr, signal: entry.signal },
    signal: entry.signal,
    checkpoint: entry.checkpoint,
    programs: entry.programs,
    openExternal: entry.openExternal,
    exit: (wanted) => {
      code = wanted;
    },
  };
  const program = commands(entry, () => session);
  overrideExits(program);
  refuseOptionsAsValues(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.done;
    const error = thrown instanceof CommanderError ? usageError(thrown) : asDeskError(thrown);
    output.error(error);
    return thrown instanceof CommanderError ? EXIT.input : exitOfError(error);
  }
}
