import type { ReactElement } from 'react';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Amount } from '../../components/amount.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import type { ConfirmWizard } from './confirm-step.tsx';

export interface ConfirmFactsProps {
  readonly title: string;
  readonly wizard: ConfirmWizard;
}

/** What the entry window shows as well: whom, where, from which wallet to which, and under which digest. */
export function ConfirmFacts({ title, wizard }: ConfirmFactsProps): ReactElement {
  const { network } = wizard.read.preview;
  const { plan, digest } = wizard.planned;
  return (
    <Section title={title}>
      <KeyValue
        facts={[
          { name: 'Person', value: <strong>{wizard.subject.name ?? wizard.subject.id}</strong> },
          {
            name: 'Network',
            value: `${network.name}, chain ${String(network.chainId)}`,
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
  );
}
