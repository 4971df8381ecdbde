import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import type { OperatorDraft, OperatorProblems } from './operator-draft.ts';
import styles from './set-up-view.module.css';
import { SIGNER_FILE, SOURCES } from './set-up-words.ts';

export interface PlaceFieldsProps {
  readonly draft: OperatorDraft;
  readonly problems: OperatorProblems;
  readonly onEdit: (change: Partial<OperatorDraft>) => void;
}

/** What has to be known of the key, by where it is. */
export function PlaceFields({ draft, problems, onEdit }: PlaceFieldsProps): ReactElement | null {
  switch (draft.place) {
    case null:
      return null;
    case 'keystore':
      return (
        <ChoiceCards
          legend="Where does the key come from?"
          name="from"
          choices={SOURCES}
          chosen={draft.from}
          problem={problems.from}
          onChoose={(from) => onEdit({ from })}
        />
      );
    case 'remote':
      return <SignerFile />;
    case 'ledger':
      return (
        <>
          <p className={styles.note}>
            Plug the Ledger in, unlock it, and open its Ethereum app. The desk asks it for its address.
          </p>
          <TextInput
            className={styles.code}
            name="path"
            label="Derivation path"
            description="Which of the accounts in the device it is. This one is the first."
            required
            spellCheck={false}
            autoComplete="off"
            value={draft.path}
            error={problems.path}
            onChange={(event) => onEdit({ path: event.currentTarget.value })}
          />
        </>
      );
    case 'export':
      return (
        <>
          <p className={styles.note}>
            The desk holds no key of this operator. When a recovery comes to their part, its calls are saved
            to a file for the Safe or the platform; the recovery waits, and goes on by itself once they are
            through.
          </p>
          <TextInput
            className={styles.code}
            name="address"
            label="Address"
            description="Of the Safe, or of the account at the platform: 0x and 40 characters"
            required
            spellCheck={false}
            autoComplete="off"
            value={draft.address}
            error={problems.address}
            onChange={(event) => onEdit({ address: event.currentTarget.value })}
          />
        </>
      );
  }
}

function SignerFile(): ReactElement {
  return (
    <div className={styles.note}>
      <p>A JSON file describes the signer; whoever runs it has one. The desk asks for it. It holds:</p>
      <KeyValue facts={SIGNER_FILE.map(({ entry, words }) => ({ name: entry, value: words }))} />
      <p>
        The last three may be left out. Names of files start at the folder of this file. It holds no secret.
      </p>
    </div>
  );
}
