/** The views that a window does not open with: each is a file of its own, so that the first view need not wait for it. */
import { lazy } from 'react';

const participants = () => import('../features/participants/participants-view.tsx');
const wizard = () => import('../features/wizard/wizard-screen.tsx');
const participant = () => import('../features/participant/participant-view.tsx');
const history = () => import('../features/history/history-view.tsx');
const review = () => import('../features/review/review-view.tsx');
const settings = () => import('../features/settings/settings-view.tsx');

export const ParticipantsView = lazy(async () => ({ default: (await participants()).ParticipantsView }));
export const WizardScreen = lazy(async () => ({ default: (await wizard()).WizardScreen }));
export const ParticipantView = lazy(async () => ({ default: (await participant()).ParticipantView }));
export const HistoryView = lazy(async () => ({ default: (await history()).HistoryView }));
export const ReviewView = lazy(async () => ({ default: (await review()).ReviewView }));
export const SettingsView = lazy(async () => ({ default: (await settings()).SettingsView }));

/** Fetches them once the first view is drawn and the window has nothing else to do: who goes to one waits for nothing. */
export function fetchLaterViews(): void {
  const fetchAll = (): void => {
    for (const view of [participants, wizard, participant, history, review, settings])
      view().catch(() => undefined);
  };
  requestAnimationFrame(() => requestIdleCallback(fetchAll));
}
