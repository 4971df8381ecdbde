import { call, listen, onFoundLocked } from '../desk.ts';
import type { ErrorView } from '../../shared/answer.ts';
import { isAway, takeDeskState, takeReading, takeWizard, useWindow } from './store.ts';

/**
 * Listens first and asks then, so that nothing told in between is missed. An answer never overtakes what was told.
 * @returns settles when main has answered both questions, or could not be reached.
 */
export async function connect(): Promise<void> {
  let told = { desk: false, wizard: false };
  listen('desk.changed', (state) => {
    told = { ...told, desk: true };
    takeDeskState(state);
  });
  listen('wizard.changed', (wizard) => {
    told = { ...told, wizard: true };
    takeWizard(wizard);
  });
  listen('reading.progress', takeReading);
  onFoundLocked(() => void askState(() => false));
  useWindow.subscribe((state, before) => {
    if (isAway(before) && !isAway(state)) askWizardAgain();
  });
  await Promise.all([askState(() => told.desk), askWizard(() => told.wizard)]);
}

async function askState(told: () => boolean): Promise<void> {
  const answer = await call('desk.state', {});
  if (told()) return;
  if (answer.ok) takeDeskState(answer.value);
  else takeUnreachable(answer.error);
}

async function askWizard(told: () => boolean): Promise<void> {
  const answer = await call('wizard.state', {});
  if (answer.ok && !told()) takeWizard(answer.value);
}

/** Nothing of the wizard was told or held while the desk was locked. */
function askWizardAgain(): void {
  const { wizard } = useWindow.getState();
  void askWizard(() => useWindow.getState().wizard !== wizard);
}

/** Asks again after main could not be reached. */
export function reconnect(): void {
  useWindow.setState({ unreachable: null });
  void askState(() => false);
  void askWizard(() => false);
}

function takeUnreachable(error: ErrorView): void {
  useWindow.setState({ unreachable: error });
}
