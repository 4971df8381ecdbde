import { useId } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { WALLET_SAYINGS } from '../../../shared/wallet-sayings.ts';
import type { WalletSays } from '../../../shared/wallet-sayings.ts';
import type { SaidOfWallets } from '../../../shared/wizard-choices.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { counted, named } from '../../components/counted.ts';
import { Section } from '../../components/page.tsx';
import { OTHERS_TITLE, SAYING_WORDS } from '../preview/other-wallets.ts';
import type { OtherWalletRow, SayingDraft } from '../preview/other-wallets.ts';
import styles from './other-wallets-form.module.css';

export interface OtherWalletsFormProps {
  readonly rows: readonly OtherWalletRow[];
  /** What was chosen and not read with yet. */
  readonly draft: SayingDraft;
  /** Whether it is being read again. */
  readonly reading: boolean;
  readonly onChoose: (wallet: string, says: WalletSays) => void;
  readonly onSay: (said: SaidOfWallets) => void;
}

/** What is said of the person's other wallets. It counts once the preview was read again with it. */
export function OtherWalletsForm(props: OtherWalletsFormProps): ReactElement | null {
  const { rows, draft, reading, onChoose, onSay } = props;
  if (rows.length === 0) return null;
  const saysOf = (row: OtherWalletRow): WalletSays | null => draft[row.wallet] ?? row.says;
  const open = rows.filter((row) => saysOf(row) === null).length;

  function submit(event: FormEvent): void {
    event.preventDefault();
    onSay(
      rows.flatMap((row) => {
        const says = saysOf(row);
        return says === null ? [] : [{ wallet: row.wallet, says }];
      }),
    );
  }

  return (
    <Section title={OTHERS_TITLE} aside="Registered with the same identity">
      <form onSubmit={submit} className={styles.form} noValidate>
        <p className={styles.soft}>
          Ask the person about each. A lost key that manages the identity endangers every wallet that stays
          with it.
        </p>
        {rows.map((row) => (
          <OneWallet key={row.wallet} row={row} says={saysOf(row)} onChoose={onChoose} />
        ))}
        <div className={styles.end}>
          <Button type="submit" variant="default" loading={reading}>
            Read again with these
          </Button>
          <span className={styles.soft}>
            {open === 0
              ? 'Tokens, cost and outcomes are read with what is said here.'
              : `Nothing is said of ${counted(open, 'wallet')} yet.`}
          </span>
        </div>
      </form>
    </Section>
  );
}

interface OneWalletProps {
  readonly row: OtherWalletRow;
  readonly says: WalletSays | null;
  readonly onChoose: (wallet: string, says: WalletSays) => void;
}

const SAYINGS = WALLET_SAYINGS.map((value) => ({ value, ...SAYING_WORDS[value] }));

function OneWallet({ row, says, onChoose }: OneWalletProps): ReactElement {
  const { wallet, contract, holds } = row;
  return (
    <div className={styles.wallet} data-wallet={wallet}>
      <ChoiceCards
        legend={<Address value={wallet} label="other wallet" form="full" />}
        hint={
          <p className={styles.soft}>
            {contract ? 'A smart account. ' : ''}
            {holds.length === 0 ? 'It holds no token of this system.' : `It holds ${named(holds)}.`}
          </p>
        }
        name={useId()}
        choices={SAYINGS}
        chosen={says}
        onChoose={(one) => onChoose(wallet, one)}
      />
    </div>
  );
}
