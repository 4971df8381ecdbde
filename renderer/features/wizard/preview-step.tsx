import { useState } from 'react';
import type { ReactElement } from 'react';
import { mayBeAdopted } from '../../../shared/lost-wallets.ts';
import type { ReadingProgress } from '../../../shared/desk-state.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { Ago } from '../../components/elapsed.tsx';
import { Loading } from '../../components/loading.tsx';
import { isUnread, otherWallets } from '../preview/other-wallets.ts';
import type { SayingDraft } from '../preview/other-wallets.ts';
import { PreviewView } from '../preview/preview-view.tsx';
import { counted } from '../../components/counted.ts';
import { OtherWalletsForm } from './other-wallets-form.tsx';
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
export function PreviewStep({ wizard, reading: progress, acts }: PreviewStepProps): ReactElement {
  const { preview, digest } = wizard.read;
  const blockers = preview.blockers.length;
  const adoptable = mayBeAdopted(preview);
  const reading = acts.awaits('wizard.refresh', 'wizard.sayOfWallets');
  const waiting = reading || acts.awaits('wizard.impact');
  const [draft, setDraft] = useState<SayingDraft>({});
  const rows = otherWallets(preview);
  const unread = isUnread(rows, draft);
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
        unread
          ? 'Read the preview again with what you chose of the other wallets'
          : adoptable
            ? 'A recovery of this wallet was begun before: the way on is for the same replacement wallet alone'
            : blockers > 0
              ? `${counted(blockers, 'blocker')} ${blockers === 1 ? 'stands' : 'stand'} in the way. Do what is said there, then read again.`
              : 'The impact is shown before anything is changed'
      }
      next={
        <Button
          disabled={(blockers > 0 && !adoptable) || unread || reading}
          loading={acts.awaits('wizard.impact')}
          onClick={() => acts.toImpact(digest)}
          aria-describedby="wizard-hint"
        >
          See the impact
        </Button>
      }
    >
      {reading ? <Loading what="Reading wallets, identity and tokens again" progress={progress} /> : null}
      <PreviewView
        read={wizard.read}
        others={
          <OtherWalletsForm
            rows={rows}
            draft={draft}
            reading={acts.awaits('wizard.sayOfWallets')}
            onChoose={(wallet, says) => setDraft({ ...draft, [wallet]: says })}
            onSay={(said) => acts.sayOfWallets(digest, said)}
          />
        }
      />
    </WizardFrame>
  );
}
