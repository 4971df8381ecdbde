import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import { otherWallets } from './other-wallets.ts';
import { Care, standingFacts } from './standing-facts.tsx';
import styles from './preview-view.module.css';

/** Whose wallet was lost, and how it stands. */
export function PreviewSubject({ preview }: { readonly preview: Preview }): ReactElement {
  const { participant, lostWallet, oldIdentity } = preview;
  // Those that something is to be said of stand in a section of their own.
  const apart = new Set([lostWallet, ...otherWallets(preview).map(({ wallet }) => wallet)]);
  const others = participant.wallets.filter((wallet) => !apart.has(wallet.address));
  return (
    <Section title="Participant and lost wallet">
      <KeyValue
        facts={[
          {
            name: 'Participant',
            value: participant.name ?? participant.id,
            hint:
              participant.source === 'directory'
                ? `${participant.id}, from the participant directory`
                : 'Known from the chain alone',
          },
          {
            name: 'Lost wallet',
            value:
              lostWallet === null ? (
                <Care text="None" />
              ) : (
                <Address value={lostWallet} label="lost wallet" form="full" />
              ),
          },
          ...(lostWallet === null ? [] : standingFacts(preview.lost)),
          {
            name: 'Identity',
            value:
              oldIdentity === null ? (
                <Care text="None is known" />
              ) : (
                <Address value={oldIdentity} label="identity" />
              ),
            hint: 'The contract that stands for the person on the chain.',
          },
          ...(others.length === 0
            ? []
            : [
                {
                  name: 'Other wallets',
                  value: (
                    <span className={styles.wallets}>
                      {others.map((wallet) => (
                        <Address key={wallet.address} value={wallet.address} label="other wallet" />
                      ))}
                    </span>
                  ),
                },
              ]),
        ]}
      />
    </Section>
  );
}
