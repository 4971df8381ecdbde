import type { ReactElement } from 'react';
import { assertNever } from '../../../shared/assert-never.ts';
import type { Standstill } from './standstill.ts';
import type { WizardActs } from './wizard-acts.ts';
import { Button } from '../../components/button.tsx';

export interface StandstillWayProps {
  readonly way: Standstill['way'];
  /** Whether main connects already. */
  readonly connecting: boolean;
  readonly recoveryId: string;
  readonly acts: WizardActs;
}

/** The one button that goes on. */
export function StandstillWay({ way, connecting, recoveryId, acts }: StandstillWayProps): ReactElement {
  switch (way) {
    case 'connect':
      return (
        <Button loading={connecting || acts.awaits('networks.reconnect')} onClick={acts.reconnect}>
          Try again
        </Button>
      );
    case 'sign_in':
      return (
        <Button loading={acts.awaits('operator.signIn')} onClick={acts.signIn}>
          Sign in…
        </Button>
      );
    case 'resume':
      return (
        <Button loading={acts.awaits('recovery.resume')} onClick={() => acts.resume(recoveryId)}>
          Resume
        </Button>
      );
    default:
      return assertNever(way);
  }
}
