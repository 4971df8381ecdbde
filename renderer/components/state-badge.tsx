import type { ReactElement } from 'react';
import type { ParticipantState } from '../../shared/participant-states.ts';
import type { PhaseStatus, RecoveryStatus } from '../../shared/phases.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import styles from './state-badge.module.css';
import tones from './tones.module.css';

export type BadgeState = ParticipantState | RecoveryStatus | PhaseStatus;

interface Look {
  readonly label: string;
  readonly icon: IconName;
  readonly tone: 'good' | 'caution' | 'danger' | 'calm' | 'accent';
}

export const STATE_LOOKS: Readonly<Record<BadgeState, Look>> = {
  active: { label: 'Active', icon: 'done', tone: 'good' },
  recovery_running: { label: 'Recovery running', icon: 'running', tone: 'accent' },
  recovered: { label: 'Recovered', icon: 'shield', tone: 'calm' },
  no_wallet: { label: 'No wallet', icon: 'skipped', tone: 'caution' },
  running: { label: 'Running', icon: 'running', tone: 'accent' },
  waiting: { label: 'Waiting', icon: 'waiting', tone: 'caution' },
  stopped: { label: 'Stopped', icon: 'paused', tone: 'caution' },
  cancelled: { label: 'Cancelled', icon: 'skipped', tone: 'calm' },
  failed: { label: 'Failed', icon: 'failed', tone: 'danger' },
  completed: { label: 'Completed', icon: 'done', tone: 'good' },
  completed_with_token_failures: { label: 'Completed, tokens failed', icon: 'warning', tone: 'caution' },
  pending: { label: 'To come', icon: 'pending', tone: 'calm' },
  done: { label: 'Done', icon: 'done', tone: 'good' },
  partly: { label: 'Partly done', icon: 'warning', tone: 'caution' },
  skipped: { label: 'Not needed', icon: 'skipped', tone: 'calm' },
};

/** A state in a word and a sign: never by colour alone. */
export function StateBadge({ state }: { readonly state: BadgeState }): ReactElement {
  const look = STATE_LOOKS[state];
  return (
    <span className={`${styles.badge ?? ''} ${tones[look.tone] ?? ''}`} data-state={state}>
      <Icon name={look.icon} size={12} />
      {look.label}
    </span>
  );
}
