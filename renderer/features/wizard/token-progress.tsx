import type { ReactElement } from 'react';
import type { ProgressView } from '../../../shared/wizard.ts';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { tokenFigures, tokenSentence, watchedTokens } from './progress-figures.ts';
import styles from './token-progress.module.css';

type Token = ProgressView['tokens'][number];

const LOOKS: Readonly<Record<Token['state'], { readonly word: string; readonly icon: IconName }>> = {
  pending: { word: 'To come', icon: 'pending' },
  running: { word: 'Under way', icon: 'running' },
  recovered: { word: 'Recovered', icon: 'done' },
  failed: { word: 'Failed', icon: 'failed' },
  skipped: { word: 'Not needed', icon: 'skipped' },
};

/** Token k of n with a bar, and the tokens themselves; of very many the ones worth watching. */
export function TokenProgress({ tokens }: { readonly tokens: ProgressView['tokens'] }): ReactElement {
  const figures = tokenFigures(tokens);
  const shown = watchedTokens(tokens);
  const hidden = tokens.length - shown.length;
  const several = new Set(tokens.map(({ lostWallet }) => lostWallet)).size > 1;
  return (
    <div className={styles.progress}>
      <div className={styles.figures}>
        <span className={styles.count}>{tokenSentence(figures)}</span>
        <span>{figures.percent} %</span>
      </div>
      <ProgressBar value={figures.settled} of={figures.total} label="Tokens through" />
      <ul className={styles.tokens} tabIndex={0} aria-label="Tokens">
        {shown.map((token) => (
          <TokenRow key={`${token.lostWallet} ${token.token}`} token={token} several={several} />
        ))}
      </ul>
      {hidden > 0 ? (
        <p className={styles.more}>
          {countText(hidden)} more are counted above and not drawn: those under way and failed come first.
        </p>
      ) : null}
    </div>
  );
}

function TokenRow({ token, several }: { readonly token: Token; readonly several: boolean }): ReactElement {
  const look = LOOKS[token.state];
  return (
    <li className={`${styles.token ?? ''} ${styles[token.state] ?? ''}`}>
      <span className={styles.symbol}>{token.symbol}</span>
      <span className={styles.address}>
        <Address value={token.token} form="plain" />
      </span>
      <span className={styles.state}>
        <Icon name={look.icon} size={13} /> {look.word}
      </span>
      {several ? (
        <span className={styles.message}>
          From the wallet <Address value={token.lostWallet} form="plain" />
        </span>
      ) : null}
      {token.message === null ? null : <span className={styles.message}>{token.message}</span>}
    </li>
  );
}
