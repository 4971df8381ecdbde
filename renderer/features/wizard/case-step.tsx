import { useRef, useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import type { DeskState, ReadingProgress } from '../../../shared/desk-state.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { Loading } from '../../components/loading.tsx';
import { CASE_FIELDS, caseOf, draftOf, problemsOf } from './case-draft.ts';
import type { CaseDraft, CaseProblems } from './case-draft.ts';
import { CaseFields } from './case-fields.tsx';
import { CustodianChoice, YOURSELF } from './custodian-choice.tsx';
import styles from './case-step.module.css';
import { ReasonChoice } from './reason-choice.tsx';
import { GiveUpButton } from './ways.tsx';
import type { WizardActs } from './wizard-acts.ts';
import { WizardFrame } from './wizard-frame.tsx';

export interface CaseStepProps {
  readonly wizard: Extract<Wizard, { step: 'case' }>;
  readonly operators: DeskState['operators'];
  readonly practice: boolean;
  readonly reading: ReadingProgress | null;
  readonly acts: WizardActs;
}

const FORM = 'recovery-case';

/** Why, under which ticket, and how the person was identified. */
export function CaseStep({ wizard, operators, practice, reading, acts }: CaseStepProps): ReactElement {
  const [draft, setDraft] = useState<CaseDraft>(() => draftOf(wizard.case));
  const [custodian, setCustodian] = useState<string>(YOURSELF);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problems: CaseProblems = tried ? problemsOf(draft) : {};
  const waiting = acts.awaits('wizard.setCase');

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    const entered = caseOf(draft);
    if (entered !== null) acts.setCase(entered, custodian === YOURSELF ? null : custodian);
    else focusFirst(form.current, problemsOf(draft));
  }

  const person = wizard.subject.name ?? wizard.subject.id;
  const missing = Object.keys(problems).length;
  return (
    <WizardFrame
      step="case"
      practice={practice}
      acts={acts}
      title={`Recover ${person}`}
      subtitle="Say why, and how the person was identified. This goes into the plan, the log and the report."
      ways={<GiveUpButton acts={acts} />}
      hint={
        missing > 0
          ? `${String(missing)} ${missing === 1 ? 'entry needs' : 'entries need'} mending`
          : 'Reading the chain changes nothing'
      }
      next={
        <Button type="submit" form={FORM} loading={waiting} aria-describedby="wizard-hint">
          Read the preview
        </Button>
      }
    >
      {waiting ? (
        <Loading what="Reading wallets, identity and tokens from the chain" progress={reading} />
      ) : null}
      <form id={FORM} ref={form} onSubmit={submit} noValidate className={styles.form}>
        <fieldset disabled={waiting} className={styles.fields}>
          <ReasonChoice
            chosen={draft.reason}
            problem={problems.reason}
            onChoose={(reason) => setDraft({ ...draft, reason })}
          />
          <p className={styles.refused}>
            <strong>Not for inheritance or a change of owner.</strong> A recovery gives the same person access
            again. Heirs, buyers and other people are refused here: follow your own procedure for transfers.
          </p>
          <CaseFields draft={draft} problems={problems} onChange={setDraft} />
          <CustodianChoice
            custodians={wizard.custodians}
            operators={operators}
            chosen={custodian}
            onChoose={setCustodian}
          />
        </fieldset>
      </form>
    </WizardFrame>
  );
}

function focusFirst(form: HTMLFormElement | null, problems: CaseProblems): void {
  const field = CASE_FIELDS.find((name) => problems[name] !== undefined);
  const found = form?.querySelector(`[name="${field ?? ''}"]`);
  if (found instanceof HTMLElement) found.focus();
}
