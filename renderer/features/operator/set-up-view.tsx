import { useRef, useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import { show, takeDeskState } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';
import { Told } from '../../components/told.tsx';
import { call, newKey } from '../../desk.ts';
import { PracticeOffer } from '../start/practice-offer.tsx';
import { emptyOperator, newOperator, OPERATOR_FIELDS, problemsOfOperator } from './operator-draft.ts';
import type { NewOperator, OperatorDraft, OperatorProblems } from './operator-draft.ts';
import { OperatorFields } from './operator-fields.tsx';
import { hasNobody } from './operator-words.ts';
import styles from './set-up-view.module.css';

const WAITING =
  'Go on in the small window that opened, or in your browser. It may lie behind this one. Close it to cancel: nothing is set up then.';

/** Sets an operator up: choices here, secrets and files in windows of their own. */
export function SetUpView({ deskState }: { readonly deskState: DeskState }): ReactElement {
  const { operators, damagedOperators, signInWays: ways, connection, operator } = deskState;
  const [draft, setDraft] = useState<OperatorDraft>(() => emptyOperator(ways));
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const creating = useDeed(
    (entered: NewOperator) => call('operator.create', { key: newKey(), ...entered }),
    (state) => {
      takeDeskState(state);
      show(operator === null ? { name: 'participants' } : { name: 'settings' });
    },
  );
  const taken = [...operators, ...damagedOperators].map((one) => one.name);
  const problems: OperatorProblems = tried ? problemsOfOperator(draft, ways, taken) : {};
  const first = hasNobody(deskState);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    const entered = newOperator(draft, ways, taken);
    if (entered !== null) creating.run(entered);
    else focusFirst(form.current, problemsOfOperator(draft, ways, taken));
  }

  return (
    <Page
      title={first ? 'Set up the first operator' : 'Set up an operator'}
      width="text"
      subtitle="Who works at this desk, how they sign in, and where their key is. What they may do is decided by the chain alone."
      actions={
        first ? undefined : (
          <Button
            variant="default"
            icon={<Icon name="back" size={14} />}
            disabled={creating.busy}
            onClick={() => show(operator === null ? { name: 'participants' } : { name: 'settings' })}
          >
            {operator === null ? 'Back to signing in' : 'Back to the settings'}
          </Button>
        )
      }
    >
      <form ref={form} onSubmit={submit} noValidate className={styles.form}>
        <fieldset disabled={creating.busy} className={styles.fields}>
          <OperatorFields draft={draft} problems={problems} ways={ways} onChange={setDraft} />
        </fieldset>
        <Told words={creating.busy ? WAITING : null} />
        {creating.error === null ? null : <ErrorPanel error={creating.error} />}
        <div className={styles.buttons}>
          <Button type="submit" loading={creating.busy}>
            Set up
          </Button>
          <p className={styles.hint}>
            {Object.keys(problems).length > 0
              ? 'Some entries need mending'
              : 'Afterwards they sign in like everybody else'}
          </p>
        </div>
      </form>
      {first && connection.status === 'connected' && !connection.practice ? (
        <PracticeOffer drills={deskState.drills} />
      ) : null}
    </Page>
  );
}

function focusFirst(form: HTMLFormElement | null, problems: OperatorProblems): void {
  const field = OPERATOR_FIELDS.find((name) => problems[name] !== undefined);
  const found = form?.querySelector(`[name="${field ?? ''}"]`);
  if (found instanceof HTMLElement) found.focus();
}
