import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { ProgressView } from '../../../shared/wizard.ts';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { Elapsed } from '../../components/elapsed.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import type { Fact } from '../../components/key-value.tsx';
import { NoteList } from '../../components/note-list.tsx';
import { Section } from '../../components/page.tsx';
import { NowLine } from './now-line.tsx';
import { isSplit } from './parts.ts';
import { PartsSection } from './parts-section.tsx';
import { PhaseList } from './phase-list.tsx';
import styles from './progress-step.module.css';
import { StandstillPanel } from './standstill-panel.tsx';
import { TokenProgress } from './token-progress.tsx';
import type { WizardActs } from './wizard-acts.ts';
import { WizardFrame } from './wizard-frame.tsx';

export interface ProgressStepProps {
  readonly progress: ProgressView;
  readonly deskState: DeskState | null;
  readonly acts: WizardActs;
}

/** One lost wallet with its replacement; of several each, by its place. */
function walletFacts({ wallets }: ProgressView): readonly Fact[] {
  return wallets.flatMap(({ lost, replacement }, index) => {
    const which = wallets.length === 1 ? '' : ` ${String(index + 1)}`;
    return [
      { name: `Lost wallet${which}`, value: <Address value={lost} label="lost wallet" /> },
      {
        name: `Replacement wallet${which}`,
        value: <Address value={replacement} label="replacement wallet" />,
      },
    ];
  });
}

/** A recovery as it runs. There is no way back from here, so none is drawn. */
export function ProgressStep({ progress, deskState, acts }: ProgressStepProps): ReactElement {
  const { transactions, noReturn } = progress;
  return (
    <WizardFrame
      step="progress"
      practice={progress.practice}
      acts={acts}
      title={`Recovering ${progress.subject}`}
      subtitle={
        noReturn
          ? 'The point of no return is passed: the recovery has to be brought to its end.'
          : 'Nothing irreversible has been sent yet.'
      }
    >
      {progress.working ? (
        <>
          <NowLine now={progress.now} />
          <NoteList notes={progress.reason === null ? [] : [progress.reason]} tone="warning" />
        </>
      ) : null}
      {progress.working || deskState === null ? null : (
        <StandstillPanel progress={progress} deskState={deskState} acts={acts} />
      )}
      <div className={styles.facts}>
        <KeyValue
          flow="row"
          facts={[
            { name: 'Running for', value: <Elapsed since={progress.startedAt} /> },
            {
              name: 'Transactions sent, mined, final',
              value: `${countText(transactions.sent)} · ${countText(transactions.mined)} · ${countText(transactions.final)}`,
            },
            ...walletFacts(progress),
            { name: 'Recovery', value: progress.recoveryId },
          ]}
        />
      </div>
      {isSplit(progress) ? (
        <PartsSection progress={progress} operator={deskState?.operator ?? null} acts={acts} />
      ) : null}
      <div className={styles.columns}>
        <Section title="Phases">
          <PhaseList phases={progress.phases} noReturn={noReturn} />
        </Section>
        <Section title="Tokens">
          <TokenProgress tokens={progress.tokens} />
        </Section>
      </div>
    </WizardFrame>
  );
}
