import { describe, expect, it } from 'vitest';
import { CRASH_MESSAGE, setupRendererCrash } from '../../../electron/shell/renderer-crash.ts';
import { turns, WindowDouble } from './doubles.ts';

function scene(answer = 0) {
  const window = new WindowDouble();
  const asked: unknown[] = [];
  const clock = { now: 0 };
  setupRendererCrash(
    window.asWindow(),
    async (question) => {
      asked.push(question);
      return answer;
    },
    () => clock.now,
  );
  const crash = (reason = 'crashed'): boolean =>
    window.webContents.emit('render-process-gone', {}, { reason });
  return { window, asked, clock, crash };
}

describe('a page that ends unexpectedly', () => {
  it.each(['crashed', 'killed', 'oom', 'abnormal-exit', 'launch-failed'])(
    'is loaded again (%s)',
    (reason) => {
      const { window, crash } = scene();
      crash(reason);
      expect(window.webContents.reloads).toBe(1);
    },
  );

  it('is left alone when it ended as it should', () => {
    const { window, crash } = scene();
    crash('clean-exit');
    expect(window.webContents.reloads).toBe(0);
  });

  it('is loaded three times in a minute, then the person is asked', async () => {
    const { window, asked, crash } = scene();
    for (let count = 0; count < 3; count += 1) crash();
    expect(asked).toEqual([]);
    crash();
    await turns();
    expect(asked).toEqual([CRASH_MESSAGE]);
    expect(window.webContents.reloads).toBe(4);
  });

  it('is loaded for ever when that is now and then', () => {
    const { window, asked, clock, crash } = scene();
    for (let count = 0; count < 10; count += 1) {
      crash();
      clock.now += 30_000;
    }
    expect(asked).toEqual([]);
    expect(window.webContents.reloads).toBe(10);
  });

  it('is closed the way of every window, where the person gives up', async () => {
    const { window, crash } = scene(1);
    for (let count = 0; count < 4; count += 1) crash();
    await turns();
    expect(window.done).toEqual(['close']);
  });

  it('is not loaded into a window that is gone', () => {
    const { window, crash } = scene();
    window.destroy();
    crash();
    expect(window.webContents.reloads).toBe(0);
  });
});
