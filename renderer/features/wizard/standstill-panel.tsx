import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { ProgressView } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { OperatorList } from '../operator/operator-list.tsx';
import { OwnPart } from './own-part.tsx';
import { partOf, whoMaySignIn } from './parts.ts';
import styles from './progress-step.module.css';
import { StandstillWay } from './standstill-way.tsx';
import { connectionWords, signInWords, standstillOf } from './standstill.ts';
import type { WizardActs } from './wizard-acts.ts';

export interface StandstillPanelProps {
  readonly progress: ProgressView;
  readonly deskState: DeskState;
  readonly acts: WizardActs;
}

/** Why it stands still, what keeps it from going on, and the one way that goes on. */
export function StandstillPanel({ progress, deskState, acts }: StandstillPanelProps): ReactElement {
  const { connection, operator, lockedOn } = deskState;
  const { title, message, remedy, way } = standstillOf(progress, deskState);
  const mine = partOf(progress, operator);
  return (
    <section className={styles.standstill} role="status" data-code={progress.reason?.code}>
      <span className={styles.standstillMark}>
        <Icon name={progress.status === 'waiting' ? 'waiting' : 'paused'} size={18} />
      </span>
      <div className={styles.standstillWords}>
        <h2>{title}</h2>
        <p>{message}</p>
        <p>{remedy}</p>
        {connectionWords(connection).map((words) => (
          <p key={words}>{words}</p>
        ))}
        {way === 'confirm' && mine !== null ? (
          <OwnPart progress={progress} part={mine} confirming={acts.awaits('recovery.confirmPart')} />
        ) : null}
        {way === 'sign_in' ? (
          <>
            <p>{signInWords(progress, operator)}</p>
            <OperatorList
              operators={whoMaySignIn(progress, deskState.operators)}
              ways={deskState.signInWays}
            />
          </>
        ) : null}
      </div>
      <div className={styles.standstillWays}>
        <StandstillWay
          way={way}
          connecting={connection.status === 'connecting'}
          progress={progress}
          acts={acts}
        />
        {/* Main holds the desk past the point of no return; before it a recovery may be left standing. */}
        {lockedOn === null ? (
          <Button variant="default" loading={acts.awaits('wizard.leave')} onClick={acts.leave}>
            Close for now
          </Button>
        ) : null}
      </div>
    </section>
  );
}
