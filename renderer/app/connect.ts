import { call, listen, onFoundLocked } from '../desk.ts';
import type { ErrorView } from '../../shared/answer.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import type { Wizard } from '../../shared/wizard.ts';
import { firstAnswers, takeOver } from './first-answers.ts';
import { isAway, takeDeskState, takeReading, takeWizard, useWindow } from './store.ts';

/**
 * Takes over what was asked and told since the window began. An answer never overtakes what was told.
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
  const before = takeOver();
  if (before.desk !== null) deskTold(before.desk);
  if (before.wizard !== null) wizardTold(before.wizard);
  onFoundLocked(() => void askState(() => false));
  useWindow.subscribe((state, before) => {
    if (isAway(before) && !isAway(state)) askWizardAgain();
  });
  await Promise.all([
    askState(() => told.desk, firstAnswers.desk),
    askWizard(() => told.wizard, firstAnswers.wizard),
  ]);
}

async function askState(told: () => boolean, asked = call('desk.state', {})): Promise<void> {
  const answer = await asked;
  if (told()) return;
  if (answer.ok) takeDeskState(answer.value);
  else takeUnreachable(answer.error);
}

async function askWizard(told: () => boolean, asked = call('wizard.state', {})): Promise<void> {
  const answer = await asked;
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
