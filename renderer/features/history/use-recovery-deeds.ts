import { useMemo, useRef } from 'react';
import type { ErrorView } from '../../../shared/answer.ts';
import { show, takeWizard } from '../../app/store.ts';
import { useDeed } from '../../app/use-deed.ts';
import { call, newKey } from '../../desk.ts';

export interface RecoveryDeeds {
  readonly open: (recoveryId: string) => void;
  readonly resume: (recoveryId: string) => void;
  readonly busy: boolean;
  readonly error: ErrorView | null;
}

/** Opens a recovery's summary or progress, or goes on with it; what main answers comes to the front. */
export function useRecoveryDeeds(): RecoveryDeeds {
  const opening = useDeed(
    (recoveryId: string) => call('recovery.open', { recoveryId }),
    (wizard) => {
      takeWizard(wizard);
      show({ name: 'wizard' });
    },
  );
  const resuming = useDeed(
    (recoveryId: string) => call('recovery.resume', { key: newKey(), recoveryId }),
    (wizard) => {
      takeWizard(wizard);
      show({ name: 'wizard' });
    },
  );
  // Tables draw their rows anew when a handler changes: these stay the same.
  const latest = useRef({ opening, resuming });
  latest.current = { opening, resuming };
  const steady = useMemo(
    () => ({
      open: (recoveryId: string) => latest.current.opening.run(recoveryId),
      resume: (recoveryId: string) => latest.current.resuming.run(recoveryId),
    }),
    [],
  );
  return {
    ...steady,
    busy: opening.busy || resuming.busy,
    error: opening.error ?? resuming.error,
  };
}
