import type { ReactElement } from 'react';
import { countText } from '../../components/amount-text.ts';
import type { Preview } from '../../../shared/preview.ts';
import { REASON_TITLES } from '../../../shared/recovery-reasons.ts';
import { Address } from '../../components/address.tsx';
import { Amount } from '../../components/amount.tsx';
import { Ago } from '../../components/elapsed.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import { PracticeMark } from '../../components/practice-mark.tsx';
import { timeText } from '../../components/time-text.ts';
import { Care, Ok } from './standing-facts.tsx';

const COIN_DECIMALS = 18;

/** Where, when and for what case it was read, and the digest that names this very reading. */
export function PreviewReading({
  preview,
  digest,
}: {
  readonly preview: Preview;
  readonly digest: string;
}): ReactElement {
  const { network, block, operator } = preview;
  return (
    <Section title="Case and reading">
      <KeyValue
        facts={[
          {
            name: 'Case',
            value: `${preview.case.ticket}: ${REASON_TITLES[preview.case.reason]}`,
            ...identification(preview.case),
          },
          {
            name: 'Network',
            value: (
              <>
                {network.name} {network.practice ? <PracticeMark /> : null}
              </>
            ),
            hint: `Chain ${String(network.chainId)}`,
          },
          {
            name: 'Read at block',
            value: (
              <>
                {countText(block.number)}, made <Ago time={block.time} />
              </>
            ),
            hint: timeText(block.time),
          },
          { name: 'Operator', value: <Address value={operator.address} label="operator address" /> },
          {
            name: 'Operator’s role',
            value: operator.identityManager ? (
              <Ok text="Identity manager" />
            ) : (
              <Care text="Not an identity manager" />
            ),
          },
          {
            name: 'Operator’s funds',
            value: <Amount value={operator.balance} decimals={COIN_DECIMALS} />,
            hint: 'Coins of the network, for its fees.',
          },
          {
            name: 'Preview digest',
            value: <Address value={digest} label="preview digest" />,
            hint: 'Names exactly this preview: compare it with the one a colleague sees.',
          },
        ]}
      />
    </Section>
  );
}

function identification(opened: Preview['case']): { hint?: string } {
  const parts = [
    opened.identifiedHow === null ? null : `Identified: ${opened.identifiedHow}`,
    opened.identifiedBy === null ? null : `by ${opened.identifiedBy}`,
    opened.evidence.length === 0
      ? null
      : `evidence: ${countText(opened.evidence.length)} ${opened.evidence.length === 1 ? 'document' : 'documents'}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? {} : { hint: parts.join(', ') };
}
