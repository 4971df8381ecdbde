import type { ReactElement } from 'react';
import type { WalletStanding } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { Icon } from '../../components/icon.tsx';
import type { Fact } from '../../components/key-value.tsx';
import { countryText } from './country-text.ts';
import styles from './preview-view.module.css';

/** How a wallet stands in the identity registry, in plain words. */
export function standingFacts(standing: WalletStanding): readonly Fact[] {
  return [
    {
      name: 'Registered',
      value: standing.registered ? (
        <Ok text="Yes, in the identity registry" />
      ) : (
        <Care text="No, the identity registry does not know it" />
      ),
    },
    { name: 'Country', value: countryText(standing.country) },
    {
      name: 'Marked as lost',
      value: standing.markedLost ? <Care text="Yes, earlier" /> : 'No',
    },
    ...(standing.linkedTo === null
      ? []
      : [
          {
            name: 'Linked to',
            value: <Address value={standing.linkedTo} label="linked wallet" />,
            hint: 'The wallet that took its place.',
          },
        ]),
  ];
}

export function Ok({ text }: { readonly text: string }): ReactElement {
  return (
    <span className={styles.ok}>
      <Icon name="done" size={13} /> {text}
    </span>
  );
}

export function Care({ text }: { readonly text: string }): ReactElement {
  return (
    <span className={styles.care}>
      <Icon name="warning" size={13} /> {text}
    </span>
  );
}
