/**
 * Asks main before anything else of the window is there, so that main answers while the rest is run. It listens first
 * and asks then, so that nothing told in between is missed.
 */
import { call, listen } from '../desk.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import type { Wizard } from '../../shared/wizard.ts';

/** What was told last, before anybody took over. */
export interface Told {
  desk: DeskState | null;
  wizard: Wizard | null;
}

const told: Told = { desk: null, wizard: null };

const ends = [
  listen('desk.changed', (state) => {
    told.desk = state;
  }),
  listen('wizard.changed', (wizard) => {
    told.wizard = wizard;
  }),
];

export const firstAnswers = { desk: call('desk.state', {}), wizard: call('wizard.state', {}) };

/** To be called by whoever listens from now on. @returns what was told until now. */
export function takeOver(): Told {
  for (const end of ends) end();
  return told;
}
