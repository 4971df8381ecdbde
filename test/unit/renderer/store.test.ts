import { beforeEach, describe, expect, it } from 'vitest';
import {
  isLocked,
  isWorking,
  show,
  takeDeskState,
  takeReading,
  takeWizard,
  useWindow,
} from '../../../renderer/app/store.ts';
import { SCENES } from '../../support/fake-desk-scenes.ts';

const signedIn = SCENES['signed-in']().state;
const locked = SCENES.progress();

const view = (): string => useWindow.getState().view.name;

beforeEach(() => {
  useWindow.setState(useWindow.getInitialState(), true);
  takeDeskState(signedIn);
});

describe('the view in front', () => {
  it('is the one that was asked for', () => {
    show({ name: 'history' });

    expect(view()).toBe('history');
  });

  it('becomes the recovery when one begins to be prepared', () => {
    takeWizard(SCENES.case().wizard);

    expect(view()).toBe('wizard');
  });

  it('may be another one while a recovery is prepared, and stays there when its step changes', () => {
    takeWizard(SCENES.case().wizard);
    show({ name: 'settings' });
    takeWizard(SCENES.preview().wizard);

    expect(view()).toBe('settings');
  });

  it('is the participants again when the recovery is left', () => {
    takeWizard(SCENES.case().wizard);
    takeWizard({ step: 'none' });

    expect(view()).toBe('participants');
  });
});

describe('the lock', () => {
  it('brings the progress to the front, wherever the person was', () => {
    show({ name: 'settings' });
    takeWizard(locked.wizard);

    expect(view()).toBe('wizard');
    expect(isLocked(useWindow.getState())).toBe(true);
  });

  it.each(['participants', 'history', 'review', 'settings'] as const)('lets nobody go to %s', (name) => {
    takeWizard(locked.wizard);
    show({ name });

    expect(view()).toBe('wizard');
  });

  it('holds from the desk’s word alone, before the wizard’s step is known', () => {
    takeDeskState(locked.state);
    show({ name: 'history' });

    expect(view()).toBe('wizard');
  });

  it('holds as long as either of the two says so', () => {
    takeDeskState(locked.state);
    takeWizard(locked.wizard);
    takeDeskState(signedIn);

    expect(isLocked(useWindow.getState())).toBe(true);
  });

  it('ends at the summary, which stays in front until the person goes elsewhere', () => {
    takeDeskState(locked.state);
    takeWizard(locked.wizard);
    takeWizard(SCENES.summary().wizard);
    takeDeskState(signedIn);

    expect(view()).toBe('wizard');
    show({ name: 'history' });
    expect(view()).toBe('history');
  });
});

describe('the key of who is signed in', () => {
  it('is at work while a recovery is executed, and not while it stands still', () => {
    expect(isWorking(useWindow.getState())).toBe(false);
    takeDeskState(locked.state);
    expect(isWorking(useWindow.getState())).toBe(true);
    takeWizard(locked.wizard);
    expect(isWorking(useWindow.getState())).toBe(true);
    takeWizard(SCENES['progress-waiting']().wizard);
    expect(isWorking(useWindow.getState())).toBe(false);
  });
});

describe('what is being read', () => {
  it('is no longer shown once the wizard has its answer', () => {
    takeReading({ what: 'Reading transfers', reached: 5, last: 10 });
    takeWizard(SCENES.preview().wizard);

    expect(useWindow.getState().reading).toBeNull();
  });
});
