import type { ReactElement } from 'react';
import type { SignedInView } from '../../../shared/desk-state.ts';
import type { RecoveryResult } from '../../../shared/outcome.ts';
import type { Wizard } from '../../../shared/wizard.ts';
import { Button } from '../../components/button.tsx';
import { Address } from '../../components/address.tsx';
import { countText } from '../../components/amount-text.ts';
import { KeyValue } from '../../components/key-value.tsx';
import { NoteList } from '../../components/note-list.tsx';
import { Section } from '../../components/page.tsx';
import { HandOverSection } from '../hand-over/hand-over-section.tsx';
import { ClaimsSection } from '../claims/claims-section.tsx';
import { counted } from '../../components/counted.ts';
import { FailureList } from './failure-list.tsx';
import { FollowUpList } from './follow-up-list.tsx';
import { HeadlinePanel } from './headline-panel.tsx';
import { headline, identityStands, unknownTokens } from './outcome-words.ts';
import { PhaseList } from './phase-list.tsx';
import { SavedNote } from './saved-note.tsx';
import styles from './summary-step.module.css';
import { SummaryWallets } from './summary-wallets.tsx';
import type { WizardActs } from './wizard-acts.ts';
import { WizardFrame } from './wizard-frame.tsx';

export type SummaryWizard = Extract<Wizard, { step: 'summary' }>;

export interface SummaryStepProps {
  readonly wizard: SummaryWizard;
  readonly acts: WizardActs;
  /** Whoever is signed in. */
  readonly who: SignedInView | null;
}

/** How it ended, what was not recovered and why, and what must follow. */
export function SummaryStep({ wizard, acts, who }: SummaryStepProps): ReactElement {
  const { result, mayRetry } = wizard;
  const { failures } = result.tokens;
  return (
    <WizardFrame
      step="summary"
      practice={result.practice}
      acts={acts}
      title={headline(result).title}
      subtitle={`${wizard.subject}, recovery ${result.recoveryId}`}
      actions={
        <>
          <SavedNote fileName={acts.saved} />
          <Button
            variant="default"
            loading={acts.awaits('recovery.saveReport')}
            onClick={() => acts.saveReport(result.recoveryId)}
          >
            Save report…
          </Button>
        </>
      }
      ways={
        mayRetry ? (
          <Button
            variant="default"
            loading={acts.awaits('recovery.resume')}
            onClick={() => acts.resume(result.recoveryId)}
          >
            {retryWords(result)}
          </Button>
        ) : (
          <></>
        )
      }
      hint={mayRetry ? 'A retry leaves alone what was recovered' : ''}
      next={
        <Button loading={acts.awaits('wizard.leave')} onClick={acts.leave}>
          Close
        </Button>
      }
    >
      <HeadlinePanel result={result} />
      {result.reason === undefined ? null : (
        <NoteList notes={[result.reason]} tone={reasonTone(result.status)} />
      )}
      <SummaryFacts result={result} />
      <SummaryWallets result={result} />
      {failures.length === 0 ? null : (
        <Section title="Not recovered" aside={counted(failures.length, 'token')}>
          <FailureList failures={failures} />
        </Section>
      )}
      {who === null || !identityStands(result) ? null : (
        <HandOverSection recoveryId={result.recoveryId} who={who} />
      )}
      {result.followUps.length === 0 ? null : (
        <Section title="What must follow" aside="Not part of the recovery itself">
          <FollowUpList result={result} claims={wizard.read.preview.claims} />
        </Section>
      )}
      {identityStands(result) ? (
        <ClaimsSection key={result.recoveryId} recoveryId={result.recoveryId} />
      ) : null}
      <Section title="Phases">
        <PhaseList phases={result.phases} noReturn={null} />
      </Section>
    </WizardFrame>
  );
}

function reasonTone(status: SummaryWizard['result']['status']): 'blocker' | 'warning' {
  return status === 'failed' ? 'blocker' : 'warning';
}

function SummaryFacts({ result }: { readonly result: SummaryWizard['result'] }): ReactElement {
  const { tokens } = result;
  const unknown = unknownTokens(result);
  const stands = identityStands(result);
  return (
    <Section title="Outcome">
      <div className={styles.facts}>
        <KeyValue
          facts={[
            ...(result.wallets.length > 1
              ? []
              : [
                  {
                    name: stands ? 'Replacement wallet' : 'Intended replacement',
                    value: (
                      <Address value={result.replacementWallet} form="full" label="replacement wallet" />
                    ),
                  },
                ]),
            {
              name: stands ? 'New identity' : 'Intended identity',
              value: <Address value={result.replacementIdentity} form="full" label="new identity" />,
            },
            ...(result.wallets.length > 1
              ? []
              : [
                  {
                    name: 'Lost wallet',
                    value: <Address value={result.lostWallet} form="full" label="lost wallet" />,
                  },
                ]),
            { name: 'Plan digest', value: <Address value={result.planDigest} label="plan digest" /> },
          ]}
        />
        <KeyValue
          facts={[
            {
              name: 'Tokens recovered',
              value: (
                <strong className={styles.figure}>
                  {countText(tokens.recovered)} of {countText(tokens.total)}
                </strong>
              ),
            },
            { name: 'Not recovered', value: countText(tokens.total - tokens.recovered - unknown) },
            ...(unknown === 0 ? [] : [{ name: 'Not known', value: countText(unknown) }]),
            { name: 'Transactions', value: countText(result.transactions.length) },
          ]}
        />
      </div>
    </Section>
  );
}

function retryWords({ tokens, followUps }: RecoveryResult): string {
  if (tokens.failures.length > 0) return 'Retry the failed tokens';
  const atDirectory = followUps.some(({ code }) => code === 'DIRECTORY_TO_RETRY');
  return atDirectory ? 'Retry at the participant directory' : 'Verify again';
}
