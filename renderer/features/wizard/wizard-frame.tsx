import { useEffect, useRef } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Page } from '../../components/page.tsx';
import { PracticeMark } from '../../components/practice-mark.tsx';
import { StepHeader } from './step-header.tsx';
import type { ShownStep } from './steps.ts';
import styles from './wizard-frame.module.css';
import type { WizardActs } from './wizard-acts.ts';

export interface WizardFrameProps {
  readonly step: ShownStep;
  readonly practice: boolean;
  readonly acts: WizardActs;
  readonly title: string;
  readonly subtitle: ReactNode;
  readonly actions?: ReactNode;
  /** Ways back and out, at the left of the foot. */
  readonly ways?: ReactNode;
  /** The way on, at the right of the foot. */
  readonly next?: ReactNode;
  /** Why the way on is closed, or what it does. */
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** One step: where one is, its heading, what it shows, and the ways on and back, always in sight. */
export function WizardFrame(props: WizardFrameProps): ReactElement {
  const { step, practice, acts, title, subtitle, actions, ways, next, hint, children } = props;
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which must not be taken for the effect's clean-up.
    top.current?.scrollIntoView({ block: 'start' });
  }, []);
  const foot = ways !== undefined || next !== undefined;
  return (
    <div className={styles.wizard} ref={top} data-step={step}>
      <div className={styles.head}>
        <StepHeader step={step} />
        {practice ? <PracticeMark /> : null}
      </div>
      <div className={styles.page}>
        <Page title={title} subtitle={subtitle} actions={actions}>
          {children}
        </Page>
      </div>
      {acts.error === null && !foot ? null : (
        <div className={styles.foot}>
          {acts.error === null ? null : <ErrorPanel error={acts.error} />}
          {foot ? (
            <div className={styles.bar}>
              {ways}
              <p className={styles.hint} id="wizard-hint">
                {hint}
              </p>
              {next}
            </div>
          ) : null}
        </div>
      )}
    </div>
  );
}
