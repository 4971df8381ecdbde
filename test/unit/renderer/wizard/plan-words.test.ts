import { describe, expect, it } from 'vitest';
import { knownSigners, planActions } from '../../../../renderer/features/wizard/plan-words.ts';
import {
  CUSTODIAN,
  CUSTODIANS,
  OPERATOR,
  SIGNED_IN_OPERATOR,
  splitPreview,
} from '../../../support/fake-desk-data.ts';
import { SCENES } from '../../../support/fake-desk-scenes.ts';

function planOf(scene: 'impact-planned' | 'impact-split') {
  const { wizard } = SCENES[scene]();
  if (wizard.step !== 'impact' || wizard.planned === null) throw new Error('the scene has no plan');
  return wizard.planned.plan;
}

describe('a plan in words', () => {
  it('says of each kind of step who signs it', () => {
    const signers = planActions(planOf('impact-split')).map((action) => [action.role, action.signers]);

    expect(signers).toEqual([
      ['prepare', [OPERATOR]],
      ['relink', [OPERATOR]],
      ['token', [CUSTODIAN]],
    ]);
  });

  it('names you and those who could be chosen from; nobody else is known', () => {
    const known = knownSigners(SIGNED_IN_OPERATOR, CUSTODIANS);

    expect(known.get(OPERATOR)).toBe('You (R. Amstutz)');
    expect(known.get(CUSTODIAN)).toBe('L. Brandt');
    expect(knownSigners(null, []).size).toBe(0);
  });

  it('names by their role whom the preview alone knows, as after a lock', () => {
    const known = knownSigners(SIGNED_IN_OPERATOR, [], splitPreview(CUSTODIAN, false).signers);

    expect(known.get(OPERATOR)).toBe('You (R. Amstutz)');
    expect(known.get(CUSTODIAN)).toBe('The custodian of the case');
  });
});
