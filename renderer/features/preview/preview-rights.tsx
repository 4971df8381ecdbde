import type { ReactElement } from 'react';
import { lostPreviews } from '../../../shared/preview.ts';
import type { HeldRight, Preview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { Section } from '../../components/page.tsx';
import styles from './preview-view.module.css';

const KINDS: Readonly<Record<HeldRight['kind'], string>> = {
  system_role: 'Role in the system',
  token_role: 'Role on a token',
  identity_key: 'Key of another identity',
  claim_issuer_key: 'Key of a claim issuer',
};

/** Rights on chain that lost wallets keep: no recovery takes them away. Draws nothing where there are none. */
export function PreviewRights({ preview }: { readonly preview: Preview }): ReactElement | null {
  const held = lostPreviews(preview).flatMap(({ lostWallet, rights = [] }) =>
    rights.map((right) => ({ lostWallet, right })),
  );
  if (held.length === 0) return null;
  return (
    <Section title="Rights of lost wallets" aside="A recovery takes none of them away">
      <table className={styles.claims}>
        <caption className="said">Rights that lost wallets hold on chain</caption>
        <thead>
          <tr>
            <th scope="col">Lost wallet</th>
            <th scope="col">What it may do</th>
            <th scope="col">Kind</th>
            <th scope="col">On</th>
          </tr>
        </thead>
        <tbody>
          {held.map(({ lostWallet, right }) => (
            <tr key={`${lostWallet ?? ''} ${right.kind} ${right.on} ${right.right}`}>
              <td>{lostWallet === null ? null : <Address value={lostWallet} form="plain" />}</td>
              <td>{right.right}</td>
              <td>{KINDS[right.kind]}</td>
              <td>
                {right.onName} <Address value={right.on} form="plain" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
