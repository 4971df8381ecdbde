/** Signs out: the key is closed, and what was being prepared is given up. A recovery that holds the desk stays. */
import type { DeskState } from '../../shared/desk-state.ts';
import { lockedOnRecovery } from '../ipc/guards.ts';
import { showHeld } from './leave.ts';
import type { Bench } from './bench.ts';

/** @throws DeskError LOCKED_ON_RECOVERY while a recovery is worked on with the key. */
export async function signOut(bench: Bench): Promise<DeskState> {
  const held = bench.held();
  if (held !== null && bench.wizard.execution.busy) throw lockedOnRecovery(held);
  bench.options.entry.cancel();
  bench.signedIn(null);
  if (held === null) bench.wizard.holder.set({ step: 'none' });
  else await showHeld(bench, held);
  return bench.state();
}
