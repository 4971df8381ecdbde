import type { ReactElement } from 'react';
import { isTakenAlong } from '../../../shared/lost-wallets.ts';
import type { LostPreview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { shortHex } from '../../components/address-text.ts';
import { countText } from '../../components/amount-text.ts';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import { TokenTable } from '../../components/token-table.tsx';
import { replacementFacts } from './preview-replacement.tsx';
import { Care, standingFacts } from './standing-facts.tsx';
import styles from './preview-view.module.css';

export interface PreviewLostProps {
  readonly lost: LostPreview;
  /** Counted from 1. */
  readonly place: number;
  readonly of: number;
}

/** One of several lost wallets: how it stands, where it goes, and its tokens. */
export function PreviewLost({ lost, place, of }: PreviewLostProps): ReactElement {
  const { lostWallet, replacement } = lost;
  const before = isTakenAlong(lost);
  const which = lostWallet === null ? '' : ` ${shortHex(lostWallet)}`;
  return (
    <Section
      title={`${before ? 'Wallet lost before' : 'Lost wallet'}${which}`}
      aside={`${String(place)} of ${String(of)}. Tokens: ${tokensText(lost)}`}
    >
      <div className={styles.stack}>
        <KeyValue
          flow="row"
          facts={[
            {
              name: before ? 'Wallet lost before' : 'Lost wallet',
              value:
                lostWallet === null ? (
                  <Care text="None" />
                ) : (
                  <Address value={lostWallet} label="lost wallet" form="full" />
                ),
              ...(lost.contract === true ? { hint: 'A smart account: a contract holds the tokens.' } : {}),
            },
            ...standingFacts(lost.lost),
            ...(replacement === null || before ? [] : replacementFacts(replacement, 'Replacement wallet')),
          ]}
        />
        <TokenTable tokens={lost.tokens} label={`Tokens of${which}`} />
      </div>
    </Section>
  );
}

/** How many tokens, and how many of them are expected to fail. */
export function tokensText({ tokens }: Pick<LostPreview, 'tokens'>): string {
  const failing = tokens.filter((token) => token.predicted.outcome === 'fails').length;
  const scope = `${countText(tokens.length)} in scope`;
  return failing === 0 ? scope : `${scope}, ${countText(failing)} expected to fail`;
}
