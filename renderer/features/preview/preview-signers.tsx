import type { ReactElement } from 'react';
import { lostPreviews } from '../../../shared/preview.ts';
import type { Preview, SignerPreview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Amount } from '../../components/amount.tsx';
import { Section } from '../../components/page.tsx';
import styles from './preview-view.module.css';
import { Ok } from './standing-facts.tsx';

const COIN_DECIMALS = 18;

const ROLES: Readonly<Record<SignerPreview['role'], string>> = {
  operator: 'Who recovers',
  custodian: 'The custodian who was named',
};

/** Who would sign what, where more than one does. Draws nothing for a recovery of one operator alone. */
export function PreviewSigners({ preview }: { readonly preview: Preview }): ReactElement | null {
  const { signers } = preview;
  const tokens = lostPreviews(preview).flatMap((lost) => lost.tokens);
  if (signers === undefined) return null;
  return (
    <Section title="Who signs" aside="Each pays the network fees of their own transactions">
      <table className={styles.claims}>
        <caption className="said">Who would sign which part</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Identity manager</th>
            <th scope="col">Tokens</th>
            <th scope="col">Transactions</th>
            <th scope="col">Network fees, about</th>
            <th scope="col">Coins for fees</th>
          </tr>
        </thead>
        <tbody>
          {signers.map((signer) => (
            <tr key={signer.address}>
              <td>
                {ROLES[signer.role]} <Address value={signer.address} form="plain" />
              </td>
              <td>{signer.identityManager ? <Ok text="Yes" /> : 'No'}</td>
              <td>{countText(tokens.filter((token) => token.signer === signer.address).length)}</td>
              <td>{countText(signer.transactions)}</td>
              <td>
                <Amount value={signer.estimate} decimals={COIN_DECIMALS} />
              </td>
              <td>
                {signer.external ? (
                  <span className={styles.soft}>Paid elsewhere: a Safe or custody platform sends</span>
                ) : (
                  <Amount value={signer.balance} decimals={COIN_DECIMALS} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
