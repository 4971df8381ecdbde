import type { ReactElement } from 'react';
import type { SignedInView, SignInWays } from '../../../shared/desk-state.ts';
import { DeedRow } from './deed-row.tsx';
import { SaveKey } from './save-key.tsx';
import styles from './you-section.module.css';

export interface YourDeedsProps {
  readonly operator: SignedInView;
  readonly ways: Pick<SignInWays, 'codeRequired'>;
}

/** What who is signed in can change of how they sign in. Everything secret is entered and shown in the small window. */
export function YourDeeds({ operator, ways }: YourDeedsProps): ReactElement | null {
  const passphrase = operator.signIn === 'passphrase' || operator.key === 'keystore';
  if (!passphrase) return null;
  return (
    <ul className={styles.deeds} aria-label="What you can change">
      <DeedRow
        operator={operator}
        title="Passphrase"
        words="The one of now is asked for first, then a new one, twice."
        deeds={[
          {
            procedure: 'operator.changePassphrase',
            label: 'Change passphrase',
            done: 'The passphrase was changed.',
          },
        ]}
      />
      {operator.signIn === 'passphrase' ? <CodeRow operator={operator} ways={ways} /> : null}
      {operator.key === 'keystore' ? <SaveKey operator={operator} /> : null}
    </ul>
  );
}

function CodeRow({ operator, ways }: YourDeedsProps): ReactElement {
  if (!operator.code) {
    return (
      <DeedRow
        operator={operator}
        title="One-time codes: off"
        words="An authenticator app then gives a code for each sign-in. Ten recovery codes are shown, once."
        deeds={[
          {
            procedure: 'operator.setUpCode',
            label: 'Set up one-time codes',
            done: 'One-time codes were set up.',
          },
        ]}
      />
    );
  }
  return (
    <DeedRow
      operator={operator}
      title="One-time codes: on"
      words={
        ways.codeRequired
          ? 'The policy of this desk asks for them. New recovery codes take the place of all earlier ones.'
          : 'New recovery codes take the place of all earlier ones.'
      }
      deeds={[
        {
          procedure: 'operator.newRecoveryCodes',
          label: 'New recovery codes',
          done: 'The earlier recovery codes are no longer taken.',
        },
        {
          procedure: 'operator.setUpCode',
          label: 'Another authenticator',
          done: 'Codes of the earlier authenticator are no longer taken.',
        },
        ...(ways.codeRequired
          ? []
          : [
              {
                procedure: 'operator.removeCode' as const,
                label: 'Turn off one-time codes',
                done: 'One-time codes were turned off.',
              },
            ]),
      ]}
    />
  );
}
