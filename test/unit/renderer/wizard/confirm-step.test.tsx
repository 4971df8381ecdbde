import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ConfirmStep } from '../../../../renderer/features/wizard/confirm-step.tsx';
import type { WizardActs } from '../../../../renderer/features/wizard/wizard-acts.ts';
import type { SignedInView } from '../../../../shared/desk-state.ts';
import { SIGNED_IN_OPERATOR } from '../../../support/fake-desk-data.ts';
import { SCENES } from '../../../support/fake-desk-scenes.ts';

const nothing = (): void => undefined;
const ACTS: WizardActs = {
  error: null,
  saved: null,
  awaits: () => false,
  forget: nothing,
  setCase: nothing,
  sayOfWallets: nothing,
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

function drawn(
  scene: 'confirm' | 'confirm-beginning',
  signIn: SignedInView['signIn'] = 'passphrase',
): string {
  const { wizard } = SCENES[scene]();
  if (wizard.step !== 'confirm') throw new Error(`the scene is at ${wizard.step}`);
  return renderToStaticMarkup(
    <ConfirmStep wizard={wizard} operator={{ ...SIGNED_IN_OPERATOR, signIn }} acts={ACTS} />,
  );
}

describe('the confirmation', () => {
  it('says where to type, and may be cancelled', () => {
    expect(drawn('confirm')).toMatch(/Find the confirmation window.*Cancel/su);
  });

  it('asks for a passphrase, or for a login in the browser, by how its operator signs in', () => {
    const LOGIN = /Log in anew in your browser/u;
    expect(drawn('confirm')).toContain('and your passphrase');
    expect(drawn('confirm')).not.toMatch(LOGIN);
    expect(drawn('confirm', 'oidc')).toMatch(LOGIN);
    expect(drawn('confirm', 'oidc')).not.toContain('and your passphrase');
  });

  it('that was typed asks for nothing any more, and can’t be cancelled', () => {
    const page = drawn('confirm-beginning');

    expect(page).toContain('What was confirmed');
    expect(page).not.toMatch(/confirmation window|Cancel/u);
  });
});
