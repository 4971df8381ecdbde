import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import { StartView } from '../features/start/start-view.tsx';
import {
  HistoryView,
  ParticipantsView,
  ParticipantView,
  ReviewView,
  SettingsView,
  WizardScreen,
} from './later-views.tsx';
import { isLocked, useWindow } from './store.ts';

/** The view in front. What needs a network and an operator shows the way to them until there are both. */
export function CurrentView({ deskState }: { readonly deskState: DeskState }): ReactElement {
  const view = useWindow((state) => state.view);
  const locked = useWindow(isLocked);
  if (locked) return <WizardScreen />;

  const ready = deskState.connection.status === 'connected' && deskState.operator !== null;
  switch (view.name) {
    case 'wizard':
      return <WizardScreen />;
    case 'review':
      return <ReviewView />;
    case 'settings':
      return <SettingsView deskState={deskState} />;
    case 'participants':
      return ready ? <ParticipantsView deskState={deskState} /> : <StartView deskState={deskState} />;
    case 'participant':
      return ready ? <ParticipantView subject={view.key} /> : <StartView deskState={deskState} />;
    case 'history':
      return deskState.operator === null ? <StartView deskState={deskState} /> : <HistoryView />;
    default:
      return assertNever(view);
  }
}
