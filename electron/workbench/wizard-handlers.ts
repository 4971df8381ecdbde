/** Answers what is asked of the wizard. */
import type { Handlers } from '../ipc/handlers.ts';
import type { Bench } from './workbench.ts';
import { confirm, resume, show } from './wizard-execution.ts';
import { challenge, chooseReplacement } from './wizard-plan.ts';
import { back, begin, impact, refresh, savePreview, setCase } from './wizard-reading.ts';
import { elsewhere } from './refusals.ts';

type WizardProcedures = Extract<keyof Handlers, `wizard.${string}` | 'recovery.open' | 'recovery.resume'>;

export function wizardHandlers({
  wizard: parts,
  connection,
}: Pick<Bench, 'wizard' | 'connection'>): Pick<Handlers, WizardProcedures> {
  return {
    'wizard.state': () => parts.holder.wizard,
    'wizard.begin': (key) => begin(parts, key),
    'wizard.setCase': ({ case: opened }) => setCase(parts, opened),
    'wizard.refresh': () => refresh(parts),
    'wizard.savePreview': () => savePreview(parts),
    'wizard.impact': ({ digest }) => impact(parts, digest),
    'wizard.challenge': ({ replacement }) => challenge(parts, replacement),
    'wizard.chooseReplacement': (choice) => chooseReplacement(parts, choice),
    'wizard.back': () => back(parts),
    'wizard.leave': () => {
      const { step } = parts.holder.wizard;
      if (step === 'confirm' || (step === 'progress' && parts.execution.busy))
        throw elsewhere('A recovery is being confirmed or executed.');
      parts.holder.set({ step: 'none' });
      return parts.holder.wizard;
    },
    'wizard.confirm': ({ planDigest }) => confirm(parts, planDigest),
    'recovery.open': ({ recoveryId }) => {
      parts.holder.at('none', 'summary', 'progress', 'case', 'preview', 'impact');
      show(parts, connection.records, recoveryId);
      return parts.holder.wizard;
    },
    'recovery.resume': ({ recoveryId }) => resume(parts, recoveryId),
  };
}
