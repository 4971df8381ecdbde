/**
 * What the window shows: the desk's state and the wizard's step as main told them last, and which view is in front.
 * There is no address, no history and no way to a view but `show`. While a recovery holds the desk there is one view.
 */
import { create } from 'zustand';
import type { ErrorView } from '../../shared/answer.ts';
import type { DeskState, ReadingProgress } from '../../shared/desk-state.ts';
import type { SubjectKey } from '../../shared/people-views.ts';
import type { Wizard } from '../../shared/wizard.ts';

export type View =
  | { readonly name: 'participants' }
  | { readonly name: 'participant'; readonly key: SubjectKey }
  | { readonly name: 'history' }
  | { readonly name: 'review' }
  | { readonly name: 'settings' }
  | { readonly name: 'set_up' }
  | { readonly name: 'wizard' };

export type Custodian = Extract<Wizard, { step: 'case' }>['custodians'][number];

export interface WindowState {
  /** null until main has answered for the first time. */
  readonly deskState: DeskState | null;
  readonly wizard: Wizard;
  /** Who could sign token steps, as the case step told it: the steps after it name signers by their address alone. */
  readonly custodians: readonly Custodian[];
  /** Told while logs are read; null when nothing is being read. */
  readonly reading: ReadingProgress | null;
  readonly view: View;
  /** Why main has not answered, as long as it has not. */
  readonly unreachable: ErrorView | null;
}

export const useWindow = create<WindowState>(() => ({
  deskState: null,
  wizard: { step: 'none' },
  custodians: [],
  reading: null,
  view: { name: 'participants' },
  unreachable: null,
}));

/** Brings a view to the front. Does nothing while a recovery holds the desk. */
export function show(view: View): void {
  useWindow.setState((state) => (isLocked(state) ? {} : { view }));
}

export function takeDeskState(deskState: DeskState): void {
  useWindow.setState((state) => settled(emptied({ ...state, deskState, unreachable: null })));
}

/** A recovery that begins comes to the front by itself; one that is over lets go of it. */
export function takeWizard(wizard: Wizard): void {
  useWindow.setState((state) => {
    if (isAway(state)) return {};
    const begun = state.wizard.step === 'none' && wizard.step !== 'none';
    return settled({
      ...state,
      wizard,
      custodians: custodiansAt(wizard, state.custodians),
      reading: null,
      view: begun ? { name: 'wizard' } : state.view,
    });
  });
}

export function takeReading(reading: ReadingProgress | null): void {
  useWindow.setState((state) => (isAway(state) ? {} : { reading }));
}

/** Whether the desk is hidden or locked: then nothing of people and recoveries is drawn, and nothing of them is held. */
export function isAway({ deskState }: WindowState): boolean {
  return deskState !== null && deskState.lock.kind !== 'open';
}

/** Whether a recovery is being executed: then nothing but its progress is shown, and nothing else can be reached. */
export function isLocked(state: WindowState): boolean {
  return state.wizard.step === 'progress' || (state.deskState?.lockedOn ?? null) !== null;
}

/** Whether main works with the key of who is signed in: then nobody signs out. One that stands still needs no key. */
export function isWorking(state: WindowState): boolean {
  return isLocked(state) && !(state.wizard.step === 'progress' && !state.wizard.progress.working);
}

function custodiansAt(wizard: Wizard, before: readonly Custodian[]): readonly Custodian[] {
  if (wizard.step === 'case') return wizard.custodians;
  return wizard.step === 'none' ? [] : before;
}

/** What was shown to who was at the desk is dropped when nobody is: it is told again to who unlocks it. */
function emptied(state: WindowState): WindowState {
  if (!isAway(state)) return state;
  const view = state.view.name === 'participant' ? ({ name: 'participants' } as const) : state.view;
  return { ...state, wizard: { step: 'none' }, custodians: [], reading: null, view };
}

/** After the lock the window stays on what the recovery came to; without a wizard there is no wizard view. */
function settled(state: WindowState): WindowState {
  if (isLocked(state)) return { ...state, view: { name: 'wizard' } };
  if (state.view.name === 'wizard' && state.wizard.step === 'none') {
    return { ...state, view: { name: 'participants' } };
  }
  return state;
}
