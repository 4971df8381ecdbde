import type { ReactElement } from 'react';
import type { ReadingProgress } from '../../../shared/desk-state.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { Ago } from '../../components/elapsed.tsx';
import { Loading } from '../../components/loading.tsx';
import { PreviewView } from '../preview/preview-view.tsx';
import { counted } from './counted.ts';
import { SavedNote } from './saved-note.tsx';
import { BackButton, GiveUpButton } from './ways.tsx';
import type { WizardActs } from './wizard-acts.ts';
import { WizardFrame } from './wizard-frame.tsx';

export interface PreviewStepProps {
  readonly wizard: Extract<Wizard, { step: 'preview' }>;
  readonly reading: ReadingProgress | null;
  readonly acts: WizardActs;
}

/** What was read, before anything is decided. Blockers keep it here. */
export function PreviewStep({ wizard, reading, acts }: PreviewStepProps): ReactElement {
  const { preview, digest } = wizard.read;
  const blockers = preview.blockers.length;
  const adoptable = mayBeAdopted(preview);
  const waiting = acts.awaits('wizard.refresh', 'wizard.impact');
  return (
    <WizardFrame
      step="preview"
      practice={preview.network.practice}
      acts={acts}
      title="Preview"
      subtitle={
        <>
          Read <Ago time={preview.createdAt} />, nothing has been changed. Read it again if it has become old.
        </>
      }
      actions={
        <>
          <SavedNote fileName={acts.saved} />
          <Button
            variant="default"
            loading={acts.awaits('wizard.savePreview')}
            disabled={waiting}
            onClick={acts.savePreview}
          >
            Save for review…
          </Button>
          <Button
            variant="default"
            loading={acts.awaits('wizard.refresh')}
            disabled={acts.awaits('wizard.impact')}
            onClick={acts.refresh}
          >
            Read again
          </Button>
        </>
      }
      ways={
        <>
          <BackButton acts={acts} label="Back to the case" />
          <GiveUpButton acts={acts} />
        </>
      }
      hint={
        adoptable
          ? 'A recovery of this wallet was begun before: the way on is for the same replacement wallet alone'
          : blockers > 0
            ? `${counted(blockers, 'blocker')} ${blockers === 1 ? 'stands' : 'stand'} in the way. Do what is said there, then read again.`
            : 'The impact is shown before anything is changed'
      }
      next={
        <Button
          disabled={(blockers > 0 && !adoptable) || acts.awaits('wizard.refresh')}
          loading={acts.awaits('wizard.impact')}
          onClick={() => acts.toImpact(digest)}
          aria-describedby="wizard-hint"
        >
          See the impact
        </Button>
      }
    >
      {acts.awaits('wizard.refresh') ? (
        <Loading what="Reading wallets, identity and tokens again" progress={reading} />
      ) : null}
      <PreviewView read={wizard.read} />
    </WizardFrame>
  );
}

/** A link that stands keeps nobody from going on with the very replacement that it names; main decides so as well. */
function mayBeAdopted({ blockers, lost }: PreviewStepProps['wizard']['read']['preview']): boolean {
  return (
    blockers.length > 0 &&
    lost.linkedTo !== null &&
    blockers.every((blocker) => blocker.code === 'WALLET_ALREADY_LOST')
  );
}
