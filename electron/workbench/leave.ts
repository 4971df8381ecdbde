/** Leaves the wizard: for the recovery that holds the desk where one does, for nothing else where none does. */
import type { Wizard } from '../../shared/wizard.ts';
import { lockedOnRecovery } from '../ipc/guards.ts';
import { profileFileOf } from '../recovery/profile-file.ts';
import { elsewhere } from './refusals.ts';
import { show } from './wizard-execution.ts';
import type { Bench } from './bench.ts';

/**
 * Gives up what was not begun, or closes the summary of what has ended.
 * @throws DeskError WIZARD_ELSEWHERE while a plan is being confirmed, LOCKED_ON_RECOVERY from the progress of a
 *   recovery that holds the desk.
 */
export async function leave(bench: Bench): Promise<Wizard> {
  const { holder, execution } = bench.wizard;
  const { step } = holder.wizard;
  if (step === 'confirm') throw elsewhere('A recovery is being confirmed.');
  const held = bench.held();
  if (held === null) holder.set({ step: 'none' });
  else if (step === 'progress' || execution.busy) throw lockedOnRecovery(held);
  else await showHeld(bench, held);
  return holder.wizard;
}

/** Shows the recovery that holds the desk, and connects to the network that it was begun on. */
export async function showHeld(bench: Bench, id: string): Promise<void> {
  const { connection, wizard } = bench;
  show(wizard, connection.records, id);
  const profile = connection.records.journal.read(id)?.recovery.profile;
  if (profile !== undefined && profileFileOf(profile) !== connection.site?.profileFile)
    await bench.connectChosen();
}
