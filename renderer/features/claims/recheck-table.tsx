import type { ReactElement } from 'react';
import type { RecheckedToken } from '../../../shared/claims.ts';
import { Amount } from '../../components/amount.tsx';
import { Icon } from '../../components/icon.tsx';
import styles from './claims-section.module.css';
import { canWords } from './claims-words.ts';
import type { Can } from './claims-words.ts';

/** Whether each token can be held and transferred again, and why not. */
export function RecheckTable({
  tokens,
}: {
  readonly tokens: readonly RecheckedToken[];
}): ReactElement | null {
  if (tokens.length === 0) return null;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Tokens, rechecked">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Balance</th>
            <th scope="col">Can hold</th>
            <th scope="col">Can transfer</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.token} data-token={token.symbol}>
              <th scope="row">{token.symbol}</th>
              <td>
                <Amount value={token.balance} decimals={token.decimals} />
              </td>
              <td>
                <CanMark can={canWords(token.hold)} />
              </td>
              <td>
                <CanMark can={canWords(token.transfer)} />
              </td>
              <td>{token.reasons.join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CanMark({ can }: { readonly can: Can }): ReactElement {
  return (
    <span className={styles[can.tone]}>
      <Icon name={can.icon} size={13} /> {can.word}
    </span>
  );
}
