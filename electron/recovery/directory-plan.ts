/** What a plan asks of the participant directory, and the steps that this comes to. */
import type { NewRecovery } from '../../shared/journal.ts';
import type { PhaseName } from '../../shared/phases.ts';
import { RESTS_ON, directoryActions } from '../../shared/directory-actions.ts';
import type { DirectoryAction } from '../../shared/directory-actions.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Preview } from '../../shared/preview.ts';

/** The plan's part for the directory; one that did not answer is asked for everything when it does. */
export function directoryPart({ directory }: Pick<Preview, 'directory'>): Pick<Plan, 'directory'> {
  if (directory === undefined) return {};
  const { kind, participantId } = directory;
  if (directory.answers && participantId === null) return {};
  return { directory: { kind, participantId, actions: [...directoryActions(directory)] } };
}

/** Why an action is not planned: what the directory said, or that there is none to ask. */
export function whyNotPlanned({ directory }: Pick<Preview, 'directory'>, action: DirectoryAction): string {
  if (directory === undefined) return 'no participant directory is connected';
  if (!directory.answers || directory.participantId === null)
    return 'the participant directory does not know the person';
  const { capabilities } = directory;
  const reasons = RESTS_ON[action].flatMap((capability) => {
    const answer = capabilities[capability];
    return answer.can === 'cannot' ? [answer.why] : [];
  });
  return [...new Set(reasons)].join('; ');
}

export interface DirectoryStep {
  /** The word that its name begins with. */
  readonly word: DirectoryAction | 'revoke_sessions_again';
  readonly action: DirectoryAction;
  readonly phase: PhaseName;
  /** At once, or when the chain has linked the person to the replacement. */
  readonly when: 'at_once' | 'when_linked';
}

/** Sign-in is held before sessions are ended, and they are ended again once no old factor opens a new one. */
export const DIRECTORY_STEPS: readonly DirectoryStep[] = [
  { word: 'hold_sign_in', action: 'hold_sign_in', phase: 'revoke_sessions', when: 'at_once' },
  { word: 'revoke_sessions', action: 'revoke_sessions', phase: 'revoke_sessions', when: 'at_once' },
  { word: 'link_participant', action: 'link_participant', phase: 'link_participant', when: 'when_linked' },
  { word: 'reset_mfa', action: 'reset_mfa', phase: 'reset_mfa', when: 'when_linked' },
  { word: 'revoke_sessions_again', action: 'revoke_sessions', phase: 'reset_mfa', when: 'when_linked' },
];

export function directoryStepName({ word }: DirectoryStep, { lostWallet }: Pick<Plan, 'lostWallet'>): string {
  return `${word}:${lostWallet}`;
}

export function isPlanned({ directory }: Plan, { word, action }: DirectoryStep): boolean {
  const actions = directory?.actions ?? [];
  return actions.includes(action) && (word !== 'revoke_sessions_again' || actions.includes('reset_mfa'));
}

/** The journal's steps of a phase: those planned, and the one that says why there are none. */
export function directorySteps(plan: Plan, phase: PhaseName): NewRecovery['steps'] {
  const own = DIRECTORY_STEPS.filter((step) => step.phase === phase);
  return own
    .filter((step) => isPlanned(plan, step) || step.word === phase)
    .map((step) => ({ name: directoryStepName(step, plan), phase }));
}
