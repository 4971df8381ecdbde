import { useState } from 'react';
import type { ReactElement } from 'react';
import type { SignedInView } from '../../../shared/desk-state.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Told } from '../../components/told.tsx';
import { call, newKey } from '../../desk.ts';
import { waitingWords } from './deed-row.tsx';
import styles from './you-section.module.css';

/** Saves the key to a keystore file, under a passphrase of its own. */
export function SaveKey({ operator }: { readonly operator: SignedInView }): ReactElement {
  const [saved, setSaved] = useState<string | null>(null);
  const saving = useDeed(
    () => call('operator.exportKey', { key: newKey() }),
    (file) => setSaved(file?.fileName ?? null),
  );
  return (
    <li className={styles.deed}>
      <div className={styles.line}>
        <div>
          <h3>Copy of your key</h3>
          <p className={styles.soft}>
            A keystore file, locked with a passphrase of its own. Your passphrase is asked for first. Keep the
            file where nobody else comes to it.
          </p>
        </div>
        <Button variant="default" size="sm" loading={saving.busy} onClick={saving.run}>
          Save the key…
        </Button>
      </div>
      <Told words={saving.busy ? waitingWords(operator) : saved === null ? null : `Saved as ${saved}`} />
      {saving.error === null ? null : <ErrorPanel error={saving.error} />}
    </li>
  );
}
