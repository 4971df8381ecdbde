import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Amount } from '../../components/amount.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { NoteList } from '../../components/note-list.tsx';
import { Section } from '../../components/page.tsx';
import { controlWords, planActions } from './plan-words.ts';
import type { Signers } from './plan-words.ts';
import styles from './plan-view.module.css';

export interface PlanViewProps {
  readonly planned: NonNullable<Extract<Wizard, { step: 'impact' }>['planned']>;
  readonly preview: Preview;
  /** Those who are known by name. */
  readonly signers: Signers;
  /** Another replacement shall be chosen. */
  readonly onDrop: () => void;
}

/** Warnings that the choice of the replacement brought about; the others were shown with the preview. */
const OF_THE_CHOICE: readonly string[] = ['REPLACEMENT_BY_CALL_BACK', 'ADOPTS_STANDING_LINK'];

/** What will be sent, by whom, what it may cost, and the digest that names it all. */
export function PlanView({ planned, preview, signers, onDrop }: PlanViewProps): ReactElement {
  const { plan, digest } = planned;
  const { cost } = preview;
  const by = cost.by === 'simulation' ? 'from a trial run' : 'from typical figures';
  return (
    <Section
      title="Plan"
      aside={
        <Button variant="default" size="sm" onClick={onDrop}>
          Choose another replacement…
        </Button>
      }
    >
      <div className={styles.plan}>
        <NoteList
          notes={preview.warnings.filter((warning) => OF_THE_CHOICE.includes(warning.code))}
          tone="warning"
        />
        <div className={styles.columns}>
          <KeyValue
            facts={[
              {
                name: 'Replacement',
                value: <Address value={plan.replacement.address} form="full" label="replacement wallet" />,
                hint: controlWords(plan.replacement.control),
              },
              {
                name: 'New identity',
                value: <Address value={plan.replacement.identity} form="full" label="new identity" />,
              },
              ...(plan.holdReference === null
                ? []
                : [{ name: 'Reference of the hold', value: plan.holdReference }]),
              {
                name: 'Plan digest',
                value: <Address value={digest} form="full" label="plan digest" />,
                hint: 'Names this very plan. The confirmation shows it again: compare it.',
              },
            ]}
          />
          <KeyValue
            facts={[
              { name: 'Transactions', value: countText(plan.steps.length) },
              {
                name: 'Expected cost',
                value: <Amount value={cost.estimate} decimals={18} symbol="native coin" />,
                hint: `At today’s fees, ${by}`,
              },
              {
                name: 'Highest cost',
                value: <Amount value={plan.highestCost} decimals={18} symbol="native coin" />,
                hint: 'Past this nothing more is sent',
              },
            ]}
          />
        </div>
        <ActionTable plan={plan} signers={signers} />
      </div>
    </Section>
  );
}

function ActionTable({
  plan,
  signers,
}: {
  readonly plan: PlanViewProps['planned']['plan'];
  readonly signers: Signers;
}): ReactElement {
  return (
    <table className={styles.actions}>
      <caption className="said">What is sent, in this order</caption>
      <thead>
        <tr>
          <th scope="col">In this order</th>
          <th scope="col" className={styles.number}>
            Transactions
          </th>
          <th scope="col">Right it needs</th>
          <th scope="col">Signed by</th>
        </tr>
      </thead>
      <tbody>
        {planActions(plan).map((action) => (
          <tr key={action.role}>
            <td>{action.words}</td>
            <td className={styles.number}>{countText(action.transactions)}</td>
            <td>{action.right}</td>
            <td>
              {action.signers.map((signer) => (
                <span key={signer} className={styles.signer}>
                  {signers.get(signer) ?? 'Not an operator known here'}{' '}
                  <Address value={signer} form="plain" />
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
