import { beforeEach, describe, expect, it } from 'vitest';
import {
  isAway,
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

describe('a desk that nobody is at', () => {
  const away = SCENES.hidden().state;

  it('holds nothing of wizard, reading and person any more', () => {
    takeWizard(SCENES['case-split']().wizard);
    takeReading({ what: 'Reading transfers', reached: 5, last: 10 });
    show({ name: 'participant', key: { participantId: 'maren-holt', wallet: null } });
    takeDeskState({ ...away, lockedOn: null });

    expect(isAway(useWindow.getState())).toBe(true);
    expect(useWindow.getState()).toMatchObject({
      wizard: { step: 'none' },
      custodians: [],
      reading: null,
      view: { name: 'participants' },
    });
    expect(JSON.stringify(useWindow.getState())).not.toContain('maren-holt');
  });

  it.each(['hidden', 'locked', 'locked-recovery'] as const)(
    'takes nothing that is told late: %s',
    (scene) => {
      takeDeskState(SCENES[scene]().state);
      takeWizard(locked.wizard);
      takeReading({ what: 'Reading transfers', reached: 5, last: 10 });

      expect(useWindow.getState()).toMatchObject({ wizard: { step: 'none' }, reading: null });
    },
  );

  it('shows what it is told again once it is unlocked', () => {
    takeDeskState(away);
    takeDeskState({ ...away, lock: signedIn.lock });
    takeWizard(locked.wizard);

    expect(isAway(useWindow.getState())).toBe(false);
    expect(useWindow.getState().wizard).toBe(locked.wizard);
    expect(view()).toBe('wizard');
  });
});

describe('who could sign token steps', () => {
  it('is known as long as the recovery is prepared, and no longer', () => {
    takeWizard(SCENES['case-split']().wizard);
    takeWizard(SCENES['impact-split']().wizard);
    expect(useWindow.getState().custodians.map(({ name }) => name)).toEqual(['Issuer Safe', 'L. Brandt']);

    takeWizard({ step: 'none' });
    expect(useWindow.getState().custodians).toEqual([]);
  });
});

describe('what is being read', () => {
  it('is no longer shown once the wizard has its answer', () => {
    takeReading({ what: 'Reading transfers', reached: 5, last: 10 });
    takeWizard(SCENES.preview().wizard);

    expect(useWindow.getState().reading).toBeNull();
  });
});
