import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { ProgressView } from '../../../shared/wizard.ts';
import { Address } from '../../components/address.tsx';
import { Icon } from '../../components/icon.tsx';
import styles from './progress-step.module.css';
import { signInWords, standstillOf } from './standstill.ts';
import type { WizardActs } from './wizard-acts.ts';

export interface StandstillPanelProps {
  readonly progress: ProgressView;
  readonly deskState: DeskState | null;
  readonly acts: WizardActs;
}

/** Why it stands still, and the one button that goes on. */
export function StandstillPanel({ progress, deskState, acts }: StandstillPanelProps): ReactElement {
  const operator = deskState?.operator ?? null;
  const held = deskState === null || deskState.lockedOn !== null;
  const { title, message, remedy, way } = standstillOf(progress, operator);
  return (
    <section className={styles.standstill} role="status" data-code={progress.reason?.code}>
      <span className={styles.standstillMark}>
        <Icon name={progress.status === 'waiting' ? 'waiting' : 'paused'} size={18} />
      </span>
      <div className={styles.standstillWords}>
        <h2>{title}</h2>
        <p>{message}</p>
        <p>{remedy}</p>
        {way === 'resume' ? null : (
          <p>
            {signInWords(operator)} <Address value={progress.operator} label="operator" />
          </p>
        )}
      </div>
      <div className={styles.standstillWays}>
        {way === 'resume' ? (
          <Button loading={acts.awaits('recovery.resume')} onClick={() => acts.resume(progress.recoveryId)}>
            Resume
          </Button>
        ) : (
          <Button loading={acts.awaits('operator.signIn')} onClick={acts.signIn}>
            Sign in…
          </Button>
        )}
        {/* Main holds the desk past the point of no return; before it a recovery may be left standing. */}
        {held ? null : (
          <Button variant="default" loading={acts.awaits('wizard.leave')} onClick={acts.leave}>
            Close for now
          </Button>
        )}
      </div>
    </section>
  );
}
