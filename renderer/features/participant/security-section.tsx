import type { ReactElement, ReactNode } from 'react';
import type { ParticipantDetail } from '../../../shared/people-views.ts';
import { Address } from '../../components/address.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import { AccessLines } from '../preview/access-lines.tsx';
import { ClaimsTable } from '../preview/claims-table.tsx';
import { standingFacts } from '../preview/standing-facts.tsx';
import styles from './participant-view.module.css';

/** What the person's access rests on, as far as the sources tell. */
export function SecuritySection({ detail }: { readonly detail: ParticipantDetail }): ReactElement {
  return (
    <Section
      title="Security"
      aside={detail.source === 'directory' ? 'Known from the directory' : 'Known from the chain alone'}
    >
      <div className={styles.parts}>
        <Part title="Wallets and registration">
          <Wallets detail={detail} />
        </Part>
        <Part title="Identity">
          {detail.identity === null ? (
            <p className={styles.soft}>No identity stands for the person on the chain.</p>
          ) : (
            <Address value={detail.identity} label="identity" form="full" />
          )}
        </Part>
        <Part title="Claims">
          {detail.claims === null ? (
            <p className={styles.soft}>The identity’s contract does not tell its claims.</p>
          ) : (
            <ClaimsTable claims={detail.claims} />
          )}
        </Part>
        <Part title="Sign-in">
          <SignIn detail={detail} />
          <AccessLines facts={detail.directory} />
        </Part>
      </div>
    </Section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles.part}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

function Wallets({ detail }: { readonly detail: ParticipantDetail }): ReactElement {
  const { wallets, beside = [] } = detail;
  if (wallets.length + beside.length === 0) return <p className={styles.soft}>No wallet is known.</p>;
  return (
    <ul className={styles.wallets}>
      {wallets.map((wallet) => (
        <li key={wallet.address} className={styles.wallet}>
          <p>
            <Address value={wallet.address} label="wallet" form="full" />
            {wallet.effective ? <span className={styles.tag}>In use</span> : null}
            {wallet.lost ? <span className={styles.tag}>On record as lost</span> : null}
          </p>
          <KeyValue flow="row" facts={standingFacts(wallet.standing)} />
        </li>
      ))}
      {beside.map(({ address, standing }) => (
        <li key={address} className={styles.wallet}>
          <p>
            <Address value={address} label="wallet" form="full" />
            <span className={styles.tag}>Registered with the identity, not on record</span>
          </p>
          <KeyValue flow="row" facts={standingFacts(standing)} />
        </li>
      ))}
    </ul>
  );
}

/** Whether the person may sign in, where the directory says so. */
function SignIn({ detail }: { readonly detail: ParticipantDetail }): ReactElement | null {
  const facts = detail.directory;
  if (facts === null || !facts.answers || facts.access?.signIn !== 'held') return null;
  return (
    <p>
      <strong>Sign-in is held since a recovery, until it is released.</strong>
    </p>
  );
}
