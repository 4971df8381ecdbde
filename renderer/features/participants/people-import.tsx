import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ImportPreview } from '../../../shared/people-import.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { call, newKey } from '../../desk.ts';
import { ImportPanel } from './import-panel.tsx';

export interface PeopleImport {
  /** Sets it off. */
  readonly button: ReactElement;
  /** What it would change; null while none is looked at. */
  readonly panel: ReactElement | null;
}

/** Chooses a file, shows what it would change, and imports that and nothing else. */
export function usePeopleImport(done: () => void): PeopleImport {
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const looking = useDeed(
    (again: string | null, removeMissing: boolean) =>
      call('participants.prepareImport', { key: newKey(), again, removeMissing }),
    (next) => {
      if (next !== null) setPreview(next);
    },
  );
  const importing = useDeed(
    (digest: string) => call('participants.applyImport', { key: newKey(), digest }),
    (state) => {
      setPreview(null);
      takeDeskState(state);
      done();
    },
  );
  const error = importing.error ?? looking.error;
  const busy = looking.busy || importing.busy;
  return {
    button: (
      <Button variant="default" size="sm" loading={busy} onClick={() => looking.run(null, false)}>
        Import people
      </Button>
    ),
    panel:
      error === null && preview === null ? null : (
        <>
          {error === null ? null : <ErrorPanel error={error} />}
          {preview === null ? null : (
            <ImportPanel
              preview={preview}
              busy={busy}
              onRemoveMissing={(removeMissing) => looking.run(preview.digest, removeMissing)}
              onImport={() => importing.run(preview.digest)}
              onCancel={() => setPreview(null)}
            />
          )}
        </>
      ),
  };
}
