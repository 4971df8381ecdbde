import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { saidLost } from '../../../shared/lost-wallets.ts';
import type { ReadingProgress } from '../../../shared/desk-state.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { Loading } from '../../components/loading.tsx';
import { NoteList } from '../../components/note-list.tsx';
import { Section } from '../../components/page.tsx';
import { impactFacts } from './impact-facts.ts';
import { ImpactList } from './impact-list.tsx';
import { ImpactPicture } from './impact-picture.tsx';
import { impactGroups } from './impact-words.ts';
import { pictureOf } from './picture.ts';
import { PlanView } from './plan-view.tsx';
import type { Signers } from './plan-words.ts';
import { ReplacementForm } from './replacement-form.tsx';
import { SeveralPicture } from './several-picture.tsx';
import { hasSeveralWallets, walletsPictureOf } from './wallets-picture.ts';
import { BackButton, GiveUpButton } from './ways.tsx';
import type { WizardActs } from './wizard-acts.ts';
import { WizardFrame } from './wizard-frame.tsx';

export type ImpactWizard = Extract<Wizard, { step: 'impact' }>;

export interface ImpactStepProps {
  readonly wizard: ImpactWizard;
  /** On the practice network, the new wallet that the person gives. */
  readonly practiceWallet: string | null;
  /** Those who could sign a part of the plan, by name. */
  readonly signers: Signers;
  readonly reading: ReadingProgress | null;
  readonly acts: WizardActs;
}

/** What a recovery will change, and where to: the replacement is chosen here, and the plan shown. */
export function ImpactStep({
  wizard,
  practiceWallet,
  signers,
  reading,
  acts,
}: ImpactStepProps): ReactElement {
  const { read } = wizard;
  // A plan that another replacement is being chosen for is not gone on with.
  const [dropped, setDropped] = useState<string | null>(null);
  const planned = wizard.planned?.digest === dropped ? null : wizard.planned;
  const facts = useMemo(() => impactFacts(read.preview, planned?.plan ?? null), [read, planned]);
  const several = saidLost(read.preview).length > 0;
  const planning = acts.awaits('wizard.chooseReplacement');
  return (
    <WizardFrame
      step="impact"
      practice={read.preview.network.practice}
      acts={acts}
      title="Impact"
      subtitle={`What a recovery of ${facts.person} changes. Nothing has been changed yet.`}
      ways={
        <>
          <BackButton acts={acts} label="Back to the preview" />
          <GiveUpButton acts={acts} />
        </>
      }
      hint={
        planned === null
          ? several
            ? 'Choose the replacement wallets first: the plan is made with them'
            : 'Choose the replacement wallet first: the plan is made with it'
          : 'It is confirmed in a window of its own'
      }
      next={
        <Button
          disabled={planned === null || planning}
          loading={acts.awaits('wizard.confirm')}
          onClick={() => {
            if (planned !== null) acts.confirm(planned.digest);
          }}
          aria-describedby="wizard-hint"
        >
          Continue to confirmation
        </Button>
      }
    >
      <NoteList notes={read.preview.blockers} tone="blocker" />
      <Section title="Before and after">
        {hasSeveralWallets(facts) ? (
          <SeveralPicture picture={walletsPictureOf(facts)} />
        ) : (
          <ImpactPicture picture={pictureOf(facts)} />
        )}
      </Section>
      <Section title="What changes">
        <ImpactList groups={impactGroups(facts)} />
      </Section>
      {planning ? (
        <Section title="Replacement wallet">
          <Loading
            what="Checking the wallet, trying the recovery out and making the plan"
            progress={reading}
          />
        </Section>
      ) : null}
      {planned === null ? (
        <div hidden={planning}>
          <Section
            title={several ? 'Replacement wallets' : 'Replacement wallet'}
            aside={
              several
                ? 'One for each lost wallet, which the person will use from now on'
                : 'The wallet that the person will use from now on'
            }
          >
            <ReplacementForm wizard={wizard} practiceWallet={practiceWallet} acts={acts} />
          </Section>
        </div>
      ) : (
        <PlanView
          planned={planned}
          preview={read.preview}
          signers={signers}
          onDrop={() => setDropped(planned.digest)}
        />
      )}
    </WizardFrame>
  );
}
