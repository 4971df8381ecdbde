import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ConfirmStep } from '../../../../renderer/features/wizard/confirm-step.tsx';
import type { WizardActs } from '../../../../renderer/features/wizard/wizard-acts.ts';
import { SCENES } from '../../../support/fake-desk-scenes.ts';

const nothing = (): void => undefined;
const ACTS: WizardActs = {
  error: null,
  saved: null,
  awaits: () => false,
  forget: nothing,
  setCase: nothing,
  refresh: nothing,
  savePreview: nothing,
  toImpact: nothing,
  makeChallenge: nothing,
  choose: nothing,
  confirm: nothing,
  back: nothing,
  leave: nothing,
  resume: nothing,
  confirmPart: nothing,
  exportCalls: nothing,
  reconnect: nothing,
  saveReport: nothing,
};

function drawn(scene: 'confirm' | 'confirm-beginning'): string {
  const { wizard } = SCENES[scene]();
  if (wizard.step !== 'confirm') throw new Error(`the scene is at ${wizard.step}`);
  return renderToStaticMarkup(<ConfirmStep wizard={wizard} acts={ACTS} />);
}

describe('the confirmation', () => {
  it('says where to type, and may be cancelled', () => {
    expect(drawn('confirm')).toMatch(/Find the confirmation window.*Cancel/su);
  });

  it('that was typed asks for nothing any more, and can’t be cancelled', () => {
    const page = drawn('confirm-beginning');

    expect(page).toContain('What was confirmed');
    expect(page).not.toMatch(/confirmation window|Cancel/u);
  });
});
