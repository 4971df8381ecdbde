import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { call, newKey } from '../../desk.ts';
import { ExportPeople } from './export-people.tsx';
import styles from './participants-view.module.css';
import { Button } from '../../components/button.tsx';

export interface ParticipantsSourceProps {
  readonly deskState: DeskState;
  /** Sets an import off. */
  readonly importing: ReactElement;
}

/** Where the names come from, and the way to another file. */
export function ParticipantsSource({ deskState, importing }: ParticipantsSourceProps): ReactElement {
  const choosing = useDeed(() => call('participants.chooseFile', { key: newKey() }), takeDeskState);
  return (
    <>
      <span className={styles.soft} title={deskState.participantsFile ?? undefined}>
        {sourceWords(deskState)}
      </span>
      {practises(deskState) ? null : (
        <Button variant="default" size="sm" loading={choosing.busy} onClick={choosing.run}>
          Choose participants file
        </Button>
      )}
      {deskState.operator?.identityManager === true ? importing : null}
      {deskState.directory === null ? null : <ExportPeople />}
      {choosing.error === null ? null : (
        <span role="alert" className={styles.refused}>
          {choosing.error.message} {choosing.error.remedy}
        </span>
      )}
    </>
  );
}

/** The desk's own practice network has its own people: main takes no others there. */
function practises({ networks }: DeskState): boolean {
  return networks.some((network) => network.chosen && network.file === null);
}

function sourceWords({ participantsFile, directory }: DeskState): string {
  if (participantsFile !== null) return `From ${fileName(participantsFile)}`;
  return directory === null ? 'Known from the chain alone, without names' : 'From the directory of this desk';
}

function fileName(path: string): string {
  return path.split(/[/\\]/u).at(-1) ?? path;
}
