import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import { countText } from '../../components/amount-text.ts';
import { Amount } from '../../components/amount.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';

const COIN_DECIMALS = 18;

/** What a recovery would cost in fees of the network. */
export function PreviewCost({ preview }: { readonly preview: Preview }): ReactElement {
  const { cost } = preview;
  const payer = preview.signers === undefined ? 'the operator' : 'whoever signs';
  return (
    <Section title="Cost">
      <KeyValue
        facts={[
          { name: 'Transactions', value: countText(cost.transactions) },
          {
            name: 'Network fees',
            value: (
              <>
                about <Amount value={cost.estimate} decimals={COIN_DECIMALS} /> coins
              </>
            ),
            hint:
              cost.by === 'simulation'
                ? `From a trial run at today’s price; paid by ${payer}.`
                : `From typical recoveries at today’s price; paid by ${payer}.`,
          },
        ]}
      />
    </Section>
  );
}
