import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { ConfirmFacts } from './confirm-facts.tsx';
import styles from './confirm-step.module.css';
import { NowLine } from './now-line.tsx';
import { BackButton } from './ways.tsx';
import type { WizardActs } from './wizard-acts.ts';
import { WizardFrame } from './wizard-frame.tsx';

export type ConfirmWizard = Extract<Wizard, { step: 'confirm' }>;

export interface ConfirmStepProps {
  readonly wizard: ConfirmWizard;
  readonly operator: DeskState['operator'];
  readonly acts: WizardActs;
}

/** From the plan to its first step: compared and typed in the entry window, then read once more and begun. */
export function ConfirmStep({ wizard, operator, acts }: ConfirmStepProps): ReactElement {
  return wizard.beginning ? (
    <Beginning wizard={wizard} acts={acts} />
  ) : (
    <Comparing wizard={wizard} operator={operator} acts={acts} />
  );
}

/** The confirmation was typed. There is no way back, so none is drawn. */
function Beginning({ wizard, acts }: Omit<ConfirmStepProps, 'operator'>): ReactElement {
  return (
    <WizardFrame
      step="confirm"
      practice={wizard.read.preview.network.practice}
      acts={acts}
      title="Confirmed"
      subtitle="Nothing irreversible has been sent yet."
    >
      <NowLine now="Looking once more whether everything stands as it did when the plan was made." />
      <ConfirmFacts title="What was confirmed" wizard={wizard} />
    </WizardFrame>
  );
}

/** The entry window is open: this page says what to compare there. It can't confirm anything itself. */
function Comparing({ wizard, operator, acts }: ConfirmStepProps): ReactElement {
  const atProvider = operator?.signIn === 'oidc';
  return (
    <WizardFrame
      step="confirm"
      practice={wizard.read.preview.network.practice}
      acts={acts}
      title="Confirm in the other window"
      subtitle="A separate window asks for the confirmation. It shows what is stored, and nothing on this page can change it."
      ways={<BackButton acts={acts} label="Cancel" />}
      hint="Waiting for the confirmation window"
    >
      <ol className={styles.tasks}>
        {atProvider ? (
          <li>Log in anew in your browser, which opened: it shows that it is you who confirms.</li>
        ) : null}
        <li>Find the confirmation window. It may lie behind this one.</li>
        <li>Compare everything below with what stands there: whole addresses, not only their ends.</li>
        <li>
          If all of it is the same, type there the text that it asks for
          {atProvider ? '' : ', and your passphrase'}. If anything differs, cancel.
        </li>
      </ol>
      <ConfirmFacts title="Compare" wizard={wizard} />
      <p className={styles.warning}>
        <strong>From the confirmation on there is no way back to these steps.</strong> The recovery runs to
        its end, also if the desk is closed and opened again.
      </p>
    </WizardFrame>
  );
}
