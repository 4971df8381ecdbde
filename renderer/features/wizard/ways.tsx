import type { ReactElement } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { WizardActs } from './wizard-acts.ts';

/** One decision back. */
export function BackButton({ acts, label = 'Back' }: { acts: WizardActs; label?: string }): ReactElement {
  return (
    <Button
      variant="default"
      icon={<Icon name="back" size={14} />}
      loading={acts.awaits('wizard.back')}
      onClick={acts.back}
    >
      {label}
    </Button>
  );
}

/** Out of the wizard before anything was begun. */
export function GiveUpButton({ acts }: { acts: WizardActs }): ReactElement {
  return (
    <Button variant="subtle" tone="calm" loading={acts.awaits('wizard.leave')} onClick={acts.leave}>
      Leave without recovering
    </Button>
  );
}
