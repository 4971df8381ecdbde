import { describe, expect, it } from 'vitest';
import {
  hasCallsToSave,
  isSplit,
  leftWords,
  mustConfirm,
  partOf,
  partState,
  rightsWords,
  whoMaySignIn,
  whose,
} from '../../../../renderer/features/wizard/parts.ts';
import type { ProgressView, RecoveryPart } from '../../../../shared/wizard.ts';
import { CUSTODIAN, OPERATORS, SIGNED_IN_CUSTODIAN } from '../../../support/fake-desk-data.ts';
import { SCENES } from '../../../support/fake-desk-scenes.ts';
import type { SceneName } from '../../../support/fake-desk-scenes.ts';

function partsOf(scene: SceneName): Pick<ProgressView, 'parts'> {
  const { wizard } = SCENES[scene]();
  if (wizard.step !== 'progress') throw new Error(`the scene is at ${wizard.step}`);
  return wizard.progress;
}

const part: RecoveryPart = {
  address: CUSTODIAN,
  name: 'L. Brandt',
  rights: ['custodian'],
  steps: 12,
  left: 12,
  confirmed: false,
  external: false,
  waitedFor: false,
};

describe('a part of a recovery', () => {
  it('says which right it takes; where it takes one, not that other steps take none', () => {
    expect(rightsWords({ rights: ['none', 'identityManager'] })).toBe('identity manager');
    expect(rightsWords({ rights: ['none'] })).toBe('no role');
    expect(rightsWords({ rights: ['identityManager', 'custodian'] })).toBe(
      'identity manager, custodian of the tokens',
    );
  });

  it('says how much of it is left', () => {
    expect(leftWords(part)).toBe('12 of 12 steps left');
    expect(leftWords({ steps: 1, left: 0 })).toBe('1 step, all ended');
  });

  it.each([
    ['Not confirmed yet', {}],
    ['Confirmed', { confirmed: true }],
    ['Waited for: not confirmed yet', { waitedFor: true }],
    ['Waited for', { waitedFor: true, confirmed: true }],
    ['Signed elsewhere', { external: true }],
    ['Waited for: signed elsewhere', { external: true, waitedFor: true }],
    ['Done', { left: 0, waitedFor: true }],
  ])('is told as: %s', (word, change) => {
    expect(partState({ ...part, ...change }).word).toBe(word);
  });

  it('is confirmed at this desk only by who is waited for, and only once', () => {
    expect(mustConfirm({ ...part, waitedFor: true })).toBe(true);
    expect(mustConfirm(part)).toBe(false);
    expect(mustConfirm({ ...part, waitedFor: true, confirmed: true })).toBe(false);
    expect(mustConfirm({ ...part, waitedFor: true, external: true })).toBe(false);
  });

  it('is somebody’s whom the desk knows, or says that it is not', () => {
    expect(whose(part)).toBe('L. Brandt');
    expect(whose({ name: null, external: true })).toBe('A Safe or custody platform');
    expect(whose({ name: null, external: false })).toBe('Nobody of this desk');
  });
});

describe('the parts of a recovery', () => {
  it('are not shown where one signs all of it here', () => {
    expect(isSplit(partsOf('progress'))).toBe(false);
    expect(isSplit(partsOf('progress-split'))).toBe(true);
    expect(isSplit({ parts: [{ ...part, external: true }] })).toBe(true);
  });

  it('are yours by your address', () => {
    expect(partOf(partsOf('progress-split'), SIGNED_IN_CUSTODIAN)?.name).toBe('L. Brandt');
    expect(partOf(partsOf('progress'), SIGNED_IN_CUSTODIAN)).toBeNull();
    expect(partOf(partsOf('progress'), null)).toBeNull();
  });

  it('have calls to save as long as something is to be signed elsewhere', () => {
    expect(hasCallsToSave(partsOf('progress-split'))).toBe(false);
    expect(hasCallsToSave(partsOf('progress-waiting-signatures'))).toBe(true);
    expect(hasCallsToSave({ parts: [{ ...part, external: true, left: 0 }] })).toBe(false);
  });

  it('say who may sign in: who is waited for, else who confirmed, else everybody of this desk', () => {
    const names = (parts: readonly RecoveryPart[]) =>
      whoMaySignIn({ parts: [...parts] }, OPERATORS).map(({ name }) => name);

    expect(names(partsOf('progress-waiting-other').parts)).toEqual(['L. Brandt']);
    expect(names(partsOf('progress').parts)).toEqual(['R. Amstutz']);
    expect(names([{ ...part, name: null, waitedFor: true }])).toHaveLength(OPERATORS.length);
  });
});
