import type { ReactElement } from 'react';
import type { NetworkEntry } from '../../../shared/desk-state.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { call, newKey } from '../../desk.ts';
import styles from './start-view.module.css';

/** The network profiles of this desk, to work with one of them. */
export function ChooseNetwork({ networks }: { readonly networks: readonly NetworkEntry[] }): ReactElement {
  const choosing = useDeed((id: string) => call('networks.choose', { key: newKey(), id }), takeDeskState);
  const adding = useDeed(() => call('networks.add', { key: newKey() }), takeDeskState);
  const real = networks.filter((network) => !network.practice);
  const error = choosing.error ?? adding.error;
  return (
    <section className={styles.way} aria-label="A network of yours">
      <div className={styles.head}>
        <Icon name="network" size={18} />
        <h2>A network of yours</h2>
      </div>
      <p className={styles.soft}>
        For real recoveries. A network profile is a file that says where the chain is reached and which system
        your tokens belong to; whoever runs your system has it.
      </p>
      {error === null ? null : <ErrorPanel error={error} />}
      {real.length === 0 ? null : (
        <ul className={styles.networks}>
          {real.map((network) => (
            <li key={network.id} className={styles.network}>
              <span className={styles.names}>
                <strong>{network.name}</strong>
                {network.problem === null ? (
                  <span className={styles.soft}>Chain {network.chainId}</span>
                ) : (
                  <span className={styles.problem}>{network.problem.message}</span>
                )}
              </span>
              <Button
                size="sm"
                disabled={network.problem !== null}
                loading={choosing.busy}
                onClick={() => choosing.run(network.id)}
              >
                Use <span className="said">{network.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        <Button variant={real.length === 0 ? 'filled' : 'default'} loading={adding.busy} onClick={adding.run}>
          Add a network profile
        </Button>
      </div>
    </section>
  );
}
