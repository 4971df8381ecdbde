import { useState } from 'react';
import type { ReactElement } from 'react';
import type { NetworkCheck, NetworkEntry } from '../../../shared/desk-state.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Loading } from '../../components/loading.tsx';
import { PracticeMark } from '../../components/practice-mark.tsx';
import { call, newKey } from '../../desk.ts';
import { CheckResult } from './check-result.tsx';
import styles from './settings-view.module.css';

/** One network profile and what can be done with it. */
export function NetworkRow({ network }: { readonly network: NetworkEntry }): ReactElement {
  const [checked, setChecked] = useState<NetworkCheck | null>(null);
  const [leaving, setLeaving] = useState(false);
  const checking = useDeed(() => call('networks.check', { id: network.id }), setChecked);
  const choosing = useDeed(() => call('networks.choose', { key: newKey(), id: network.id }), takeDeskState);
  const removing = useDeed(() => call('networks.remove', { key: newKey(), id: network.id }), takeDeskState);
  const error = checking.error ?? choosing.error ?? removing.error ?? network.problem;
  return (
    <li className={styles.network}>
      <div className={styles.line}>
        <div className={styles.names}>
          <p>
            <strong>{network.name}</strong> {network.practice ? <PracticeMark /> : null}
            {network.chosen ? <span className={styles.chosen}>In use</span> : null}
          </p>
          <p className={styles.soft}>
            {network.chainId === null ? null : `Chain ${String(network.chainId)}. `}
            {network.file}
          </p>
        </div>
        <div className={styles.buttons}>
          <Button variant="default" size="sm" loading={checking.busy} onClick={checking.run}>
            Check <span className="said">{network.name}</span>
          </Button>
          {network.chosen ? null : (
            <Button variant="default" size="sm" loading={choosing.busy} onClick={choosing.run}>
              Use <span className="said">{network.name}</span>
            </Button>
          )}
          {network.practice ? null : (
            <Button variant="subtle" size="sm" aria-expanded={leaving} onClick={() => setLeaving(!leaving)}>
              Remove <span className="said">{network.name}</span>
            </Button>
          )}
        </div>
      </div>
      {leaving ? (
        <div className={styles.question} role="group" aria-label={`Remove ${network.name}?`}>
          <p>The desk forgets this profile. The file itself stays where it is.</p>
          <Button size="sm" tone="danger" loading={removing.busy} onClick={removing.run}>
            Forget it
          </Button>
          <Button size="sm" variant="default" onClick={() => setLeaving(false)}>
            Keep it
          </Button>
        </div>
      ) : null}
      {checking.busy ? <Loading what={`Asking ${network.name} what it is.`} /> : null}
      {error === null ? null : <ErrorPanel error={error} />}
      {checked === null || checking.busy || checking.error !== null ? null : (
        <CheckResult checked={checked} />
      )}
    </li>
  );
}
