import { TextInput, Textarea } from '@mantine/core';
import type { ReactElement } from 'react';
import { counted } from '../../components/counted.ts';
import type { CaseDraft, CaseProblems } from './case-draft.ts';
import styles from './case-step.module.css';
import { readEvidence } from './evidence-hashes.ts';

export interface CaseFieldsProps {
  readonly draft: CaseDraft;
  readonly problems: CaseProblems;
  readonly onChange: (draft: CaseDraft) => void;
}

/** Ticket, identification and evidence. */
export function CaseFields({ draft, problems, onChange }: CaseFieldsProps): ReactElement {
  const { hashes, problem } = readEvidence(draft.evidence);
  return (
    <div className={styles.pair}>
      <div className={styles.column}>
        <TextInput
          name="ticket"
          label="Ticket"
          description="The number of the request in your own system"
          required
          autoComplete="off"
          value={draft.ticket}
          error={problems.ticket}
          onChange={(event) => onChange({ ...draft, ticket: event.currentTarget.value })}
        />
        <Textarea
          name="identifiedHow"
          label="How was the person identified?"
          description="Document, call-back or visit, in your own words"
          required
          rows={3}
          value={draft.identifiedHow}
          error={problems.identifiedHow}
          onChange={(event) => onChange({ ...draft, identifiedHow: event.currentTarget.value })}
        />
        <TextInput
          name="identifiedBy"
          label="Who identified them?"
          description="Name of the colleague who checked"
          required
          autoComplete="off"
          value={draft.identifiedBy}
          error={problems.identifiedBy}
          onChange={(event) => onChange({ ...draft, identifiedBy: event.currentTarget.value })}
        />
      </div>
      <div className={styles.mono}>
        <Textarea
          name="evidence"
          label="Evidence, as sha256 hashes (optional)"
          description="One a line, as sha256sum prints them. The documents stay where they are; only hashes are kept."
          rows={9}
          spellCheck={false}
          autoComplete="off"
          value={draft.evidence}
          error={problems.evidence}
          onChange={(event) => onChange({ ...draft, evidence: event.currentTarget.value })}
        />
        <p className={styles.count} role="status">
          {hashes.length === 0 && problem === null ? '' : `${counted(hashes.length, 'hash', 'hashes')} read`}
        </p>
      </div>
    </div>
  );
}
