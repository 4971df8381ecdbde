import type { ReactElement } from 'react';
import { walletsOf } from '../../../shared/plan.ts';
import type { Plan } from '../../../shared/plan.ts';
import type { Preview } from '../../../shared/preview.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { Address } from '../../components/address.tsx';
import { shortHex } from '../../components/address-text.ts';
import { countText } from '../../components/amount-text.ts';
import { Amount } from '../../components/amount.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import type { Fact } from '../../components/key-value.tsx';
import { NoteList } from '../../components/note-list.tsx';
import { Section } from '../../components/page.tsx';
import { ACCOUNT_WORDS, controlWords, planActions } from './plan-words.ts';
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
          {plan.further === undefined ? 'Choose another replacement…' : 'Choose other replacements…'}
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
              ...replacementFacts(plan),
              {
                name: 'New identity',
                value: <Address value={plan.replacement.identity} form="full" label="new identity" />,
              },
              ...healthyFacts(plan),
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

/** One replacement, or that of each lost wallet, by the wallet. */
function replacementFacts(plan: Plan): readonly Fact[] {
  const wallets = walletsOf(plan);
  return wallets.map(({ lostWallet, replacement }) => ({
    name: wallets.length === 1 ? 'Replacement' : `For ${shortHex(lostWallet)}`,
    value: <Address value={replacement.address} form="full" label="replacement wallet" />,
    hint: replacement.kind === 'account' ? ACCOUNT_WORDS : controlWords(replacement.control),
  }));
}

function healthyFacts({ healthy = [] }: Plan): readonly Fact[] {
  return healthy.map(({ wallet, moves }) => ({
    name: `${moves ? 'Moves along' : 'Stays'}: ${shortHex(wallet)}`,
    value: <Address value={wallet} form="full" label="wallet in use" />,
    hint: moves
      ? 'In the person’s hands: registered with the new identity'
      : 'In the person’s hands: stays with the old identity',
  }));
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
