/** What was read of a person, as the wizard and the review of a file show it alike. Draws only; asks main for nothing. */
import type { ReactElement } from 'react';
import { NoteList } from '../../components/note-list.tsx';
import { Section } from '../../components/page.tsx';
import { TokenTable } from '../../components/token-table.tsx';
import { lostPreviews } from '../../../shared/preview.ts';
import type { Preview } from '../../../shared/preview.ts';
import { PreviewAccess } from './preview-access.tsx';
import { PreviewClaims } from './preview-claims.tsx';
import { PreviewCost } from './preview-cost.tsx';
import { PreviewLeftBehind } from './preview-left-behind.tsx';
import { PreviewLost, tokensText } from './preview-lost.tsx';
import { PreviewOthers } from './preview-others.tsx';
import { PreviewReading } from './preview-reading.tsx';
import { PreviewReplacement } from './preview-replacement.tsx';
import { PreviewRights } from './preview-rights.tsx';
import { PreviewSigners } from './preview-signers.tsx';
import { PreviewSubject } from './preview-subject.tsx';
import styles from './preview-view.module.css';

export interface PreviewViewProps {
  readonly read: { readonly preview: Preview; readonly digest: string };
  /** In place of what was said of the person's other wallets: where it can be said. */
  readonly others?: ReactElement;
}

export function PreviewView({ read, others }: PreviewViewProps): ReactElement {
  const { preview, digest } = read;
  const alone = preview.further === undefined;
  return (
    <div className={styles.preview}>
      <Standing preview={preview} />
      <div className={styles.pair}>
        <PreviewSubject preview={preview} />
        <PreviewReading preview={preview} digest={digest} />
      </div>
      {others ?? <PreviewOthers preview={preview} />}
      {alone && preview.replacement !== null ? (
        <PreviewReplacement replacement={preview.replacement} />
      ) : null}
      <PreviewSigners preview={preview} />
      <Wallets preview={preview} />
      <PreviewRights preview={preview} />
      <div className={styles.pair}>
        <PreviewClaims preview={preview} />
        <div className={styles.stack}>
          <PreviewAccess preview={preview} />
          <PreviewLeftBehind preview={preview} />
          <PreviewCost preview={preview} />
        </div>
      </div>
    </div>
  );
}

/** One lost wallet as it always was; of several each by itself. */
function Wallets({ preview }: { readonly preview: Preview }): ReactElement {
  const wallets = lostPreviews(preview);
  if (wallets.length === 1) {
    return (
      <Section title="Tokens" aside={tokensText(preview)}>
        <TokenTable tokens={preview.tokens} />
      </Section>
    );
  }
  return (
    <>
      {wallets.map((lost, index) => (
        <PreviewLost key={lost.lostWallet} lost={lost} place={index + 1} of={wallets.length} />
      ))}
    </>
  );
}

/** What stands in the way, and what is to be known, before everything else. */
function Standing({ preview }: { readonly preview: Preview }): ReactElement | null {
  const { blockers, warnings } = preview;
  if (blockers.length + warnings.length === 0) return null;
  return (
    <div className={styles.stack}>
      {blockers.length === 0 ? null : (
        <section aria-label="Blockers" className={styles.notes}>
          <h2>
            {blockers.length === 1
              ? 'One blocker: no recovery can be made'
              : `${String(blockers.length)} blockers: no recovery can be made`}
          </h2>
          <NoteList notes={blockers} tone="blocker" />
        </section>
      )}
      {warnings.length === 0 ? null : (
        <section aria-label="Warnings" className={styles.notes}>
          <h2>{warnings.length === 1 ? 'One warning' : `${String(warnings.length)} warnings`}</h2>
          <NoteList notes={warnings} tone="warning" />
        </section>
      )}
    </div>
  );
}
