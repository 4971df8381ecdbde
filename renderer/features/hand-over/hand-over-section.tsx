import type { ReactElement } from 'react';
import type { HandOverShown } from '../../../shared/hand-over-procedures.ts';
import { HAND_OVER_CHECKS } from '../../../shared/hand-over-rules.ts';
import type { HandOverHalf } from '../../../shared/hand-over-rules.ts';
import type { SignedInView } from '../../../shared/desk-state.ts';
import { Address } from '../../components/address.tsx';
import { shortHex } from '../../components/address-text.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { Section } from '../../components/page.tsx';
import { Told } from '../../components/told.tsx';
import styles from './hand-over-section.module.css';
import {
  endWords,
  retryWords,
  STATE_WORDS,
  tookWords,
  underWayWords,
  waits,
  whyNot,
  whyNotDone,
} from './hand-over-words.ts';
import { useHandOver, useHandOvers } from './use-hand-over.ts';
import type { HandOverDeeds } from './use-hand-over.ts';

export interface HandOverSectionProps {
  readonly recoveryId: string;
  readonly who: SignedInView;
}

/** How each wallet that the desk made gets to its holder, by itself. Draws nothing where the desk made none. */
export function HandOverSection({ recoveryId, who }: HandOverSectionProps): ReactElement | null {
  const { views, again, error } = useHandOvers(recoveryId);
  if (error !== null) return <ErrorPanel error={error} />;
  const of = views.length === 1 ? 'the only one' : 'one of several';
  return (
    <>
      {views.map((view) => (
        <OneHandOver key={view.wallet} view={view} of={of} who={who} again={again} />
      ))}
    </>
  );
}

interface OneHandOverProps extends Pick<HandOverProps, 'view' | 'of' | 'who'> {
  readonly again: () => void;
}

function OneHandOver({ view, of, who, again }: OneHandOverProps): ReactElement {
  const { deed, told } = useHandOver(view, again);
  return <HandOver view={view} of={of} who={who} deed={deed} told={told} />;
}

export interface HandOverProps extends Pick<HandOverDeeds, 'deed' | 'told'> {
  readonly view: HandOverShown;
  /** Where there are several, each is named. */
  readonly of: 'the only one' | 'one of several';
  readonly who: SignedInView;
}

export function HandOver({ view, of, who, deed, told }: HandOverProps): ReactElement {
  const isOpen = view.state === 'open';
  const unfinished = isOpen || view.state === 'clearing';
  const title = of === 'one of several' ? `Hand-over of ${shortHex(view.wallet)}` : 'Hand-over';
  return (
    <Section title={title} aside={STATE_WORDS[view.state]}>
      {of === 'one of several' ? <Whose view={view} /> : null}
      {waits(view) ? <Waits view={view} deed={deed} /> : null}
      <div className={styles.halves}>
        <Half half="keystore" title="Keystore" view={view} who={who} deed={deed} />
        <Half half="passphrase" title="Passphrase" view={view} who={who} deed={deed} />
        {view.passphraseKept && isOpen && !waits(view) ? <ForHolder view={view} deed={deed} /> : null}
      </div>
      {unfinished ? <Done view={view} deed={deed} /> : null}
      <Told words={toldWords(told)} />
      {deed.error === null ? null : <ErrorPanel error={deed.error} />}
    </Section>
  );
}

function Whose({ view }: Pick<HandOverProps, 'view'>): ReactElement {
  return (
    <KeyValue
      flow="row"
      facts={[
        { name: 'Wallet', value: <Address value={view.wallet} label="address of the new wallet" /> },
        {
          name: 'In place of',
          value: <Address value={view.lostWallet} label="address of the lost wallet" />,
        },
      ]}
    />
  );
}

/** What the desk still needs the wallet for, and the ways on. */
function Waits({ view, deed }: Pick<HandOverProps, 'view' | 'deed'>): ReactElement {
  const ends = underWayWords(view);
  if (ends !== null) return <p>{ends}</p>;
  return (
    <div className={styles.waits} role="group" aria-label="Left to recover first">
      <h3>Left to recover first</h3>
      <p>
        The wallet is to recover {view.toRecover?.join(', ')} itself, and has not. It leaves the desk after
        one of these:
      </p>
      <ul className={styles.checks}>
        <li>{retryWords(view)}</li>
        <li>
          Leave to the holder: they recover it with the new wallet once it is theirs. The desk signs nothing
          with it any more, and that cannot be taken back.
        </li>
      </ul>
      <Button variant="default" size="sm" loading={deed.busy} onClick={() => deed.run('leave')}>
        Leave to the holder…
      </Button>
    </div>
  );
}

function toldWords(told: HandOverDeeds['told']): string | null {
  if (told === null) return null;
  const saved = told.fileName === null ? '' : `Saved as ${told.fileName}.`;
  return `${saved} ${told.note ?? ''}`.trim() || null;
}

interface HalfProps extends Pick<HandOverProps, 'view' | 'who' | 'deed'> {
  readonly half: HandOverHalf;
  readonly title: string;
}

function Half({ half, title, view, who, deed }: HalfProps): ReactElement {
  const reason = view.state === 'open' ? whyNot(view, half, who) : null;
  return (
    <div className={styles.half} role="group" aria-label={title}>
      <h3>{title}</h3>
      <p>{tookWords(view, view[half])}</p>
      {reason === null ? null : <p className={styles.soft}>{reason}</p>}
      {view.state === 'open' && reason === null ? (
        <Button variant="default" size="sm" loading={deed.busy} onClick={() => deed.run(half)}>
          {half === 'keystore' ? 'Take the keystore…' : 'Take the passphrase…'}
        </Button>
      ) : null}
    </div>
  );
}

function ForHolder({ view, deed }: Pick<HandOverProps, 'view' | 'deed'>): ReactElement {
  const named = view.recipients.length > 0 && view.sealed.length === 0;
  return (
    <div className={styles.half} role="group" aria-label="Or one file for the holder">
      <h3>Or one file for the holder</h3>
      <p>
        {view.sealed.length > 0
          ? tookWords(view, view.sealed)
          : 'Both in a file that only the private key of the holder opens. Two operators name the key.'}
      </p>
      {named ? <p className={styles.soft}>Named by {tookWords(view, view.recipients)}</p> : null}
      <Button variant="default" size="sm" loading={deed.busy} onClick={() => deed.run('holder')}>
        Enter the holder’s key…
      </Button>
    </div>
  );
}

function Done({ view, deed }: Pick<HandOverProps, 'view' | 'deed'>): ReactElement {
  const reason = whyNotDone(view);
  return (
    <>
      <h3>Before it is done</h3>
      <ul className={styles.checks}>
        {Object.entries(HAND_OVER_CHECKS).map(([key, words]) => (
          <li key={key}>{words}</li>
        ))}
      </ul>
      <p className={styles.soft}>{reason ?? endWords(view)}</p>
      <div className={styles.more}>
        <Button variant="default" size="sm" loading={deed.busy} onClick={() => deed.run('letter')}>
          Letter to the holder…
        </Button>
        <Button
          variant="default"
          size="sm"
          disabled={reason !== null}
          loading={deed.busy}
          onClick={() => deed.run('done')}
        >
          Mark the hand-over done…
        </Button>
      </div>
    </>
  );
}
