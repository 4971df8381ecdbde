import type { ReactElement } from 'react';
import type { PhaseReport } from '../../../shared/outcome.ts';
import { Elapsed } from '../../components/elapsed.tsx';
import { Icon } from '../../components/icon.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import styles from './phase-list.module.css';
import { PHASE_WORDS, phaseDetail, phaseOfNoReturn } from './phase-words.ts';

export interface PhaseListProps {
  readonly phases: readonly PhaseReport[];
  /** Whether the point of no return is passed; null where it is of no concern any more. */
  readonly noReturn: boolean | null;
}

/** The nine phases, with state, words and time; the point of no return stands between them. */
export function PhaseList({ phases, noReturn }: PhaseListProps): ReactElement {
  const turn = phaseOfNoReturn(phases);
  return (
    <ol className={styles.phases}>
      {phases.map((phase) => (
        <li key={phase.name} className={styles.entry} data-phase={phase.name} data-status={phase.status}>
          {noReturn !== null && phase.name === turn ? <Turn passed={noReturn} /> : null}
          <div
            className={`${styles.phase ?? ''} ${phase.status === 'running' ? (styles.running ?? '') : ''}`}
          >
            <div className={styles.words}>
              <span className={styles.title}>{PHASE_WORDS[phase.name].title}</span>
              <span className={styles.detail}>{phaseDetail(phase)}</span>
            </div>
            <span className={styles.time}>
              {phase.startedAt === null ? null : (
                <Elapsed since={phase.startedAt} until={endOf(phase, phase.startedAt)} />
              )}
            </span>
            <span>
              {/* What was skipped may well be needed, elsewhere: it is not called unneeded. */}
              {phase.status === 'skipped' ? (
                <span className={styles.skipped}>
                  <Icon name="skipped" size={12} /> Skipped
                </span>
              ) : (
                <StateBadge state={phase.status} />
              )}
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** A phase that does not run has no running time, also where no end of it is known. */
function endOf(phase: PhaseReport, startedAt: string): string | null {
  if (phase.finishedAt !== null) return phase.finishedAt;
  return phase.status === 'running' ? null : startedAt;
}

function Turn({ passed }: { readonly passed: boolean }): ReactElement {
  return (
    <p className={`${styles.turn ?? ''} ${passed ? (styles.passed ?? '') : ''}`}>
      <span>Point of no return: {passed ? 'passed' : 'still ahead'}</span>
    </p>
  );
}
