import { useState } from 'react';
import type { ReactElement } from 'react';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { call, newKey } from '../../desk.ts';
import styles from './participants-view.module.css';

/** Writes everybody to a file that can be imported again. */
export function ExportPeople(): ReactElement {
  const [saved, setSaved] = useState<string | null>(null);
  const exporting = useDeed(
    () => call('participants.export', { key: newKey(), format: 'csv' }),
    (file) => setSaved(file?.fileName ?? null),
  );
  return (
    <>
      <Button variant="default" size="sm" loading={exporting.busy} onClick={exporting.run}>
        Export as CSV
      </Button>
      <span role="status" className={styles.soft}>
        {saved === null ? '' : `Written to ${saved}`}
      </span>
      {exporting.error === null ? null : (
        <span role="alert" className={styles.refused}>
          {exporting.error.message} {exporting.error.remedy}
        </span>
      )}
    </>
  );
}
