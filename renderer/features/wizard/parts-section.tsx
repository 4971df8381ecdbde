import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { ProgressView, RecoveryPart } from '../../../shared/wizard.ts';
import { Address } from '../../components/address.tsx';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../components/page.tsx';
import tones from '../../components/tones.module.css';
import { hasCallsToSave, leftWords, partState, rightsWords, whose } from './parts.ts';
import styles from './parts-section.module.css';
import { SaveCalls } from './save-calls.tsx';
import type { WizardActs } from './wizard-acts.ts';

export interface PartsSectionProps {
  readonly progress: ProgressView;
  readonly operator: DeskState['operator'];
  readonly acts: WizardActs;
}

/** Who signs what, how much of it is left, and whom it waits for. */
export function PartsSection({ progress, operator, acts }: PartsSectionProps): ReactElement {
  return (
    <Section title="Who signs">
      <table className={styles.parts}>
        <caption className="said">The parts of the plan</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Right it needs</th>
            <th scope="col">Steps</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {progress.parts.map((part) => (
            <PartRow key={part.address} part={part} mine={part.address === operator?.address} />
          ))}
        </tbody>
      </table>
      {operator !== null && hasCallsToSave(progress) ? (
        <SaveCalls recoveryId={progress.recoveryId} acts={acts} />
      ) : null}
    </Section>
  );
}

function PartRow({ part, mine }: { readonly part: RecoveryPart; readonly mine: boolean }): ReactElement {
  const { word, icon, tone } = partState(part);
  return (
    <tr data-waited-for={part.waitedFor}>
      <td>
        {mine ? `You (${whose(part)})` : whose(part)} <Address value={part.address} form="plain" />
      </td>
      <td>{rightsWords(part)}</td>
      <td>{leftWords(part)}</td>
      <td>
        <span className={`${styles.state ?? ''} ${tones[tone] ?? ''}`}>
          <Icon name={icon} size={12} /> {word}
        </span>
      </td>
    </tr>
  );
}
