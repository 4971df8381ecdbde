/**
 * The wizard: shows the step that main is in, and asks main for the next. It holds no step of its own, so it can't be
 * anywhere else, and there is no way back but those that main grants.
 */
import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { assertNever } from '../../../shared/assert-never.ts';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { Preview } from '../../../shared/preview.ts';
import { useWindow } from '../../app/store.ts';
import { Empty } from '../../components/empty.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { CaseStep } from './case-step.tsx';
import { ConfirmStep } from './confirm-step.tsx';
import { ImpactStep } from './impact-step.tsx';
import { knownSigners } from './plan-words.ts';
import { PreviewStep } from './preview-step.tsx';
import { ProgressStep } from './progress-step.tsx';
import { stageOf } from './steps.ts';
import { SummaryStep } from './summary-step.tsx';
import { useWizardActs } from './wizard-acts.ts';

export function WizardScreen(): ReactElement {
  const wizard = useWindow((state) => state.wizard);
  const custodians = useWindow((state) => state.custodians);
  const reading = useWindow((state) => state.reading);
  const deskState = useWindow((state) => state.deskState);
  const acts = useWizardActs();
  const { forget } = acts;
  const stage = stageOf(wizard.step);
  useEffect(() => forget(), [stage, forget]);

  switch (wizard.step) {
    case 'none':
      // Of what was shown nothing is kept over a lock: main is asked again.
      if ((deskState?.lockedOn ?? null) !== null) {
        return (
          <Page title="A recovery is under way">
            {deskState?.connection.status === 'failed' ? (
              <ErrorPanel error={deskState.connection.error} />
            ) : (
              <Loading what="Looking where it stands." />
            )}
          </Page>
        );
      }
      return (
        <Empty title="No recovery is being prepared" icon="shield">
          Choose a participant and recover their identity from there.
        </Empty>
      );
    case 'case':
      return (
        <CaseStep
          key={wizard.subject.id}
          wizard={wizard}
          operators={deskState?.operators ?? []}
          practice={onPractice(deskState)}
          reading={reading}
          acts={acts}
        />
      );
    case 'preview':
      return <PreviewStep wizard={wizard} reading={reading} acts={acts} />;
    case 'impact':
      return (
        <ImpactStep
          wizard={wizard}
          practiceWallet={practiceWallet(deskState, wizard.read.preview)}
          signers={knownSigners(deskState?.operator ?? null, custodians, wizard.read.preview.signers)}
          reading={reading}
          acts={acts}
        />
      );
    case 'confirm':
      return <ConfirmStep wizard={wizard} operator={deskState?.operator ?? null} acts={acts} />;
    case 'progress':
      return <ProgressStep progress={wizard.progress} deskState={deskState} acts={acts} />;
    case 'summary':
      return <SummaryStep wizard={wizard} acts={acts} who={deskState?.operator ?? null} />;
    default:
      return assertNever(wizard);
  }
}

function onPractice(deskState: DeskState | null): boolean {
  return deskState?.connection.status === 'connected' && deskState.connection.practice;
}

/** A person of the practice network has their new wallet at hand; of a real person the desk knows no such thing. */
function practiceWallet(deskState: DeskState | null, preview: Preview): string | null {
  if (!preview.network.practice) return null;
  const drill = deskState?.drills.find((one) => one.participantId === preview.participant.id);
  return drill?.holderWallet ?? null;
}
