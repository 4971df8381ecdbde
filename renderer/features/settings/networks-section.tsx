import type { ReactElement } from 'react';
import type { DeskState, NetworkEntry } from '../../../shared/desk-state.ts';
import { takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Section } from '../../components/page.tsx';
import { call, newKey } from '../../desk.ts';
import { NetworkRow } from './network-row.tsx';
import styles from './settings-view.module.css';

export interface NetworksSectionProps {
  readonly networks: readonly NetworkEntry[];
  readonly connection: DeskState['connection'];
}

/** The network profiles: added, checked, chosen, removed. */
export function NetworksSection({ networks, connection }: NetworksSectionProps): ReactElement {
  const adding = useDeed(() => call('networks.add', { key: newKey() }), takeDeskState);
  const closing = useDeed(() => call('practice.close', { key: newKey() }), takeDeskState);
  const practice = connection.status === 'connected' && connection.practice;
  const error = adding.error ?? closing.error;
  return (
    <Section
      title="Networks"
      aside={
        <span className={styles.buttons}>
          {practice ? (
            <Button variant="default" size="sm" loading={closing.busy} onClick={closing.run}>
              Close the practice network
            </Button>
          ) : null}
          <Button size="sm" loading={adding.busy} onClick={adding.run}>
            Add a profile
          </Button>
        </span>
      }
    >
      {error === null ? null : <ErrorPanel error={error} />}
      {connection.status === 'failed' ? <ErrorPanel error={connection.error} /> : null}
      {networks.length === 0 ? (
        <Empty icon="network" title="No network profile yet">
          A profile is a file that says where the chain is reached and which system your tokens belong to.
        </Empty>
      ) : (
        <ul className={styles.networks}>
          {networks.map((network) => (
            <NetworkRow key={network.id} network={network} />
          ))}
        </ul>
      )}
    </Section>
  );
}
