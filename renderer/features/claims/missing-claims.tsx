import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ClaimsReport } from '../../../shared/claims.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useDeed } from '../../app/use-deed.ts';
import { call, newKey } from '../../desk.ts';
import styles from './claims-section.module.css';
import { missingWords, openIssues, topicWords } from './claims-words.ts';

/** What is missing on the new identity, what could not be read, and whom to ask. */
export function MissingClaims({ report }: { readonly report: ClaimsReport }): ReactElement {
  const { missing, unknown, now } = report;
  return (
    <div className={styles.part}>
      <h3>Missing on the new identity</h3>
      {missing.length === 0 ? (
        <p>{now === null ? 'It is not known which claims are missing.' : 'No claim is missing.'}</p>
      ) : (
        <ul className={styles.list}>
          {missing.map((claim) => (
            <li key={claim.topic}>
              <strong>{topicWords(claim)}</strong> {missingWords(claim)}
            </li>
          ))}
        </ul>
      )}
      {openIssues(report).map((words) => (
        <p key={words}>{words}</p>
      ))}
      {unknown.map((words) => (
        <p key={words} className={styles.soft}>
          {words}
        </p>
      ))}
      <Requests report={report} />
    </div>
  );
}

function Requests({
  report: { requests, recoveryId },
}: {
  readonly report: ClaimsReport;
}): ReactElement | null {
  const [saved, setSaved] = useState<string | null>(null);
  const saving = useDeed(
    (issuer: ClaimsReport['requests'][number]['issuer'], form: 'document' | 'page') =>
      call('claims.saveRequest', { key: newKey(), recoveryId, issuer, form }),
    (file) => setSaved(file?.fileName ?? null),
  );
  if (requests.length === 0) return null;
  return (
    <>
      <h3>To ask of issuers</h3>
      <ul className={styles.list}>
        {requests.map(({ issuer, issue, revoke }) => (
          <li key={issuer} className={styles.request}>
            <span>
              <Address value={issuer} label="issuer" /> to issue {issue}, to revoke {revoke}
            </span>
            <Button
              variant="default"
              size="sm"
              loading={saving.busy}
              onClick={() => saving.run(issuer, 'document')}
            >
              Save document… <span className="said">with the request for issuer {issuer}</span>
            </Button>
            <Button
              variant="default"
              size="sm"
              loading={saving.busy}
              onClick={() => saving.run(issuer, 'page')}
            >
              Save page to print… <span className="said">with the request for issuer {issuer}</span>
            </Button>
          </li>
        ))}
      </ul>
      <p role="status" className={styles.soft}>
        {saved === null ? '' : `Saved as ${saved}`}
      </p>
      {saving.error === null ? null : <ErrorPanel error={saving.error} />}
    </>
  );
}
