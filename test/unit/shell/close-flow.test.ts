import type { MessageBoxOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setupCloseFlow, type CloseFlowParts } from '../../../electron/shell/close-flow.ts';
import { CLOSE_QUESTION, STOPPING_NOTE, STOP_FAILED } from '../../../electron/shell/close-questions.ts';
import { AppDouble, raise, standingFor, turns, WindowDouble } from './doubles.ts';

const [KEEP, BACKGROUND, STOP] = [0, 1, 2];

class Scene {
  readonly app = new AppDouble();
  readonly asked: MessageBoxOptions[] = [];
  readonly stop = Promise.withResolvers<void>();
  busy = true;
  ended = true;
  stops = 0;
  shown = 0;
  answers: (number | (() => Promise<number>))[] = [];
  window: WindowDouble | null = null;
  readonly #guard;

  constructor() {
    this.#guard = setupCloseFlow({
      app: standingFor<CloseFlowParts['app']>(this.app),
      work: {
        busy: () => this.busy,
        ended: () => this.ended,
        stopSafely: () => {
          this.stops += 1;
          return this.stop.promise;
        },
      },
      desk: { current: () => this.window?.asWindow() ?? null, show: () => this.showWindow() },
      ask: async (question) => {
        this.asked.push(question);
        const answer = this.answers.shift() ?? 0;
        return typeof answer === 'number' ? answer : answer();
      },
    });
    this.showWindow();
    this.shown = 0;
  }

  get opened(): WindowDouble {
    if (this.window === null) throw new Error('there is no window');
    return this.window;
  }

  showWindow(): void {
    this.shown += 1;
    if (this.window !== null) return;
    const window = new WindowDouble();
    this.window = window;
    window.on('closed', () => {
      this.window = null;
      this.app.emit('window-all-closed');
    });
    this.#guard(window.asWindow());
  }
}

let scene: Scene;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  scene = new Scene();
});
afterEach(() => vi.useRealTimers());

describe('without a recovery', () => {
  it('closing asks nothing and ends the desk', async () => {
    scene.busy = false;
    scene.opened.close();
    await turns();
    expect(scene.window).toBeNull();
    expect(scene.asked).toEqual([]);
    expect(scene.app.quits).toBe(1);
  });

  it('quitting asks nothing', () => {
    scene.busy = false;
    expect(raise(scene.app, 'before-quit')).toBe(false);
  });
});

describe('while a recovery runs', () => {
  it('closing and quitting are held, and ask one question in plain words', async () => {
    scene.answers = [KEEP];
    scene.opened.close();
    expect(raise(scene.app, 'before-quit')).toBe(true);
    await turns();
    expect(scene.asked).toEqual([CLOSE_QUESTION]);
    expect(scene.window).not.toBeNull();
    expect(scene.stops).toBe(0);
    expect(scene.app.quits).toBe(0);
  });

  it('the question is answered by keeping everything as it is, unless a person chooses otherwise', () => {
    expect(CLOSE_QUESTION).toMatchObject({ defaultId: KEEP, cancelId: KEEP });
  });

  it('asks again the next time', async () => {
    scene.opened.close();
    await turns();
    scene.opened.close();
    await turns();
    expect(scene.asked).toHaveLength(2);
  });

  it('going on in the background closes the window, and the desk ends with the recovery', async () => {
    scene.answers = [BACKGROUND];
    scene.opened.close();
    await turns();
    expect(scene.window).toBeNull();
    expect(scene.stops).toBe(0);
    vi.advanceTimersByTime(5_000);
    expect(scene.app.quits).toBe(0);
    scene.busy = false;
    vi.advanceTimersByTime(1_000);
    expect(scene.app.quits).toBe(1);
  });

  it('in the background, one that waits or stopped before its end brings the window back', async () => {
    scene.answers = [BACKGROUND];
    scene.opened.close();
    await turns();
    scene.busy = false;
    scene.ended = false;
    vi.advanceTimersByTime(5_000);
    expect(scene.window).not.toBeNull();
    expect(scene.shown).toBe(1);
    expect(scene.app.quits).toBe(0);
  });

  it('one that came to wait while the question stood keeps its window, where it was to go on', async () => {
    const answer = Promise.withResolvers<number>();
    scene.answers = [() => answer.promise];
    scene.opened.close();
    await turns();
    scene.busy = false;
    scene.ended = false;
    answer.resolve(BACKGROUND);
    await turns();
    expect(scene.window).not.toBeNull();
    expect(scene.app.quits).toBe(0);
  });

  it('one that came to wait as its window went is not left without one', async () => {
    scene.answers = [BACKGROUND];
    scene.opened.on('closed', () => {
      scene.busy = false;
      scene.ended = false;
    });
    scene.opened.close();
    await turns();
    vi.advanceTimersByTime(1_000);
    expect(scene.window).not.toBeNull();
    expect(scene.app.quits).toBe(0);
  });

  it('a question that is left alone until all is over brings no window back into a desk that ends', async () => {
    const answer = Promise.withResolvers<number>();
    scene.answers = [() => answer.promise];
    scene.opened.close();
    await turns();
    scene.busy = false;
    scene.opened.close();
    await turns();
    expect(scene.app.quits).toBe(1);
    // As a question goes with the desk that puts it.
    answer.resolve(KEEP);
    await turns();
    expect(scene.window).toBeNull();
    expect(scene.shown).toBe(0);
  });

  it('a window that is opened again asks again, and the desk stays when the recovery ends', async () => {
    scene.answers = [BACKGROUND, KEEP];
    scene.opened.close();
    await turns();
    expect(scene.asked).toHaveLength(1);
    scene.showWindow();
    scene.opened.close();
    await turns();
    expect(scene.asked).toHaveLength(2);
    scene.busy = false;
    vi.advanceTimersByTime(5_000);
    expect(scene.app.quits).toBe(0);
  });

  it('stopping waits for the safe point, and then ends the desk', async () => {
    scene.answers = [STOP];
    scene.opened.close();
    await turns();
    expect(scene.stops).toBe(1);
    expect(scene.app.quits).toBe(0);
    expect(scene.window).not.toBeNull();
    scene.busy = false;
    scene.stop.resolve();
    await turns();
    expect(scene.app.quits).toBe(1);
  });

  it('closing once more while it stops says so, and stops nothing twice', async () => {
    scene.answers = [STOP];
    scene.opened.close();
    await turns();
    scene.opened.close();
    await turns();
    expect(scene.asked).toEqual([CLOSE_QUESTION, STOPPING_NOTE]);
    expect(scene.stops).toBe(1);
    expect(scene.window).not.toBeNull();
  });

  it('a recovery that could not be stopped keeps the desk open and is told', async () => {
    scene.answers = [STOP];
    scene.opened.close();
    await turns();
    scene.stop.reject(new Error('no'));
    await turns();
    expect(scene.asked.at(-1)).toBe(STOP_FAILED);
    expect(scene.app.quits).toBe(0);
  });

  it('a recovery that ended while the question stood is not stopped: the desk just ends', async () => {
    const answer = Promise.withResolvers<number>();
    scene.answers = [() => answer.promise];
    scene.opened.close();
    await turns();
    scene.busy = false;
    answer.resolve(STOP);
    await turns();
    expect(scene.stops).toBe(0);
    expect(scene.app.quits).toBe(1);
  });

  it('a window that vanished without being asked comes back, and asks', async () => {
    scene.opened.destroy();
    expect(scene.window).not.toBeNull();
    await turns();
    expect(scene.asked).toEqual([CLOSE_QUESTION]);
    expect(scene.app.quits).toBe(0);
  });

  it('a question that cannot be shown changes nothing', async () => {
    scene.answers = [() => Promise.reject(new Error('no screen'))];
    scene.opened.close();
    await turns();
    expect(scene.window).not.toBeNull();
    scene.opened.close();
    await turns();
    expect(scene.asked).toHaveLength(2);
  });
});
