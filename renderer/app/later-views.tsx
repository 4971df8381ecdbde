/** The views that a window does not open with: each is a file of its own, so that the first view need not wait for it. */
import { lazy } from 'react';
import type { ComponentType } from 'react';

const library = () => import('./component-library.tsx');
const participants = () => import('../features/participants/participants-view.tsx');
const wizard = () => import('../features/wizard/wizard-screen.tsx');
const participant = () => import('../features/participant/participant-view.tsx');
const history = () => import('../features/history/history-view.tsx');
const review = () => import('../features/review/review-view.tsx');
const settings = () => import('../features/settings/settings-view.tsx');
const setUp = () => import('../features/operator/set-up-view.tsx');

/** The view within the component library, both fetched at once. */
function later<P extends object>(fetchView: () => Promise<ComponentType<P>>) {
  return lazy(async () => {
    const [View, { ComponentLibrary }] = await Promise.all([fetchView(), library()]);
    return {
      default: (props: P) => (
        <ComponentLibrary>
          <View {...props} />
        </ComponentLibrary>
      ),
    };
  });
}

export const ParticipantsView = later(async () => (await participants()).ParticipantsView);
export const WizardScreen = later(async () => (await wizard()).WizardScreen);
export const ParticipantView = later(async () => (await participant()).ParticipantView);
export const HistoryView = later(async () => (await history()).HistoryView);
export const ReviewView = later(async () => (await review()).ReviewView);
export const SettingsView = later(async () => (await settings()).SettingsView);
export const SetUpView = later(async () => (await setUp()).SetUpView);

/** Fetches them once the first view stands and the window has nothing else to do: who goes to one waits for nothing. */
export function fetchLaterViews(): void {
  const fetchAll = (): void => {
    for (const part of [library, participants, wizard, participant, history, review, settings, setUp])
      part().catch(() => undefined);
  };
  const painted = new PerformanceObserver(() => {
    painted.disconnect();
    requestIdleCallback(fetchAll);
  });
  painted.observe({ type: 'paint', buffered: true });
}
