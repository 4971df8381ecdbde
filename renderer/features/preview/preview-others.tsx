import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { named } from '../../components/counted.ts';
import { Section } from '../../components/page.tsx';
import { OTHERS_TITLE, otherWallets, SAYING_WORDS } from './other-wallets.ts';
import { Care } from './standing-facts.tsx';
import styles from './preview-view.module.css';

/** What was said of the person's other wallets, where it can't be said any more. Draws nothing where there are none. */
export function PreviewOthers({ preview }: { readonly preview: Preview }): ReactElement | null {
  const rows = otherWallets(preview);
  if (rows.length === 0) return null;
  return (
    <Section title={OTHERS_TITLE} aside="Registered with the same identity">
      <table className={styles.claims}>
        <caption className="said">The other wallets, and what was said of each</caption>
        <thead>
          <tr>
            <th scope="col">Wallet</th>
            <th scope="col">Kind</th>
            <th scope="col">Holds</th>
            <th scope="col">What was said</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ wallet, contract, holds, says }) => (
            <tr key={wallet}>
              <td>
                <Address value={wallet} label="other wallet" />
              </td>
              <td>{contract ? 'Smart account' : 'Key'}</td>
              <td>{named(holds)}</td>
              <td>{says === null ? <Care text="Nothing yet" /> : SAYING_WORDS[says].title}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
