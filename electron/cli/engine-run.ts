/** Runs a recovery from the terminal, telling what happens, and answers its result. */
import { DeskError } from '../../shared/errors.ts';
import type { RecoveryResult } from '../../shared/outcome.ts';
import type { Records } from '../records.ts';
import { engineContext } from '../desk.ts';
import type { Connected } from '../desk.ts';
import { runRecovery } from '../recovery/engine.ts';
import type { EngineContext } from '../recovery/engine-context.ts';
import type { Armed } from './executor.ts';
import { exitOfResult } from './exit-codes.ts';
import { progressText } from './progress-text.ts';
import { resultText } from './result-text.ts';
import type { Session } from './session.ts';

export interface EngineParts extends Pick<Armed, 'signer' | 'others'> {
  readonly connection: Connected;
  readonly records: Records;
  readonly profileFile: string;
  readonly proveWallet: (() => Promise<void>) | null;
  /** Higher bounds that are confirmed to this run. */
  readonly confirmedBounds?: EngineContext['confirmedBounds'];
}

/** The engine's context for this session. */
export function sessionEngine(session: Session, parts: EngineParts): EngineContext {
  return engineContext({
    ...parts,
    checkpoint: session.checkpoint,
    signal: session.signal,
    progress: (event) => {
      const line = progressText(event);
      if (line !== null) session.output.say(line);
    },
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
  // The text has it too; with --json a person at the terminal would not see why.
  if (result.reason !== undefined && session.output.json) {
    session.output.say(`\n${result.reason.code}: ${result.reason.message}\n→ ${result.reason.remedy}`);
  }
  return result;
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
