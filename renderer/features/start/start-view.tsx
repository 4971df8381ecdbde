import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Loading } from '../../components/loading.tsx';
import { useWindow } from '../../app/store.ts';
import { ChooseNetwork } from './choose-network.tsx';
import { PracticeOffer } from './practice-offer.tsx';
import { SignIn } from './sign-in.tsx';
import styles from './start-view.module.css';
import { Page } from '../../components/page.tsx';

/** The way to work: a network first, then an operator; or the practice network, which brings both. */
export function StartView({ deskState }: { readonly deskState: DeskState }): ReactElement {
  const { connection } = deskState;
  const reading = useWindow((state) => state.reading);
  if (connection.status === 'connecting') {
    return (
      <Page title="Recovery Desk">
        <Loading what={`Connecting to ${connection.name}.`} progress={reading} />
      </Page>
    );
  }
  const connected = connection.status === 'connected';
  return (
    <Page
      title={connected ? 'Sign in' : 'Choose where to work'}
      width="text"
      subtitle={
        connected
          ? `The desk is connected to ${connection.name}. People are shown to who is signed in.`
          : 'The desk recovers the on-chain identity of a person who lost their wallet.'
      }
    >
      {connection.status === 'failed' ? <ErrorPanel error={connection.error} /> : null}
      <div className={styles.ways}>
        {connected ? (
          <SignIn name={connection.name} deskState={deskState} />
        ) : (
          <ChooseNetwork networks={deskState.networks} />
        )}
        {connected && connection.practice ? null : <PracticeOffer drills={deskState.drills} />}
      </div>
    </Page>
  );
}
