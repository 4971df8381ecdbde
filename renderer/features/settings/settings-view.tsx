import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import { AppearanceChoice } from '../../app/appearance-choice.tsx';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Page, Section } from '../../components/page.tsx';
import { call, newKey } from '../../desk.ts';
import { NetworksSection } from './networks-section.tsx';
import { ParticipantsFileSection } from './participants-file-section.tsx';
import { YouSection } from './you-section.tsx';

const RUNTIMES = { electron: 'Electron', chromium: 'The browser of this system' } as const;

/** Who is signed in, networks, where the people come from, and how the desk looks. */
export function SettingsView({ deskState }: { readonly deskState: DeskState }): ReactElement {
  const { operator, signInWays } = deskState;
  const removing = useDeed(() => call('operator.remove', { key: newKey() }), takeDeskState);
  return (
    <Page title="Settings" width="text" subtitle="Kept on this machine alone.">
      {operator !== null ? (
        <YouSection operator={operator} ways={signInWays} removing={removing} />
      ) : removing.error !== null ? (
        <ErrorPanel error={removing.error} />
      ) : null}
      <NetworksSection networks={deskState.networks} connection={deskState.connection} />
      <ParticipantsFileSection deskState={deskState} />
      <Section title="Appearance">
        <AppearanceChoice appearance={deskState.appearance} size="words" />
      </Section>
      <Section title="About this desk">
        <KeyValue
          facts={[
            { name: 'Version', value: deskState.version },
            { name: 'Runs in', value: RUNTIMES[deskState.runtime] },
          ]}
        />
      </Section>
    </Page>
  );
}
