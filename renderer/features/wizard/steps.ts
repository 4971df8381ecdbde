/** The steps that are shown, in their order. */
import type { WizardStep } from '../../../shared/wizard.ts';

export type ShownStep = Exclude<WizardStep, 'none'>;

export const STEPS: readonly { readonly step: ShownStep; readonly title: string }[] = [
  { step: 'case', title: 'Case' },
  { step: 'preview', title: 'Preview' },
  { step: 'impact', title: 'Impact' },
  { step: 'confirm', title: 'Confirm' },
  { step: 'progress', title: 'Progress' },
  { step: 'summary', title: 'Summary' },
];

/** Decisions can be gone back and forth between; what comes after them is another stage. */
export function stageOf(step: WizardStep): 'none' | 'deciding' | 'progress' | 'summary' {
  if (step === 'none' || step === 'progress' || step === 'summary') return step;
  return 'deciding';
}
