/** Signs out: the key is closed, and what was being prepared is given up. A recovery that holds the desk stays. */
import type { DeskState } from '../../shared/desk-state.ts';
import { lockedOnRecovery } from '../ipc/guards.ts';
import { showHeld } from './leave.ts';
import type { Bench } from './bench.ts';

/** @throws DeskError LOCKED_ON_RECOVERY while a recovery is worked on with the key. */
export async function signOut(bench: Bench): Promise<DeskState> {
  const held = bench.held();
  if (held !== null && bench.wizard.execution.busy) throw lockedOnRecovery(held);
  await leaveDesk(bench);
  return bench.state();
}

/** From now on nobody is signed in, and nothing of what they asked for or prepared stays. */
export async function leaveDesk(bench: Bench): Promise<void> {
  const held = bench.held();
  bench.options.entry.cancel();
  bench.signedIn(null);
  if (held === null) bench.wizard.holder.set({ step: 'none' });
  else await showHeld(bench, held);
}
