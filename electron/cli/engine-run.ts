/** Runs a recovery from the terminal, telling what happens, and answers its result. */
import { DeskError } from '../../shared/errors.ts';
import type { StatusReason } from '../../shared/journal.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { Records } from '../records.ts';
import { engineContext } from '../desk.ts';
import type { Connected } from '../desk.ts';
import { runIssue } from '../recovery/claims/issue.ts';
import { runRecovery } from '../recovery/engine.ts';
import type { EngineContext } from '../recovery/engine-context.ts';
import type { Armed } from './executor.ts';
import { issueText } from './claims-text.ts';
import { EXIT, exitOfResult } from './exit-codes.ts';
import { progressTeller } from './progress-text.ts';
import { resultText } from './result-text.ts';
import type { Session } from './session.ts';

export interface EngineParts extends Pick<Armed, 'signer' | 'others'> {
  readonly connection: Connected;
  readonly records: Records;
  readonly profileFile: string;
  readonly proveWallet: EngineContext['proveWallet'];
  /** Higher bounds that are confirmed to this run. */
  readonly confirmedBounds?: EngineContext['confirmedBounds'];
}

/** The engine's context for this session. */
export function sessionEngine(session: Session, parts: EngineParts): EngineContext {
  return engineContext({
    ...parts,
    checkpoint: session.checkpoint,
    signal: session.signal,
    progress: progressTeller((line) => session.output.say(line)),
  });
}

/** Runs to the end, or to where it waits or stops; answers the result and sets the exit code. */
export async function runToAnswer(
  session: Session,
  context: EngineContext,
  id: string,
): Promise<RecoveryResult> {
  const result = await runRecovery(context, id);
  session.output.answer(result, resultText(result));
  session.exit(exitOfResult(result));
  tellReason(session, result.reason);
  return result;
}

/** The text has it too; with --json a person at the terminal would not see why. */
function tellReason({ output }: Session, reason: StatusReason | undefined): void {
  if (reason === undefined || !output.json) return;
  output.say(`\n${reason.code}: ${reason.message}\n→ ${reason.remedy}`);
}

/** The same for an issue of claims. */
export async function issueToAnswer(session: Session, context: EngineContext, id: string): Promise<void> {
  const issue = await runIssue(context, id);
  session.output.answer(issue, issueText(issue));
  session.exit(issue.status === 'completed' ? EXIT.done : EXIT.failed);
  tellReason(session, issue.reason);
}

/** Before anything was stored, an interruption is an error; later the engine turns it into a state. */
export function assertNotInterrupted(session: Session): void {
  if (!session.signal.aborted) return;
  throw new DeskError('INTERRUPTED', {
    message: 'Interrupted. Nothing was done.',
    remedy: 'Start the command again when you are ready.',
    retry: 'safe',
  });
}
