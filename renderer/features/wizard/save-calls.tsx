import type { ReactElement } from 'react';
import { Button } from '../../components/button.tsx';
import styles from './parts-section.module.css';
import { SavedNote } from './saved-note.tsx';
import type { WizardActs } from './wizard-acts.ts';

export interface SaveCallsProps {
  readonly recoveryId: string;
  readonly acts: WizardActs;
}

/** Hands out the calls that a Safe or a custody platform signs. */
export function SaveCalls({ recoveryId, acts }: SaveCallsProps): ReactElement {
  const saving = acts.awaits('recovery.exportCalls');
  return (
    <div className={styles.calls} role="group" aria-label="Save the calls">
      <p>
        <strong>Save the calls</strong> that are signed elsewhere, and have them carried out there unchanged.
        The desk watches the chain and goes on once they are through.
      </p>
      <SavedNote fileName={acts.saved} />
      <Button
        variant="default"
        size="sm"
        loading={saving}
        onClick={() => acts.exportCalls(recoveryId, 'safe')}
      >
        As a Safe batch…
      </Button>
      <Button
        variant="default"
        size="sm"
        loading={saving}
        onClick={() => acts.exportCalls(recoveryId, 'plain')}
      >
        As plain calldata…
      </Button>
    </div>
  );
}
