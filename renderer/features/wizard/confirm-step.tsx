import type { ReactElement } from 'react';
import type { Wizard } from '../../../shared/wizard.ts';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Amount } from '../../components/amount.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import styles from './confirm-step.module.css';
import { BackButton } from './ways.tsx';
import type { WizardActs } from './wizard-acts.ts';
import { WizardFrame } from './wizard-frame.tsx';

export interface ConfirmStepProps {
  readonly wizard: Extract<Wizard, { step: 'confirm' }>;
  readonly acts: WizardActs;
}

/** The entry window is open: this page says what to compare there. It can't confirm anything itself. */
export function ConfirmStep({ wizard, acts }: ConfirmStepProps): ReactElement {
  const { preview } = wizard.read;
  const { plan, digest } = wizard.planned;
  return (
    <WizardFrame
      step="confirm"
      practice={preview.network.practice}
      acts={acts}
      title="Confirm in the other window"
      subtitle="A separate window asks for the confirmation. It shows what is stored, and nothing on this page can change it."
      ways={<BackButton acts={acts} label="Cancel" />}
      hint="Waiting for the confirmation window"
    >
      <ol className={styles.tasks}>
        <li>Find the confirmation window. It may lie behind this one.</li>
        <li>Compare everything below with what stands there: whole addresses, not only their ends.</li>
        <li>If all of it is the same, type there the text that it asks for. If anything differs, cancel.</li>
      </ol>
      <Section title="Compare">
        <KeyValue
          facts={[
            { name: 'Person', value: <strong>{wizard.subject.name ?? wizard.subject.id}</strong> },
            {
              name: 'Network',
              value: `${preview.network.name}, chain ${String(preview.network.chainId)}`,
            },
            {
              name: 'Lost wallet',
              value: <Address value={plan.lostWallet} form="full" label="lost wallet" />,
            },
            {
              name: 'Replacement wallet',
              value: <Address value={plan.replacement.address} form="full" label="replacement wallet" />,
            },
            {
              name: 'New identity',
              value: <Address value={plan.replacement.identity} form="full" label="new identity" />,
            },
            { name: 'Tokens', value: countText(plan.tokens.length) },
            {
              name: 'Highest cost',
              value: <Amount value={plan.highestCost} decimals={18} symbol="native coin" />,
            },
            { name: 'Plan digest', value: <Address value={digest} form="full" label="plan digest" /> },
          ]}
        />
      </Section>
      <p className={styles.warning}>
        <strong>From the confirmation on there is no way back to these steps.</strong> The recovery runs to
        its end, also if the desk is closed and opened again.
      </p>
    </WizardFrame>
  );
}
