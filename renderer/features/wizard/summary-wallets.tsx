import type { ReactElement } from 'react';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Section } from '../../components/page.tsx';
import { healthyWords, identityStands } from './outcome-words.ts';
import styles from './summary-step.module.css';

/** The person's wallets, where there are several: what took the place of each lost one, and what became of the others. */
export function SummaryWallets({ result }: { readonly result: RecoveryResult }): ReactElement | null {
  const { wallets, healthy = [] } = result;
  const stands = identityStands(result);
  if (wallets.length + healthy.length < 2) return null;
  return (
    <Section title="Wallets of this person">
      <table className={styles.wallets}>
        <caption className="said">Lost wallets and what took their place</caption>
        <thead>
          <tr>
            <th scope="col">Lost wallet</th>
            <th scope="col">{stands ? 'Replacement wallet' : 'Intended replacement'}</th>
            {stands ? <th scope="col">Failed tokens</th> : null}
          </tr>
        </thead>
        <tbody>
          {wallets.map(({ lost, replacement, linked }) => (
            <tr key={lost} data-lost={lost}>
              <td>
                <Address value={lost} form="full" label="lost wallet" />
              </td>
              <td>
                <Address value={replacement} form="full" label="replacement wallet" />
                {linked === false ? <p className={styles.remedy}>Not linked: it was not recovered</p> : null}
              </td>
              {stands ? <td>{countText(failuresOf(result, lost))}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
      {healthy.length === 0 ? null : (
        <table className={styles.wallets}>
          <caption className="said">Wallets in the person’s hands</caption>
          <thead>
            <tr>
              <th scope="col">Wallet in use</th>
              <th scope="col">Identity</th>
              <th scope="col">What became of it</th>
            </tr>
          </thead>
          <tbody>
            {healthy.map(({ wallet, identity, outcome }) => (
              <tr key={wallet} data-healthy={wallet} data-outcome={outcome}>
                <td>
                  <Address value={wallet} form="full" label="wallet in use" />
                </td>
                <td>
                  <Address value={identity} label="identity" />
                </td>
                <td>{healthyWords(outcome)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

/** A result of one lost wallet names none in its failures. */
function failuresOf({ tokens, lostWallet: only }: RecoveryResult, lost: string): number {
  return tokens.failures.filter(({ lostWallet }) => (lostWallet ?? only) === lost).length;
}
