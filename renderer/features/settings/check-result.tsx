import type { ReactElement } from 'react';
import type { NetworkCheck } from '../../../shared/desk-state.ts';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Icon } from '../../components/icon.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import styles from './settings-view.module.css';

const PROTOCOLS = { smart: 'SMART', erc3643: 'ERC-3643' } as const;

/** What a network answered: that it is what its profile says, and what it can do. */
export function CheckResult({ checked }: { readonly checked: NetworkCheck }): ReactElement {
  return (
    <div className={styles.result} role="status">
      <p className={styles.verdict}>
        <Icon name="done" size={14} /> The network answers and is the one that its profile names.
      </p>
      <KeyValue
        flow="row"
        facts={[
          { name: 'Newest block', value: countText(checked.block) },
          {
            name: 'Final up to',
            value: checked.finalBlock === null ? 'Not told by this network' : countText(checked.finalBlock),
          },
          { name: 'Token standard', value: PROTOCOLS[checked.protocol] },
          { name: 'Trial runs', value: checked.simulation ? 'Offered' : 'Not offered by its node' },
          { name: 'Fees', value: checked.fees === 'eip1559' ? 'By base fee' : 'By one gas price' },
        ]}
      />
      <details className={styles.parts}>
        <summary>The system’s {countText(checked.parts.length)} contracts</summary>
        <KeyValue
          facts={checked.parts.map((part) => ({
            name: part.name,
            value: <Address value={part.address} label={part.name} />,
          }))}
        />
      </details>
    </div>
  );
}
