import { beforeEach, expect, it } from 'vitest';
import { takeDeskState, useWindow } from '../../../../renderer/app/store.ts';
import { choose, useSearchChoices } from '../../../../renderer/features/participants/search-choices.ts';
import { SCENES } from '../../../support/fake-desk-scenes.ts';

const signedIn = SCENES['signed-in']().state;
const searched = (): string => useSearchChoices.getState().text;

beforeEach(() => {
  useWindow.setState(useWindow.getInitialState(), true);
  takeDeskState(signedIn);
  choose({ text: 'aiko', state: 'active' });
});

it('what was searched for is kept while the same person works at the desk', () => {
  takeDeskState({ ...signedIn, appearance: 'dark' });
  expect(searched()).toBe('aiko');
});

it('whoever signs out leaves nothing of it behind, and the next one begins with nothing', () => {
  takeDeskState({ ...signedIn, operator: null });
  expect(useSearchChoices.getState()).toMatchObject({ text: '', state: null });
});

it('another operator does not see it', () => {
  if (signedIn.operator === null) throw new Error('the scene has nobody signed in');
  takeDeskState({ ...signedIn, operator: { ...signedIn.operator, id: 'another' } });
  expect(searched()).toBe('');
});
