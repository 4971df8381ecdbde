import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { SignIn } from '../../../../renderer/features/start/sign-in.tsx';
import { SCENES } from '../../../support/fake-desk-scenes.ts';

it('tells of an operator who cannot sign in because their record is damaged', () => {
  const { state } = SCENES['signed-out']();
  const problem = {
    code: 'VAULT_CORRUPT',
    message: 'It is damaged.',
    remedy: 'Report it.',
    retry: 'never',
  } as const;
  const deskState = { ...state, damagedOperators: [{ name: 'B. Ode', problem }] };

  const page = renderToStaticMarkup(<SignIn name="A network" deskState={deskState} />);

  expect(page).toMatch(/R\. Amstutz.*B\. Ode.*cannot sign in.*It is damaged\..*Report it\./su);
});
