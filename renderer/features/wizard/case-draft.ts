/** The case as it is being typed, and what is still wrong with it, in words. */
import type { RecoveryCase } from '../../../shared/case.ts';
import type { RecoveryReason } from '../../../shared/recovery-reasons.ts';
import { readEvidence } from './evidence-hashes.ts';

export interface CaseDraft {
  readonly reason: RecoveryReason | null;
  readonly ticket: string;
  readonly identifiedHow: string;
  readonly identifiedBy: string;
  /** A sha256 a line. */
  readonly evidence: string;
}

export type CaseField = keyof CaseDraft;
export type CaseProblems = Partial<Readonly<Record<CaseField, string>>>;

/** The order of the form: the first of them with a problem gets the focus. */
export const CASE_FIELDS: readonly CaseField[] = [
  'reason',
  'ticket',
  'identifiedHow',
  'identifiedBy',
  'evidence',
];

/** As the contract bounds them. */
export const LONGEST = { ticket: 200, identifiedHow: 500, identifiedBy: 200 } as const;

/** What was entered before, or an empty form. No reason is chosen for a person. */
export function draftOf(entered: RecoveryCase | null): CaseDraft {
  return {
    reason: entered?.reason ?? null,
    ticket: entered?.ticket ?? '',
    identifiedHow: entered?.identifiedHow ?? '',
    identifiedBy: entered?.identifiedBy ?? '',
    evidence: entered?.evidence.join('\n') ?? '',
  };
}

function textProblem(field: keyof typeof LONGEST, text: string, missing: string): CaseProblems {
  const length = text.trim().length;
  if (length === 0) return { [field]: missing };
  const most = LONGEST[field];
  return length > most ? { [field]: `This has ${length} characters; ${most} fit.` } : {};
}

export function problemsOf(draft: CaseDraft): CaseProblems {
  const { problem } = readEvidence(draft.evidence);
  return {
    ...(draft.reason === null ? { reason: 'Choose why the wallet is recovered.' } : {}),
    ...textProblem('ticket', draft.ticket, 'Enter the ticket that this recovery is made under.'),
    ...textProblem(
      'identifiedHow',
      draft.identifiedHow,
      'Say how the person was identified: which document, call-back or visit.',
    ),
    ...textProblem('identifiedBy', draft.identifiedBy, 'Say who identified the person.'),
    ...(problem === null ? {} : { evidence: problem }),
  };
}

/** The case that was entered, or null while something is wrong with it. */
export function caseOf(draft: CaseDraft): RecoveryCase | null {
  if (draft.reason === null || Object.keys(problemsOf(draft)).length > 0) return null;
  return {
    reason: draft.reason,
    ticket: draft.ticket.trim(),
    identifiedHow: draft.identifiedHow.trim(),
    identifiedBy: draft.identifiedBy.trim(),
    evidence: [...readEvidence(draft.evidence).hashes],
  };
}
