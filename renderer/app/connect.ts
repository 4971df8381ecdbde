import { call, listen, onFoundLocked } from '../desk.ts';
import type { ErrorView } from '../../shared/answer.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import type { Wizard } from '../../shared/wizard.ts';
import { isAway, takeDeskState, takeReading, takeWizard, useWindow } from './store.ts';

/**
 * Listens first and asks then, so that nothing is missed; an answer never overtakes what was told. The bridge has asked
 * already, and kept what was told since.
 * @returns settles when main has answered both questions, or could not be reached.
 */
export async function connect(): Promise<void> {
  const told = { desk: false, wizard: false };
  const deskTold = (state: DeskState): void => {
    told.desk = true;
    takeDeskState(state);
  };
  const wizardTold = (wizard: Wizard): void => {
    told.wizard = true;
    takeWizard(wizard);
  };
  listen('desk.changed', deskTold);
  listen('wizard.changed', wizardTold);
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
