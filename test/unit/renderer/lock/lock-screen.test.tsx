import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LockScreen } from '../../../../renderer/features/lock/lock-screen.tsx';
import { SCENES } from '../../../support/fake-desk-scenes.ts';

describe('the lock screen', () => {
  it.each(['hidden', 'locked', 'locked-recovery'] as const)(
    'says who is signed in and how to go on, and nothing of people and recoveries: %s',
    (scene) => {
      const { state } = SCENES[scene]();
      const page = renderToStaticMarkup(<LockScreen deskState={state} />);

      expect(page).toMatch(/R\. Amstutz.*Unlock.*Sign out/su);
      expect(page).not.toMatch(/R-[0-9a-f]{10}|participants|Maren|0x/u);
    },
  );
});
