import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ClaimsIssued, ClaimsRecheck, ClaimsReport } from '../../../shared/claims.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Section } from '../../components/page.tsx';
import { useDeed } from '../../app/use-deed.ts';
import { call, newKey } from '../../desk.ts';
import styles from './claims-section.module.css';
import { issuedWords, recheckHeadline } from './claims-words.ts';
import { MissingClaims } from './missing-claims.tsx';
import { RecheckTable } from './recheck-table.tsx';

/** After a recovery: whether the person can hold and transfer again, which claims are missing, and the ways to them. */
export function ClaimsSection({ recoveryId }: { readonly recoveryId: string }): ReactElement {
  const [recheck, setRecheck] = useState<ClaimsRecheck | null>(null);
  const [report, setReport] = useState<ClaimsReport | null>(null);
  const [issued, setIssued] = useState<ClaimsIssued | null>(null);
  const rechecking = useDeed(() => call('claims.recheck', { recoveryId }), setRecheck);
  const reading = useDeed(() => call('claims.read', { recoveryId }), setReport);
  const issuing = useDeed(
    () => call('claims.issue', { key: newKey(), recoveryId }),
    (came) => {
      setIssued(came);
      // What was shown before is not true any more.
      setRecheck(null);
      reading.run();
    },
  );
  const error = rechecking.error ?? reading.error ?? issuing.error;
  return (
    <Section title="Claims and tokens now" aside="Read from the network when you ask">
      <div className={styles.actions}>
        <Button variant="default" size="sm" loading={rechecking.busy} onClick={rechecking.run}>
          Recheck
        </Button>
        <Button variant="default" size="sm" loading={reading.busy} onClick={reading.run}>
          Missing claims
        </Button>
        <Button variant="default" size="sm" loading={issuing.busy} onClick={issuing.run}>
          Issue claims…
        </Button>
      </div>
      {error === null ? null : <ErrorPanel error={error} />}
      <p role="status" className={styles.words}>
        {issued === null ? '' : issuedWords(issued)}
      </p>
      {recheck === null ? null : (
        <>
          <p className={styles.words} role="status">
            {recheckHeadline(recheck)}
          </p>
          <RecheckTable tokens={recheck.tokens} />
        </>
      )}
      {report === null ? null : <MissingClaims report={report} />}
    </Section>
  );
}
