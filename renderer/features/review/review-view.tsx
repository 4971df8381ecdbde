import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ReviewedPreview } from '../../../shared/review-view.ts';
import { useDeed } from '../../app/use-deed.ts';
import { Button } from '../../components/button.tsx';
import { Address } from '../../components/address.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { timeText } from '../../components/time-text.ts';
import { call } from '../../desk.ts';
import { PreviewView } from '../preview/preview-view.tsx';
import styles from './review-view.module.css';

/** Opens a preview file that a colleague saved: signed out, without a network, and nothing of it is taken on trust. */
export function ReviewView(): ReactElement {
  const [reviewed, setReviewed] = useState<ReviewedPreview | null>(null);
  const opening = useDeed(
    () => call('review.open', {}),
    (opened) => {
      if (opened !== null) setReviewed(opened);
    },
  );

  /** Of a file that does not hold nothing is shown, and nothing of the one before it either. */
  function open(): void {
    opening.run();
  }

  const button = (
    <Button onClick={open} loading={opening.busy} variant={reviewed === null ? 'filled' : 'default'}>
      {reviewed === null ? 'Open a preview file' : 'Open another file'}
    </Button>
  );
  const shown = opening.error === null ? reviewed : null;
  return (
    <Page
      title="Review"
      subtitle="Read what a colleague saw before a recovery. Needs no network and no sign-in."
      actions={shown === null && opening.error === null ? undefined : button}
    >
      {opening.error === null ? null : <ErrorPanel error={opening.error} />}
      {opening.busy && shown === null ? (
        <Loading what="Waiting for a file to be chosen and checked." />
      ) : null}
      {shown === null && opening.error === null && !opening.busy ? (
        <Empty icon="document" title="No preview file is open">
          A preview file is saved from the preview step of a recovery. The desk checks that nobody changed it
          since, and shows what was read then.
          <div>{button}</div>
        </Empty>
      ) : null}
      {shown === null ? null : (
        <>
          <Holds reviewed={shown} />
          <PreviewView read={shown} />
        </>
      )}
    </Page>
  );
}

function Holds({ reviewed }: { readonly reviewed: ReviewedPreview }): ReactElement {
  return (
    <div className={styles.holds} role="status">
      <Icon name="shield" size={22} />
      <div>
        <p className={styles.verdict}>The file is whole: its content matches its digest.</p>
        <p>
          {reviewed.fileName}, made {timeText(reviewed.preview.createdAt)}. It shows the chain as it was then.
        </p>
        <p className={styles.digest}>
          <Address value={reviewed.digest} label="preview digest" form="full" />
        </p>
        <p>Compare this digest with the one on the operator’s screen before you agree.</p>
      </div>
    </div>
  );
}
