import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { Amount } from '../../components/amount.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import styles from './preview-view.module.css';

const COIN_DECIMALS = 18;

/** What the lost wallet holds and no recovery can bring back. */
export function PreviewLeftBehind({ preview }: { readonly preview: Preview }): ReactElement {
  const { nativeBalance, tokens } = preview.notRecoverable;
  const nothing = nativeBalance === '0' && tokens.length === 0;
  return (
    <Section title="Not recoverable here">
      {nothing ? (
        <p className={styles.soft}>The lost wallet holds nothing else that is known.</p>
      ) : (
        <KeyValue
          facts={[
            ...(nativeBalance === '0'
              ? []
              : [
                  {
                    name: 'Network coins',
                    value: <Amount value={nativeBalance} decimals={COIN_DECIMALS} />,
                    hint: 'Only the key of the lost wallet can move them.',
                  },
                ]),
            ...tokens.map((token) => ({
              name: token.symbol,
              value: (
                <>
                  <Amount value={token.balance} decimals={token.decimals} />{' '}
                  <Address value={token.address} label={`address of ${token.symbol}`} />
                </>
              ),
              hint: 'Not one of the system’s tokens.',
            })),
          ]}
        />
      )}
    </Section>
  );
}
