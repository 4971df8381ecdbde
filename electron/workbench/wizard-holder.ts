/** Holds the wizard's step, and refuses what belongs to another one. */
import type { Wizard, WizardStep } from '../../shared/wizard.ts';
import { wipe } from '../operator/passphrase.ts';
import type { Prepared } from '../recovery/prepare.ts';
import { elsewhere } from './refusals.ts';

export type Planned = Extract<Prepared, { kind: 'planned' }>;

/** What belongs to a step and never leaves main. */
export interface Private {
  /** With what opens replacements that were made, until their keystores were proven to open. */
  readonly planned: Planned;
}

/** What opens the replacements that were made for a plan. */
export function secretsOf(behind: Private | null): readonly Uint8Array[] {
  return [...(behind?.planned.made.values() ?? [])].map(({ passphrase }) => passphrase);
}

export interface WizardHolder {
  readonly wizard: Wizard;
  /** What stands behind the plan that is shown; null while there is none. */
  readonly behind: Private | null;
  /** The step, if it is one of these. @throws DeskError WIZARD_ELSEWHERE */
  at<S extends WizardStep>(...steps: readonly S[]): Extract<Wizard, { step: S }>;
  set(wizard: Wizard, behind?: Private | null): void;
  /** Drops what is being prepared; what was begun or has ended stays shown. */
  giveUp(): void;
  /** @returns a check that nothing else took a step since. */
  turn(): () => void;
}

/** @param changed told after each step. */
export function createWizardHolder(changed: () => void): WizardHolder {
  let wizard: Wizard = { step: 'none' };
  let behind: Private | null = null;
  let turns = 0;
  function set(next: Wizard, nextBehind: Private | null = null): void {
    turns += 1;
    const kept = new Set(secretsOf(nextBehind));
    for (const passphrase of secretsOf(behind)) if (!kept.has(passphrase)) wipe(passphrase);
    wizard = next;
    behind = nextBehind;
    changed();
  }
  return {
    get wizard() {
      return wizard;
    },
    get behind() {
      return behind;
    },
    at<S extends WizardStep>(...steps: readonly S[]) {
      const wanted: readonly WizardStep[] = steps;
      if (wanted.includes(wizard.step)) return wizard as Extract<Wizard, { step: S }>;
      throw elsewhere(
        wizard.step === 'progress'
          ? 'The recovery is being executed: there is no way back to its decisions.'
          : 'The recovery is at another step by now.',
      );
    },
    set,
    giveUp() {
      if (!['progress', 'summary'].includes(wizard.step)) set({ step: 'none' });
    },
    turn() {
      const before = turns;
      return () => {
        if (turns !== before) throw elsewhere('Meanwhile another step was taken.');
      };
    },
  };
}
