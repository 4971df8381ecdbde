import type { ReactElement } from 'react';
import { walletsOf } from '../../../shared/plan.ts';
import type { Plan } from '../../../shared/plan.ts';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Amount } from '../../components/amount.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import type { Fact } from '../../components/key-value.tsx';
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
  const tokens = walletsOf(plan).reduce((sum, wallet) => sum + wallet.tokens.length, 0);
  return (
    <Section title={title}>
      <KeyValue
        facts={[
          { name: 'Person', value: <strong>{wizard.subject.name ?? wizard.subject.id}</strong> },
          {
            name: 'Network',
            value: `${network.name}, chain ${String(network.chainId)}`,
          },
          ...walletFacts(plan),
          {
            name: 'New identity',
            value: <Address value={plan.replacement.identity} form="full" label="new identity" />,
          },
          ...healthyFacts(plan),
          { name: 'Tokens', value: countText(tokens) },
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

const placeOf = (index: number, of: number): string =>
  of === 1 ? '' : ` (${String(index + 1)} of ${String(of)})`;

/** Each lost wallet with its replacement, named as the entry window names them. */
function walletFacts(plan: Plan): readonly Fact[] {
  const wallets = walletsOf(plan);
  return wallets.flatMap(({ lostWallet, replacement }, index) => {
    const which = placeOf(index, wallets.length);
    const before = replacement.control === 'standing';
    const to = wallets.length === 1 ? 'Replacement wallet' : 'Replacement';
    return [
      {
        name: `${before ? 'Lost before' : 'Lost wallet'}${which}`,
        value: <Address value={lostWallet} form="full" label="lost wallet" />,
      },
      {
        name: `${before ? 'Linked to' : to}${which}`,
        value: <Address value={replacement.address} form="full" label="replacement wallet" />,
      },
    ];
  });
}

function healthyFacts({ healthy = [] }: Plan): readonly Fact[] {
  return healthy.map(({ wallet, moves }, index) => ({
    name: `In use, ${moves ? 'moves along' : 'stays'}${placeOf(index, healthy.length)}`,
    value: <Address value={wallet} form="full" label="wallet in use" />,
  }));
}
