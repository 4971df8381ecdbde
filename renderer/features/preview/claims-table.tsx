import type { ReactElement } from 'react';
import type { Preview } from '../../../shared/preview.ts';
import { Address } from '../../components/address.tsx';
import { isOfTopic, missingTopics, topicText } from './claim-topics.ts';
import { Care, Ok } from './standing-facts.tsx';
import styles from './preview-view.module.css';

export interface ClaimsTableProps {
  readonly claims: Preview['claims'];
  /** What the tokens in question ask of a holder; left out where it is about no tokens. */
  readonly requiredTopics?: readonly string[];
}

/** Claims by topic, with who issued them, whether the issuer is trusted for it and stands by it; required ones that are missing too. */
export function ClaimsTable({ claims, requiredTopics }: ClaimsTableProps): ReactElement {
  const missing = missingTopics(claims, requiredTopics ?? []);
  if (claims.length + missing.length === 0) return <p className={styles.soft}>There are no claims.</p>;
  return (
    <table className={styles.claims}>
      <thead>
        <tr>
          <th scope="col">Topic</th>
          {requiredTopics === undefined ? null : <th scope="col">Required</th>}
          <th scope="col">Issuer</th>
          <th scope="col">Issuer trusted</th>
          <th scope="col">Valid</th>
        </tr>
      </thead>
      <tbody>
        {claims.map((claim) => (
          <tr key={`${claim.topic} ${claim.issuer}`}>
            <td>{claim.topicName ?? topicText(claim.topic)}</td>
            {requiredTopics === undefined ? null : (
              <td>{requiredTopics.some((topic) => isOfTopic(claim, topic)) ? 'Yes' : 'No'}</td>
            )}
            <td>
              <Address value={claim.issuer} label="issuer" />
            </td>
            <td>
              <Known is={claim.trusted} />
            </td>
            <td>
              <Known is={claim.valid ?? null} />
            </td>
          </tr>
        ))}
        {missing.map((topic) => (
          <tr key={topic}>
            <td>{topicText(topic)}</td>
            <td>Yes</td>
            <td colSpan={3}>
              <Care text="Missing" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Known({ is }: { readonly is: boolean | null }): ReactElement {
  if (is === null) return <span className={styles.soft}>Not known</span>;
  return is ? <Ok text="Yes" /> : <Care text="No" />;
}
