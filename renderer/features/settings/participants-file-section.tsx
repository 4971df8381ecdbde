import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Section } from '../../components/page.tsx';
import { call, newKey } from '../../desk.ts';
import styles from './settings-view.module.css';

/** Where the people come from; only who is signed in may change it. */
export function ParticipantsFileSection({ deskState }: { readonly deskState: DeskState }): ReactElement {
  const choosing = useDeed(() => call('participants.chooseFile', { key: newKey() }), takeDeskState);
  const signedIn = deskState.operator !== null;
  return (
    <Section title="Participants file">
      {choosing.error === null ? null : <ErrorPanel error={choosing.error} />}
      <div className={styles.line}>
        <div className={styles.names}>
          <p>{deskState.participantsFile ?? withoutFile(deskState)}</p>
          <p className={styles.soft}>
            {signedIn
              ? 'Lists people with their ids, names and wallets.'
              : 'Sign in to choose one: it lists people with their ids, names and wallets.'}
          </p>
        </div>
        <Button
          variant="default"
          size="sm"
          disabled={!signedIn}
          loading={choosing.busy}
          onClick={choosing.run}
        >
          Choose a file
        </Button>
      </div>
    </Section>
  );
}

function withoutFile({ directory }: DeskState): string {
  return directory === null
    ? 'None: people are known by their wallets on the chain alone.'
    : 'None: people come from the directory of this desk.';
}
