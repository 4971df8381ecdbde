import type { ReactElement } from 'react';
import type { SignedInView, SignInWays } from '../../../shared/desk-state.ts';
import { show } from '../../app/store.ts';
import type { Deed } from '../../app/use-deed.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import { placeWords, signInWords } from '../operator/operator-words.ts';
import { RemoveYourself } from './remove-yourself.tsx';
import { RightsPanel } from './rights-panel.tsx';
import styles from './you-section.module.css';
import { YourDeeds } from './your-deeds.tsx';

export interface YouSectionProps {
  readonly operator: SignedInView;
  readonly ways: SignInWays;
  readonly removing: Deed<[]>;
}

/** Who is signed in: what the desk knows of them, what they may do on this network, and what they can change. */
export function YouSection({ operator, ways, removing }: YouSectionProps): ReactElement {
  const code = operator.code ? ', with a one-time code' : '';
  return (
    <Section
      title="You"
      aside={
        <Button variant="default" size="sm" onClick={() => show({ name: 'set_up' })}>
          Set up another operator
        </Button>
      }
    >
      <div className={styles.you}>
        <KeyValue
          facts={[
            { name: 'Name', value: <strong>{operator.name}</strong> },
            {
              name: 'Address',
              value: <Address value={operator.address} form="full" label="your address" />,
              hint: 'The chain knows you by it',
            },
            { name: 'You sign in', value: `${signInWords(operator.signIn, ways)}${code}` },
            { name: 'Your key', value: placeWords(operator.key) },
          ]}
        />
        <RightsPanel />
        <YourDeeds operator={operator} ways={ways} />
        <RemoveYourself operator={operator} removing={removing} />
      </div>
    </Section>
  );
}
