import type { ReactElement } from 'react';
import { lostPreviews } from '../../../shared/preview.ts';
import type { LostPreview, Preview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { shortHex } from '../../components/address-text.ts';
import { Amount } from '../../components/amount.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import type { Fact } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import styles from './preview-view.module.css';

const COIN_DECIMALS = 18;

type Left = Pick<LostPreview, 'lostWallet' | 'notRecoverable'>;

/** What lost wallets hold and no recovery can bring back. */
export function PreviewLeftBehind({ preview }: { readonly preview: Preview }): ReactElement {
  const wallets = lostPreviews(preview);
  const several = wallets.length > 1;
  const facts = wallets.flatMap((lost) => leftFacts(lost, several));
  return (
    <Section title="Not recoverable here">
      {facts.length === 0 ? (
        <p className={styles.soft}>
          {several
            ? 'The lost wallets hold nothing else that is known.'
            : 'The lost wallet holds nothing else that is known.'}
        </p>
      ) : (
        <KeyValue facts={facts} />
      )}
    </Section>
  );
}

function leftFacts({ lostWallet, notRecoverable }: Left, several: boolean): readonly Fact[] {
  const { nativeBalance, tokens } = notRecoverable;
  const of = several && lostWallet !== null ? ` on ${shortHex(lostWallet)}` : '';
  return [
    ...(nativeBalance === '0'
      ? []
      : [
          {
            name: `Network coins${of}`,
            value: <Amount value={nativeBalance} decimals={COIN_DECIMALS} />,
            hint: 'Only the key of the lost wallet can move them.',
          },
        ]),
    ...tokens.map((token) => ({
      name: `${token.symbol}${of}`,
      value: (
        <>
          <Amount value={token.balance} decimals={token.decimals} />{' '}
          <Address value={token.address} label={`address of ${token.symbol}`} />
        </>
      ),
      hint: 'Not one of the system’s tokens.',
    })),
  ];
}
