import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never.ts';
import type { DeskState } from '../../shared/desk-state.ts';
import { hasNobody } from '../features/operator/operator-words.ts';
import { StartView } from '../features/start/start-view.tsx';
import {
  HistoryView,
  ParticipantsView,
  ParticipantView,
  ReviewView,
  SettingsView,
  SetUpView,
  WizardScreen,
} from './later-views.tsx';
import { isLocked, useWindow } from './store.ts';

/**
 * The view in front. What needs a network and an operator shows the way to them until there are both: a desk that has
 * no operator yet begins with setting one up.
 */
export function CurrentView({ deskState }: { readonly deskState: DeskState }): ReactElement {
  const view = useWindow((state) => state.view);
  const locked = useWindow(isLocked);
  if (locked) return <WizardScreen />;

  const connected = deskState.connection.status === 'connected';
  const ready = connected && deskState.operator !== null;
  const start =
    connected && hasNobody(deskState) ? (
      <SetUpView deskState={deskState} />
    ) : (
      <StartView deskState={deskState} />
    );
  switch (view.name) {
    case 'wizard':
      return <WizardScreen />;
    case 'review':
      return <ReviewView />;
    case 'settings':
      return <SettingsView deskState={deskState} />;
    case 'set_up':
      return <SetUpView deskState={deskState} />;
    case 'participants':
      return ready ? <ParticipantsView deskState={deskState} /> : start;
    case 'participant':
      return ready ? <ParticipantView subject={view.key} /> : start;
    case 'history':
      return deskState.operator === null ? start : <HistoryView />;
    default:
      return assertNever(view);
  }
}
