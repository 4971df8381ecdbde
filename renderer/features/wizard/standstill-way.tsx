import type { ReactElement } from 'react';
import { assertNever } from '../../../shared/assert-never.ts';
import type { ProgressView } from '../../../shared/wizard.ts';
import { resumeWords } from './standstill.ts';
import type { Standstill } from './standstill.ts';
import type { WizardActs } from './wizard-acts.ts';
import { Button } from '../../components/button.tsx';

export interface StandstillWayProps {
  readonly way: Standstill['way'];
  /** Whether main connects already. */
  readonly connecting: boolean;
  readonly progress: Pick<ProgressView, 'recoveryId' | 'planDigest' | 'reason'>;
  readonly acts: WizardActs;
}

/** The one button that goes on. Who signs in is chosen from a list instead. */
export function StandstillWay({ way, connecting, progress, acts }: StandstillWayProps): ReactElement | null {
  const { recoveryId, planDigest } = progress;
  switch (way) {
    case 'connect':
      return (
        <Button loading={connecting || acts.awaits('networks.reconnect')} onClick={acts.reconnect}>
          Try again
        </Button>
      );
    case 'sign_in':
      return null;
    case 'confirm':
      return (
        <Button
          loading={acts.awaits('recovery.confirmPart')}
          onClick={() => acts.confirmPart(recoveryId, planDigest)}
        >
          Confirm and sign your part…
        </Button>
      );
    case 'resume':
      return (
        <Button loading={acts.awaits('recovery.resume')} onClick={() => acts.resume(recoveryId)}>
          {resumeWords(progress)}
        </Button>
      );
    default:
      return assertNever(way);
  }
}
