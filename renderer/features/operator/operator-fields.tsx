import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { SignInWays } from '../../../shared/desk-state.ts';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { Section } from '../../components/page.tsx';
import { KeychainNote } from './keychain-note.tsx';
import type { OperatorDraft, OperatorProblems } from './operator-draft.ts';
import { PlaceFields } from './place-fields.tsx';
import styles from './set-up-view.module.css';
import { PLACES, toHaveAtHand, waysToSignIn } from './set-up-words.ts';

export interface OperatorFieldsProps {
  readonly draft: OperatorDraft;
  readonly problems: OperatorProblems;
  readonly ways: SignInWays;
  readonly onChange: (draft: OperatorDraft) => void;
}

/** Name, way of signing in, and where the key is. */
export function OperatorFields({ draft, problems, ways, onChange }: OperatorFieldsProps): ReactElement {
  const edit = (change: Partial<OperatorDraft>): void => onChange({ ...draft, ...change });
  const atHand = toHaveAtHand(draft, ways);
  return (
    <>
      <Section title="Who">
        <div className={styles.part}>
          <TextInput
            className={styles.narrow}
            name="name"
            label="Name"
            description="As everybody at this desk knows them; it stands in the log"
            required
            autoComplete="off"
            value={draft.name}
            error={problems.name}
            onChange={(event) => edit({ name: event.currentTarget.value })}
          />
          <ChoiceCards
            legend="How do they sign in?"
            name="signIn"
            choices={waysToSignIn(ways)}
            chosen={draft.signIn}
            problem={problems.signIn}
            onChoose={(signIn) => edit({ signIn })}
          />
        </div>
      </Section>
      <Section title="Key">
        <div className={styles.part}>
          <ChoiceCards
            legend="Where is their key?"
            name="place"
            choices={PLACES}
            chosen={draft.place}
            problem={problems.place}
            onChoose={(place) => edit({ place })}
          />
          <KeychainNote draft={draft} ways={ways} />
          <PlaceFields draft={draft} problems={problems} onEdit={edit} />
        </div>
      </Section>
      <Section title="Have at hand">
        <ul className={styles.list} aria-live="polite">
          {atHand.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <p className={styles.hint}>
          All of it is asked for in a small window, a file dialog or your browser, never in this window.
        </p>
      </Section>
    </>
  );
}
